"""Whoever does an action says how it goes: the people of its owner and of those who help."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.loop import remember
from lsp_assess.actions.work import Work
from lsp_assess.database import loop as stored
from lsp_assess.database.models.action_progress import Milestone
from lsp_assess.database.models.outcomes import Action
from lsp_assess.kernel.errors import Conflict, Denied, problem
from lsp_assess.reports.tables_actions import OPEN, ActionLight, ActionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """`done` are the milestones of the action that are done; the others are not."""

    light: ActionLight | None
    note: str
    done: Collection[UUID]


def own_action(work: Work, action_id: UUID) -> Action:
    """Raises Denied of an action that others do."""
    work.check("answer")
    action = found(work, Action, action_id)
    if not is_theirs(work, action):
        raise Denied(problem("action_of_others"))
    return action


def is_theirs(work: Work, action: Action) -> bool:
    helping = {row.organisation_id for row in stored.contributors_of(work.session, action.id)}
    return not work.actor.organisations.isdisjoint({action.owner_id, *helping})


def update_action(work: Work, action_id: UUID, update: Update, *, version: int) -> None:
    """Raises Conflict once the action is done or dropped: that is the coordinator's to change."""
    action = own_action(work, action_id)
    check_version(action, version)
    if ActionStatus(action.status) not in OPEN:
        raise Conflict(problem("action_is_settled"))
    action.light = update.light.value if update.light else None
    for milestone in milestones_of(work, action_id):
        milestone.done = milestone.id in update.done
    work.session.flush()
    remember(work, action, note=update.note)
    work.record("action_told_of", object_kind="action", object_id=action_id, light=action.light or "")


def milestones_of(work: Work, action_id: UUID) -> list[Milestone]:
    return stored.milestones(work.session).get(action_id, [])
