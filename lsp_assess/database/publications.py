"""Rounds that are to be published, and how far each is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.models.publications import Publication
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id


def hold_round(session: Session, round_id: UUID) -> None:
    """Of two who ask at once, the second waits and finds what the first has asked for."""
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))


def add(
    session: Session,
    *,
    round_id: UUID,
    reason: str | None,
    account_id: UUID | None,
    asked_at: datetime,
    status: str,
) -> Publication:
    row = Publication(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        round_id=round_id,
        reason=reason,
        account_id=account_id,
        asked_at=asked_at,
        status=status,
    )
    session.add(row)
    session.flush()
    return row


def held(session: Session, publication_id: UUID) -> Publication | None:
    """Locked until the transaction ends."""
    statement = select(Publication).where(Publication.id == publication_id).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def last_of(session: Session, round_id: UUID) -> Publication | None:
    statement = select(Publication).where(Publication.round_id == round_id)
    latest = statement.order_by(Publication.asked_at.desc(), Publication.id).limit(1)
    return session.execute(latest).scalar_one_or_none()
