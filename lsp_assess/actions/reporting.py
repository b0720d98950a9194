"""Comparative reports: from stored releases to the model, and to a file that is made in a job and bound to
who asked for it. The permission is asked when the report is requested, made and fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.long_work import UNFINISHED, JobStatus, Progress, fail, progress_of
from lsp_assess.actions.work import Work
from lsp_assess.database import release_listing, releases, report_jobs
from lsp_assess.database.models.publications import Release, ReportJob
from lsp_assess.database.queue import defer
from lsp_assess.kernel.errors import Conflict, Denied, NotFound, Problem, problem
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.model import Report

MAKE_REPORT = "make_report"
POLICY = "download"
MOST_UNFINISHED = 3


class Step(StrEnum):
    """What a report in the making is at, in this order; worded as `report_step.<step>`."""

    READING = "reading"
    DRAWING = "drawing"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as who asked for it sees it; `rounds` are the names of those it compares."""

    id: UUID
    rounds: tuple[str, ...]
    language: str
    asked_at: datetime
    status: JobStatus
    file_hash: str | None


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
    """Ask a worker for the report; the id under which its progress is seen, that of the same report where
    it is in the making already. What cannot be compared is refused now, not in the job. Raises Conflict
    where too many are in the making."""
    work.check(POLICY)
    report_of(work.session, release_ids)
    unfinished = [row for row in _rows(work) if row.status in UNFINISHED]
    for row in unfinished:
        if row.language == language and set(row.release_ids) == {str(found) for found in release_ids}:
            return row.id
    if len(unfinished) >= MOST_UNFINISHED:
        raise Conflict(problem("reports_in_the_making", n=len(unfinished)))
    job_id = report_jobs.add(
        work.session,
        account_id=work.actor.account_id,
        release_ids=[str(found) for found in release_ids],
        language=language,
        asked_at=work.now,
        status=JobStatus.QUEUED,
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
    """What the job has to draw; None where the file was there already (the worker died after storing it).
    Raises Denied where the requester may no longer read releases, or is not who asked."""
    row = report_jobs.locked(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        raise Denied(problem("report_not_of_requester"))
    work.check(POLICY)
    if row.status in (JobStatus.DONE, JobStatus.WITHDRAWN):
        return None
    order = Order(report_of(work.session, [UUID(found) for found in row.release_ids]), row.language)
    row.status, row.done, row.of, row.step = JobStatus.RUNNING, 0, 0, Step.READING
    row.error, row.finished_at = None, None
    return order


def finish_report(work: Work, *, job_id: UUID, content: bytes) -> None:
    """Store the whole file, or nothing. Of two workers the first has made it. Raises Conflict where a story
    was withdrawn while it was drawn."""
    work.check(POLICY)
    row = report_jobs.locked(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        raise NotFound(problem("report_not_found"))
    if row.status != JobStatus.RUNNING:
        return
    _check_nothing_withdrawn(work, row)
    report_jobs.store_file(row, content)
    row.status, row.done, row.step, row.finished_at = JobStatus.DONE, row.of, None, work.now
    work.record("report_made", object_kind="report_job", object_id=job_id, file_hash=row.file_hash)


def fail_report(work: Work, *, job_id: UUID, why: Problem) -> None:
    fail(work, report_jobs.locked(work.session, job_id), job_id, kind="report_job", why=why)


def report_progress(work: Work, *, job_id: UUID) -> Progress:
    return progress_of(_own(work, job_id), worded="report_step")


def report_file(work: Work, *, job_id: UUID) -> Ready:
    """Raises NotFound for a file that somebody else asked for, Conflict while there is none or where a story
    in it has been withdrawn."""
    row = _own(work, job_id)
    _check_nothing_withdrawn(work, row)
    if row.status != JobStatus.DONE or row.file is None or row.file_hash is None:
        raise Conflict(problem("report_not_ready"))
    work.record("report_downloaded", object_kind="report_job", object_id=job_id)
    return Ready(row.file, row.file_hash)


def asked_report(work: Work, *, job_id: UUID) -> Asked:
    return _asked(work, _own(work, job_id))


def reports_of(work: Work) -> list[Asked]:
    """What the person has asked for, the latest first."""
    work.check(POLICY)
    return [_asked(work, row) for row in _rows(work)]


def _asked(work: Work, row: ReportJob) -> Asked:
    releases = release_listing.listed_ids(work.session, [UUID(found) for found in row.release_ids])
    names = tuple(one.round_name for one in releases)
    return Asked(row.id, names, row.language, row.asked_at, JobStatus(row.status), row.file_hash)


def _rows(work: Work) -> list[ReportJob]:
    return report_jobs.of_account(work.session, work.actor.account_id)


def _check_nothing_withdrawn(work: Work, row: ReportJob) -> None:
    releases = [UUID(found) for found in row.release_ids]
    if row.status == JobStatus.WITHDRAWN or report_jobs.withdrawn_since(
        work.session, releases, since=row.asked_at
    ):
        raise Conflict(problem("report_holds_withdrawn"))


def _own(work: Work, job_id: UUID) -> ReportJob:
    work.check(POLICY)
    row = report_jobs.held(work.session, job_id)
    if row is None or row.account_id != work.actor.account_id:
        raise NotFound(problem("report_not_found"))
    return row
