"""Long work that a page asks for and a worker does, and how far it is."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lsp_assess.actions.work import Work
from lsp_assess.database.models.publications import LongWork
from lsp_assess.kernel.errors import Problem
from lsp_assess.kernel.messages import Message, message


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """The file is gone, since the teller of a story in it took back the consent."""


UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `of` steps; `step` words the present one, `problem` is there when it failed."""

    status: JobStatus
    done: int
    of: int
    step: Message | None
    problem: str | None

    @property
    def has_ended(self) -> bool:
        return self.status not in UNFINISHED


def fail(work: Work, row: LongWork | None, id_: UUID, *, kind: str, why: Problem) -> None:
    """Keep the reason with the work. What was not this account's is refused, and left alone."""
    if row is None or row.account_id != work.actor.account_id:
        work.record(f"{kind}_refused", object_kind=kind, object_id=id_, code=why.code)
    elif row.status in UNFINISHED:
        row.status, row.error, row.step, row.finished_at = JobStatus.FAILED, why.code, None, work.now
        work.record(f"{kind}_failed", object_kind=kind, object_id=id_, code=why.code)


def progress_of(row: LongWork, *, worded: str) -> Progress:
    """`worded` begins the message codes of its steps."""
    step = None if row.step is None else message(f"{worded}.{row.step}")
    return Progress(JobStatus(row.status), row.done, row.of, step, row.error)
