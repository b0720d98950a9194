"""Rows by their id, within the partnership of the session."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.database.base import Base
from lsp_assess.database.session import scope_of

Row = TypeVar("Row", bound=Base)


def own_row(session: Session, kind: type[Row], id_: UUID) -> Row | None:
    """None where there is no such row, or it is another partnership's."""
    return session.get(kind, {"partnership_id": scope_of(session).partnership_id, "id": id_})
