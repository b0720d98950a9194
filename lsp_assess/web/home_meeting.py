"""The consensus meeting on the facilitator's home page."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lsp_assess.actions.meeting import Held, meetings
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
