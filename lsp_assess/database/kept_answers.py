"""Answers that could not be taken when they were typed: kept for whoever typed them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.responses import KeptBody

TOO_LATE, HANDED_ON = "too_late", "handed_on"


def kept_of(session: Session, collection_id: UUID, account_id: UUID | None, *, number: int) -> list[KeptBody]:
    """The earliest first; of nobody, none."""
    if account_id is None:
        return []
    statement = select(KeptBody).where(
        KeptBody.collection_id == collection_id,
        KeptBody.account_id == account_id,
        KeptBody.reason.in_((TOO_LATE, HANDED_ON)),
        KeptBody.body["number"].as_integer() == number,
    )
    return list(session.execute(statement.order_by(KeptBody.at, KeptBody.id)).scalars())
