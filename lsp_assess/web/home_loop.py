"""Findings and actions on the desks: overdue, to be gathered, to be ranked, and what became of the last."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions.loop import is_overdue
from lsp_assess.actions.ranking import my_ballot
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.ranking import REVEALED, SCORED
from lsp_assess.database.findings import collections_with_rounds
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.loop import actions_by_round, last_notes
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.rounds import rounds
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.wording import say_value
from lsp_assess.reports.tables_actions import OPEN
from lsp_assess.web.home import Thing, Turn, link
from lsp_assess.web.languages import language

LATELY = timedelta(days=14)


def overdue(doing: Work) -> Iterator[Thing]:
    day = today(doing)
    late = [
        action.due_on
        for held in actions_by_round(doing.session).values()
        for action, _owner in held
        if action.due_on is not None and is_overdue(action, today=day)
    ]
    if late:
        what = ngettext("%(num)s action is overdue", "%(num)s actions are overdue", len(late))
        since = say_value(min(late), "day", language())
        state = ngettext(
            "Due on %(since)s. Ask its owner, and record what changed",
            "The first was due on %(since)s. Ask the owners, and record what changed",
            len(late),
            since=since,
        )
        yield Thing(what, state, Turn.YOURS, link("loop.listing"), act=_("See the actions"))


def yours(doing: Work) -> Iterator[Thing]:
    """What one's own organisation does, for its partners: overdue first."""
    day = today(doing)
    for held in actions_by_round(doing.session).values():
        for action, _owner in held:
            if action.owner_id not in doing.actor.organisations or action.status not in OPEN:
                continue
            late = is_overdue(action, today=day)
            state = _("No date set")
            if action.due_on is not None:
                state = _("Due on %(when)s", when=say_value(action.due_on, "day", language()))
            yield Thing(
                _("Your action: %(title)s", title=action.title),
                state,
                Turn.YOURS if late else Turn.NOBODYS,
                link("owner_updates.tell", action_id=action.id),
                act=_("Say how it goes"),
            )


def told_lately(doing: Work) -> Iterator[Thing]:
    """For the coordinator: what the people of actions have said."""
    since = doing.now - LATELY
    lately = [event for event, _who in last_notes(doing.session).values() if event.at >= since]
    if lately:
        what = ngettext(
            "News of %(num)s action from its people", "News of %(num)s actions from their people", len(lately)
        )
        when = say_value(max(event.at for event in lately), "day", language())
        state = _("The latest on %(when)s", when=when)
        yield Thing(what, state, Turn.NOBODYS, link("loop.listing"))


def last_time(doing: Work) -> Iterator[Thing]:
    """A new round opens with what became of the actions of the one before."""
    found = rounds(doing.session)
    if len(found) > 1:
        held = [action for action, _owner in actions_by_round(doing.session).get(found[1].id, ())]
        left = sum(action.status in OPEN for action in held)
        what = _("What became of the actions of %(round)s", round=found[1].name)
        state = _("No action was recorded")
        if held:
            state = _("%(settled)s of %(of)s settled", settled=len(held) - left, of=len(held))
        href = f"{link('loop.listing')}#round-{found[1].number}"
        yield Thing(what, state, Turn.NOBODYS, href)


def to_rank(doing: Work) -> Iterator[Thing]:
    """For partners, while the ranking of a round's findings is open."""
    for collection, round_, ranking in collections_with_rounds(doing.session):
        if ranking is None or ranking.closed_at or collection.status not in REVEALED:
            continue
        what = _("Rank the findings of %(round)s", round=round_.name)
        if my_ballot(doing, collection.id) is None:
            href, act = link("ranking.vote", collection_id=collection.id), _("Vote")
            yield Thing(what, _("Nobody sees how you vote"), Turn.YOURS, href, act=act)
        else:
            href = link("findings.listing", collection_id=collection.id)
            yield Thing(what, _("You have voted"), Turn.NOBODYS, href)


def to_gather(doing: Work) -> Iterator[Thing]:
    """For whoever runs the meeting, from when scoring is closed until the votes are counted."""
    for collection, round_, ranking in collections_with_rounds(doing.session):
        if ranking is not None and ranking.closed_at:
            continue
        if _is_driver(doing, collection) and collection.status in SCORED - {CollectionStatus.FINAL}:
            yield _gathering(collection, round_, is_open=ranking is not None)


def _gathering(collection: Collection, round_: Round, *, is_open: bool) -> Thing:
    what = _("Gather the findings of %(round)s", round=round_.name)
    state = _("Strengths and areas for improvement, for partners to rank")
    if is_open:
        what, state = _("Close the ranking of %(round)s", round=round_.name), _("Partners are voting")
    href = link("findings.listing", collection_id=collection.id)
    return Thing(what, state, Turn.YOURS, href, act=_("See the findings"))


def _is_driver(doing: Work, collection: Collection) -> bool:
    return instrument_of(doing.session, collection.instrument_hash).scoring is not None
