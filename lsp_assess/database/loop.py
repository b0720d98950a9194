"""What came of each round's findings."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Organisation


def actions_of_round(session: Session, round_id: UUID) -> list[tuple[Action, str | None]]:
    """Each with its owner's name, the earliest due first."""
    rows = session.execute(
        select(Action, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Action.owner_id)
        .where(Action.round_id == round_id)
        .order_by(Action.due_on.nulls_last(), Action.title)
    )
    return [(action, name) for action, name in rows]
