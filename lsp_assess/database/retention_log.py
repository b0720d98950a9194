"""What was deleted because its time was over, as the audit log tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.base import Base
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.retention import EVENT
from lsp_assess.partnerships.retention import RetentionClass

LOOKED_THROUGH = 400
"""Runs, of one a day."""


@dataclass(frozen=True, slots=True)
class Deletion:
    at: datetime
    rows: int


def last_run(session: Session) -> datetime | None:
    newest = select(AuditEvent.at).where(AuditEvent.event == EVENT).order_by(AuditEvent.id.desc()).limit(1)
    return session.execute(newest).scalar_one_or_none()


def last_deletions(session: Session) -> dict[RetentionClass, Deletion]:
    events = session.execute(
        select(AuditEvent.at, AuditEvent.details)
        .where(AuditEvent.event == EVENT)
        .order_by(AuditEvent.id.desc())
        .limit(LOOKED_THROUGH)
    )
    found: dict[RetentionClass, Deletion] = {}
    for at, details in events:
        for class_, rows in _by_class(details["deleted"]).items():
            found.setdefault(class_, Deletion(at, rows))
    return found


def _by_class(deleted: Mapping[str, int]) -> dict[RetentionClass, int]:
    counted: dict[RetentionClass, int] = {}
    for name, rows in deleted.items():
        if name in Base.metadata.tables:  # a table of an earlier version may be gone
            class_: RetentionClass = Base.metadata.tables[name].info["retention"]
            counted[class_] = counted.get(class_, 0) + rows
    return counted
