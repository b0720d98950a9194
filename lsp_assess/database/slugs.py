"""Which partnership a short name means, for commands run by whoever holds the machine."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Partnership


def partnership_id(session: Session, slug: str) -> UUID | None:
    """Needs a session that sees every partnership: the application's sees only its own."""
    return session.execute(select(Partnership.id).where(Partnership.slug == slug)).scalar_one_or_none()


def slugs(session: Session) -> list[str]:
    return list(session.execute(select(Partnership.slug).order_by(Partnership.slug)).scalars())
