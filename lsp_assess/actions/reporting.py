"""Comparative reports: from stored releases to the model, and to a file that is made in a job and bound to
who asked for it. The permission is asked when the report is requested, made and fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.work import Work
from lsp_assess.database import releases, report_jobs
from lsp_assess.database.models.publications import Release, ReportJob
from lsp_assess.database.queue import defer
from lsp_assess.kernel.errors import Conflict, Denied, NotFound, Problem, problem
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.model import Report

MAKE_REPORT = "make_report"
POLICY = "read_releases"


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Step(StrEnum):
    """What a report in the making is at, in this order; worded as `report_step.<step>`."""

    READING = "reading"
    DRAWING = "drawing"
    STORING = "storing"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `of` steps; `step` words the present one, `problem` is there when it failed."""

    status: JobStatus
    done: int
    of: int
    step: Message | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """`sha256` is the file's own."""

    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a job has to draw."""

    report: Report
    language: str


def report_of(session: Session, release_ids: Sequence[UUID]) -> Report:
    """The model of chosen releases. Raises NotFound for one that is not the partnership's, Invalid where
    they cannot be compared."""
    found = releases.releases_by_id(session, release_ids)
    if not found or len(found) < len(set(release_ids)):
        raise NotFound(problem("release_not_found"))
    return _model(session, list(found.values()))


def report_of_rounds(session: Session, round_ids: Sequence[UUID]) -> Report:
    """The model of the releases that stand for these rounds. Raises NotFound for one not published."""
    standing = {release.round_id: release for release in releases.standing_releases(session)}
    missing = [round_id for round_id in round_ids if round_id not in standing]
    if missing or not round_ids:
        raise NotFound(problem("round_not_published"))
    return _model(session, [standing[round_id] for round_id in round_ids])


def _model(session: Session, rows: Sequence[Release]) -> Report:
    last = max(rows, key=lambda row: releases.document_of(row).round.ordinal)
    documents = [releases.document_of(row) for row in rows]
    return comparative_report(documents, stories=releases.texts_of(session, last.id))


def request_report(work: Work, *, release_ids: Sequence[UUID], language: str) -> UUID:
    """Ask a worker for the report; the id under which its progress is seen. What cannot be compared is
    refused now, not in the job."""
    work.check(POLICY)
    report_of(work.session, release_ids)
    job_id = report_jobs.add(
        work.session,
        account_id=work.actor.account_id,
        release_ids=[str(found) for found in release_ids],
        language=language,
        asked_at=work.now,
        status=JobStatus.QUEUED,
        of=len(Step),
    )
    defer(
        work.session,
        task=MAKE_REPORT,
        partnership_id=work.actor.partnership_id,
        account_id=work.actor.account_id,
        job_id=job_id,
    )
    work.record("report_requested", object_kind="report_job", object_id=job_id)
    return job_id


def begin_report(work: Work, *, job_id: UUID) -> Order | None:
    """What the job has to draw; None where the file is there already (the worker died after storing it).
    Raises Denied where the requester may no longer read releases, or is not who asked."""
    row = report_jobs.held(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        raise Denied(problem("report_not_of_requester"))
    work.check(POLICY)
    if row.status == JobStatus.DONE:
        return None
    order = Order(report_of(work.session, [UUID(found) for found in row.release_ids]), row.language)
    row.status, row.done, row.step = JobStatus.RUNNING, 1, Step.DRAWING
    row.error = None
    return order


def finish_report(work: Work, *, job_id: UUID, content: bytes) -> None:
    """Store the whole file, or nothing."""
    row = _own(work, job_id)
    if row.status == JobStatus.DONE:
        return
    report_jobs.store_file(row, content)
    row.status, row.done, row.step, row.finished_at = JobStatus.DONE, row.of, None, work.now
    work.record("report_made", object_kind="report_job", object_id=job_id, file_hash=row.file_hash)


def fail_report(work: Work, *, job_id: UUID, why: Problem) -> None:
    """Keep the reason with the job. A job that was not this account's is refused, and left alone."""
    row = report_jobs.held(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        work.record("report_refused", object_kind="report_job", object_id=job_id, code=why.code)
        return
    if row.status != JobStatus.DONE:
        row.status, row.error, row.step, row.finished_at = JobStatus.FAILED, why.code, None, work.now
        work.record("report_failed", object_kind="report_job", object_id=job_id, code=why.code)


def report_progress(work: Work, *, job_id: UUID) -> Progress:
    row = _own(work, job_id)
    step = None if row.step is None else message(f"report_step.{row.step}")
    return Progress(JobStatus(row.status), row.done, row.of, step, row.error)


def report_file(work: Work, *, job_id: UUID) -> Ready:
    """Raises NotFound for a file that somebody else asked for, Conflict while there is none."""
    row = _own(work, job_id)
    if row.status != JobStatus.DONE or row.file is None or row.file_hash is None:
        raise Conflict(problem("report_not_ready"))
    work.record("report_downloaded", object_kind="report_job", object_id=job_id)
    return Ready(row.file, row.file_hash)


def _own(work: Work, job_id: UUID) -> ReportJob:
    work.check(POLICY)
    row = report_jobs.held(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        raise NotFound(problem("report_not_found"))
    return row
