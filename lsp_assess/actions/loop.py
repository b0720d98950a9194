"""Closing the loop: finding → decision → action → what changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Organisation, Round
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.reports.tables_actions import ActionStatus

OPEN = frozenset({ActionStatus.PLANNED, ActionStatus.UNDER_WAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDetails:
    finding: str
    decision: str
    title: str
    owner_id: UUID | None
    due_on: date | None
    status: ActionStatus
    what_changed: str | None


def add_action(work: Work, round_id: UUID, details: ActionDetails) -> UUID:
    """Of a round's finding; the next report opens with what became of it."""
    work.check("coordinate")
    row = found(work, Round, round_id)
    _check(work, details)
    action = Action(partnership_id=work.actor.partnership_id, id=new_id(), round_id=row.id)
    _put(action, details)
    work.session.add(action)
    work.session.flush()
    work.record("action_added", object_kind="action", object_id=action.id)
    return action.id


def change_action(work: Work, action_id: UUID, details: ActionDetails, *, version: int) -> None:
    work.check("coordinate")
    action = found(work, Action, action_id)
    check_version(action, version)
    _check(work, details)
    _put(action, details)
    work.session.flush()
    work.record("action_changed", object_kind="action", object_id=action_id, status=details.status.value)


def is_overdue(action: Action, *, today: date) -> bool:
    """Past its date, and neither done nor dropped."""
    return action.due_on is not None and action.due_on < today and ActionStatus(action.status) in OPEN


def is_silent(action: Action) -> bool:
    """Done, and nothing says what changed: the loop is not closed."""
    return ActionStatus(action.status) is ActionStatus.DONE and not action.what_changed


def _check(work: Work, details: ActionDetails) -> None:
    if details.owner_id is not None:
        found(work, Organisation, details.owner_id)
    if details.status is ActionStatus.DONE and not details.what_changed:
        raise Invalid(problem("done_needs_what_changed", Place(question="what_changed")))


def _put(action: Action, details: ActionDetails) -> None:
    action.finding, action.decision, action.title = details.finding, details.decision, details.title
    action.owner_id, action.due_on = details.owner_id, details.due_on
    action.status, action.what_changed = details.status.value, details.what_changed
