"""An action as the page shows it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.loop import is_overdue, is_silent
from lsp_assess.database.models.outcomes import Action

TAGS = {"planned": "blue", "under_way": "teal", "done": "green", "dropped": "grey"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAction:
    """`is_silent`: done, and nothing says what changed."""

    id: UUID
    title: str
    finding: str
    decision: str
    owner: str | None
    due_on: date | None
    status: str
    tag: str
    what_changed: str | None
    is_overdue: bool
    is_silent: bool


def shown_action(action: Action, owner: str | None, *, today: date) -> ShownAction:
    return ShownAction(
        id=action.id,
        title=action.title,
        finding=action.finding,
        decision=action.decision,
        owner=owner,
        due_on=action.due_on,
        status=action.status,
        tag=TAGS[action.status],
        what_changed=action.what_changed,
        is_overdue=is_overdue(action, today=today),
        is_silent=is_silent(action),
    )
