"""What came of each round's findings."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lsp_assess.database.membership import organisations
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Organisation

Owned = tuple[Action, str | None]


def actions_by_round(session: Session) -> dict[UUID, list[Owned]]:
    """By the round's id; each with its owner's name, the earliest due first."""
    rows = session.execute(
        select(Action, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Action.owner_id)
        .order_by(Action.due_on.nulls_last(), Action.title, Action.id)
    )
    found: dict[UUID, list[Owned]] = {}
    for action, owner in rows:
        found.setdefault(action.round_id, []).append((action, owner))
    return found


def actions_recorded(session: Session, round_id: UUID) -> int:
    statement = select(func.count()).select_from(Action).where(Action.round_id == round_id)
    return session.execute(statement).scalar_one()


def possible_owners(session: Session, day: date, *, held: UUID | None) -> list[Organisation]:
    """Whoever is in the partnership on a day, and who owns the action already."""
    return [
        one for one in organisations(session) if one.valid_to is None or one.valid_to >= day or one.id == held
    ]
