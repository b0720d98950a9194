"""What was written under a criterion, as far as a facilitator has cleared it for the room."""

from collections.abc import Collection as Of
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.responses import ClearedRemark

Cleared = dict[tuple[UUID, str], ClearedRemark]


def cleared_remarks(session: Session, responses: Of[UUID]) -> Cleared:
    """By response and item, as they stand now."""
    statement = select(ClearedRemark).where(ClearedRemark.response_id.in_(responses))
    fresh = statement.execution_options(populate_existing=True)
    return {(row.response_id, row.item): row for row in session.execute(fresh).scalars()}
