"""The consensus meeting on the home pages of the facilitator and of partners."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lsp_assess.actions.meeting import Held, meetings, meetings_begun
from lsp_assess.actions.rescoring import to_score_again
from lsp_assess.actions.work import Work
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.web.home import Thing, Turn, link
from lsp_assess.web.languages import language


def meeting(doing: Work) -> Iterator[Thing]:
    """What is past its meeting is not on the desk any more."""
    for held in meetings(doing):
        if held.collection.status is not CollectionStatus.FINAL:
            yield _meeting(held)


def _meeting(held: Held) -> Thing:
    title = held.instrument.title.say(language())
    what = _("%(round)s: %(title)s", round=held.round.name, title=title)
    if not held.may_be_looked_at:
        state = _("Scoring is open. The meeting can begin once it is closed")
        return Thing(what, state, Turn.OTHERS, link("meeting.listing"), held.collection.closes_at)
    href = link("meeting.agenda", collection_id=held.collection.id)
    if held.may_agree:
        return Thing(what, _("The meeting is in session"), Turn.YOURS, href, act=_("Open the agenda"))
    return Thing(what, _("Scoring is closed"), Turn.YOURS, href, act=_("Prepare the meeting"))


def score_again(doing: Work) -> Iterator[Thing]:
    """While the room waits for it, before anything that is due on a day; once given, only to be changed."""
    for again in to_score_again(doing):
        what = _("Score again: %(part)s", part=again.question.text.say(language()))
        href = link("again.part", collection_id=again.collection.id, part=again.rescoring.part)
        if again.own is None:
            state = _("The meeting waits for it. Nobody sees your score")
            yield Thing(what, state, Turn.YOURS, href, act=_("Score again"), is_now=True)
        else:
            state = _("You have scored, and can change it until the scores are revealed")
            yield Thing(what, state, Turn.OTHERS, href)


def spread(doing: Work) -> Iterator[Thing]:
    """Of the latest meeting that has begun, until the results of its round are what there is to see."""
    for held in meetings_begun(doing):
        what = _("How the scores lie: %(round)s", round=held.round.name)
        in_session = held.collection.status is CollectionStatus.IN_CONSENSUS
        state = _("The meeting is in session") if in_session else _("As the meeting saw them")
        turn = Turn.NEWS if in_session else Turn.NOBODYS
        yield Thing(what, state, turn, link("spread.parts", collection_id=held.collection.id), act=_("Look"))
        return
