"""Reports asked for, and their files."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.publications import ReportJob
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id


def add(
    session: Session,
    *,
    account_id: UUID | None,
    release_ids: list[str],
    language: str,
    asked_at: datetime,
    status: str,
    of: int,
) -> UUID:
    row = ReportJob(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        account_id=account_id,
        release_ids=release_ids,
        language=language,
        asked_at=asked_at,
        status=status,
        of=of,
    )
    session.add(row)
    session.flush()
    return row.id


def held(session: Session, job_id: UUID) -> ReportJob | None:
    return session.execute(select(ReportJob).where(ReportJob.id == job_id)).scalar_one_or_none()


def of_account(session: Session, account_id: UUID | None) -> list[ReportJob]:
    """What this account asked for, the latest first."""
    rows = session.execute(
        select(ReportJob).where(ReportJob.account_id == account_id).order_by(ReportJob.asked_at.desc())
    ).scalars()
    return list(rows)


def store_file(row: ReportJob, content: bytes) -> None:
    row.file, row.file_hash = content, sha256(content).hexdigest()
