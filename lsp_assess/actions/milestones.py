"""The steps of an action: each with its day, ticked off once it is done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database.models.action_progress import Milestone
from lsp_assess.database.models.outcomes import Action
from lsp_assess.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDetails:
    words: str
    due_on: date
    done: bool


def add_milestone(work: Work, action_id: UUID, details: MilestoneDetails) -> UUID:
    work.check("coordinate")
    action = found(work, Action, action_id)
    row = Milestone(partnership_id=work.actor.partnership_id, id=new_id(), action_id=action.id)
    _put(row, details)
    work.session.add(row)
    work.session.flush()
    work.record("milestone_added", object_kind="milestone", object_id=row.id)
    return row.id


def change_milestone(work: Work, milestone_id: UUID, details: MilestoneDetails, *, version: int) -> None:
    work.check("coordinate")
    row = found(work, Milestone, milestone_id)
    check_version(row, version)
    _put(row, details)
    work.session.flush()
    work.record("milestone_changed", object_kind="milestone", object_id=milestone_id, done=details.done)


def _put(row: Milestone, details: MilestoneDetails) -> None:
    row.words, row.due_on, row.done = details.words, details.due_on, details.done
