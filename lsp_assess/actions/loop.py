"""Closing the loop: finding → decision → action → what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.assessment.ranking import RankingStatus
from lsp_assess.database import loop as stored
from lsp_assess.database.findings import ranking, status_of
from lsp_assess.database.models.action_progress import ActionContributor, ActionEvent
from lsp_assess.database.models.findings import Finding
from lsp_assess.database.models.outcomes import Action, Indicator, Objective
from lsp_assess.database.models.partnerships import Collection, Organisation, Round
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.reports.tables_actions import OPEN, ActionLight, ActionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDetails:
    """`light` is how it goes, of what is neither done nor dropped; `part` the part of the driver."""

    finding: str
    decision: str
    title: str
    owner_id: UUID | None
    due_on: date | None
    status: ActionStatus
    what_changed: str | None
    light: ActionLight | None = None
    contributors: Sequence[UUID] = ()
    part: str | None = None
    objective_id: UUID | None = None
    indicator_id: UUID | None = None


def add_action(work: Work, round_id: UUID, details: ActionDetails, *, finding_id: UUID | None = None) -> UUID:
    """Of a round's finding; the next report opens with what became of it."""
    work.check("coordinate")
    row = found(work, Round, round_id)
    _check(work, details)
    action = Action(
        partnership_id=work.actor.partnership_id, id=new_id(), round_id=row.id, finding_id=finding_id
    )
    _put(action, details)
    work.session.add(action)
    work.session.flush()
    _set_contributors(work, action.id, details.contributors)
    remember(work, action)
    work.record("action_added", object_kind="action", object_id=action.id)
    return action.id


def ranked_finding(work: Work, finding_id: UUID) -> tuple[Finding, Round]:
    """One that an action may be made of, with its round. Raises NotFound where it was merged into another,
    Conflict before the votes are counted."""
    work.check("coordinate")
    row = found(work, Finding, finding_id)
    if row.merged_into is not None:
        raise NotFound
    if status_of(ranking(work.session, row.collection_id)) is not RankingStatus.CLOSED:
        raise Conflict(problem("ranking_still_open"))
    return row, found(work, Round, found(work, Collection, row.collection_id).round_id)


def change_action(work: Work, action_id: UUID, details: ActionDetails, *, version: int) -> None:
    work.check("coordinate")
    action = found(work, Action, action_id)
    check_version(action, version)
    _check(work, details)
    before = _standing(action)
    _put(action, details)
    work.session.flush()
    _set_contributors(work, action_id, details.contributors)
    if _standing(action) != before:
        remember(work, action)
    work.record("action_changed", object_kind="action", object_id=action_id, status=details.status.value)


def is_overdue(action: Action, *, today: date) -> bool:
    """Past its date, and neither done nor dropped."""
    return action.due_on is not None and action.due_on < today and ActionStatus(action.status) in OPEN


def is_silent(action: Action) -> bool:
    """Done, and nothing says what changed: the loop is not closed."""
    return ActionStatus(action.status) is ActionStatus.DONE and not action.what_changed


def _check(work: Work, details: ActionDetails) -> None:
    for organisation in (details.owner_id, *details.contributors):
        if organisation is not None:
            found(work, Organisation, organisation)
    if details.objective_id is not None:
        found(work, Objective, details.objective_id)
    if details.indicator_id is not None:
        found(work, Indicator, details.indicator_id)
    if details.status is ActionStatus.DONE and not details.what_changed:
        raise Invalid(problem("done_needs_what_changed", Place(question="what_changed")))


def _put(action: Action, details: ActionDetails) -> None:
    action.finding, action.decision, action.title = details.finding, details.decision, details.title
    action.owner_id, action.due_on = details.owner_id, details.due_on
    action.status, action.what_changed = details.status.value, details.what_changed
    action.light = details.light.value if details.light and details.status in OPEN else None
    action.part = details.part
    action.objective_id, action.indicator_id = details.objective_id, details.indicator_id


def _set_contributors(work: Work, action_id: UUID, wanted: Sequence[UUID]) -> None:
    """The owner is none of them, whoever ticked it."""
    owner = found(work, Action, action_id).owner_id
    helping = {one for one in wanted if one != owner}
    held = {row.organisation_id: row for row in stored.contributors_of(work.session, action_id)}
    for gone in held.keys() - helping:
        work.session.delete(held[gone])
    work.session.add_all(
        ActionContributor(
            partnership_id=work.actor.partnership_id, id=new_id(), action_id=action_id, organisation_id=new
        )
        for new in helping - held.keys()
    )
    work.session.flush()


def _standing(action: Action) -> tuple[str, str | None, date | None]:
    return action.status, action.light, action.due_on


def remember(work: Work, action: Action, *, note: str | None = None) -> None:
    status, light, due_on = _standing(action)
    work.session.add(
        ActionEvent(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            action_id=action.id,
            at=work.now,
            account_id=work.actor.account_id,
            status=status,
            light=light,
            due_on=due_on,
            note=note,
        )
    )
    work.session.flush()
