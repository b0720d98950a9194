"""Reports asked for, and their files."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from lsp_assess.database.models.publications import ReleasedText, ReportJob
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
) -> UUID:
    row = ReportJob(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        account_id=account_id,
        release_ids=release_ids,
        language=language,
        asked_at=asked_at,
        status=status,
    )
    session.add(row)
    session.flush()
    return row.id


def held(session: Session, job_id: UUID) -> ReportJob | None:
    return session.execute(select(ReportJob).where(ReportJob.id == job_id)).scalar_one_or_none()


def locked(session: Session, job_id: UUID) -> ReportJob | None:
    """Until the transaction ends."""
    return session.execute(
        select(ReportJob).where(ReportJob.id == job_id).with_for_update()
    ).scalar_one_or_none()


def of_account(session: Session, account_id: UUID | None) -> list[ReportJob]:
    """What this account asked for, the latest first."""
    rows = session.execute(
        select(ReportJob).where(ReportJob.account_id == account_id).order_by(ReportJob.asked_at.desc())
    ).scalars()
    return list(rows)


def store_file(row: ReportJob, content: bytes) -> None:
    row.file, row.file_hash = content, sha256(content).hexdigest()


def withdrawn_since(session: Session, release_ids: Sequence[UUID], *, since: datetime) -> bool:
    """Whether a story of one of the releases has been withdrawn since then."""
    found = select(ReleasedText.id).where(
        ReleasedText.release_id.in_(release_ids), ReleasedText.redacted_at >= since
    )
    return session.execute(found.limit(1)).first() is not None


def discard_files(session: Session, release_ids: Sequence[UUID]) -> None:
    """Reports made from one of these releases lose their files."""
    made_from = [func.jsonb_exists(ReportJob.release_ids, str(one)) for one in release_ids]
    if made_from:
        session.execute(
            update(ReportJob)
            .where(or_(*made_from), ReportJob.file.is_not(None))
            .values(file=None, file_hash=None, status="withdrawn")
            .execution_options(synchronize_session=False)
        )
