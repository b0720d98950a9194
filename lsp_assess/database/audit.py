"""The audit log is written in the transaction of what it records."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.session import scope_of


def record(
    session: Session,
    *,
    event: str,
    at: datetime,
    account_id: UUID | None,
    object_kind: str | None = None,
    object_id: UUID | str | None = None,
    **details: Any,
) -> None:
    """Append one event. `details` name people and answers by id only."""
    session.execute(
        insert(AuditEvent).values(
            partnership_id=scope_of(session).partnership_id,
            at=at,
            account_id=account_id,
            event=event,
            object_kind=object_kind,
            object_id=None if object_id is None else str(object_id),
            details=details,
        )
    )
