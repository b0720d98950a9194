"""Asking for a round to be published. A worker does it, since the estimates take a while; the permission is
asked when it is requested and when it is done."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.long_work import UNFINISHED, JobStatus, Progress, fail, progress_of
from lsp_assess.actions.work import Work
from lsp_assess.database import publications, release_data, releases
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.models.publications import Publication
from lsp_assess.database.queue import defer
from lsp_assess.kernel.errors import Denied, Invalid, NotFound, Place, Problem, problem
from lsp_assess.partnerships.releases import ReleaseNumber, next_release
from lsp_assess.partnerships.rounds import CollectionStatus, check_publishable

PUBLISH_ROUND = "publish_round"
POLICY = "coordinate"


class Step(StrEnum):
    """What the publishing of a round is at, in this order; worded as `publishing_step.<step>`."""

    READING = "reading"
    ESTIMATING = "estimating"
    PROTECTING = "protecting"
    STORING = "storing"


Tell = Callable[[Step], None]


def number_of_next(work: Work, *, round_id: UUID, reason: str | None) -> ReleaseNumber:
    """The number that the round's next release bears. Raises Denied, NotFound, Conflict (a collection is not
    final) or Invalid (a correction without its reason)."""
    work.check(POLICY)
    session = work.session
    found(work, Round, round_id)
    collections = release_data.collections_of(session, [round_id])
    check_publishable(CollectionStatus(one.status) for one in collections)
    issued = releases.numbers_issued(session)
    before = releases.number_of_round(session, round_id)
    newest = max((number.round for number in issued), default=0)
    return next_release(issued, round_number=before or newest + 1, reason=reason)


def request_publication(work: Work, *, round_id: UUID, reason: str | None) -> UUID:
    """Ask a worker to publish the round; the id of the same publication where it is under way already. What
    cannot be published is refused now, not in the job; so is another reason than that of the one running."""
    work.check(POLICY)
    publications.hold_round(work.session, round_id)
    last = publications.last_of(work.session, round_id)
    if last is not None and last.status in UNFINISHED:
        if last.reason != reason:
            raise Invalid(problem("publication_under_way", Place(question="reason")))
        return last.id
    number_of_next(work, round_id=round_id, reason=reason)
    row = publications.add(
        work.session,
        round_id=round_id,
        reason=reason,
        account_id=work.actor.account_id,
        asked_at=work.now,
        status=JobStatus.QUEUED,
    )
    defer(
        work.session,
        task=PUBLISH_ROUND,
        partnership_id=work.actor.partnership_id,
        account_id=work.actor.account_id,
        publication_id=row.id,
    )
    work.record("publication_requested", object_kind="publication", object_id=row.id)
    return row.id


def begin_publication(work: Work, *, publication_id: UUID) -> Publication | None:
    """What is to be published; None where it has been (the worker died after storing it). Raises Denied
    where the requester may no longer publish, or is not who asked."""
    row = publications.held(work.session, publication_id)
    if row is None or row.account_id != work.actor.account_id:
        raise Denied(problem("publication_not_of_requester"))
    work.check(POLICY)
    if row.status == JobStatus.DONE:
        return None
    row.status, row.done, row.of, row.step = JobStatus.RUNNING, 0, len(Step), Step.READING
    row.error, row.finished_at = None, None
    return row


def finish_publication(work: Work, *, publication_id: UUID, release_id: UUID) -> None:
    """In the transaction that stores the release."""
    row = publications.held(work.session, publication_id)
    if row is None:
        raise NotFound(problem("publication_not_of_requester"))
    row.status, row.done, row.step, row.finished_at = JobStatus.DONE, row.of, None, work.now
    row.release_id = release_id


def fail_publication(work: Work, *, publication_id: UUID, why: Problem) -> None:
    row = publications.held(work.session, publication_id)
    fail(work, row, publication_id, kind="publication", why=why)


def publication_progress(work: Work, *, round_id: UUID) -> Progress | None:
    """Of the round's latest publication; None where none was asked for."""
    work.check(POLICY)
    row = publications.last_of(work.session, round_id)
    return None if row is None else progress_of(row, worded="publishing_step")
