"""Publishing a round, by the worker: the estimates of many interviews take longer than a page may."""

from uuid import UUID

from procrastinate import App
from sqlalchemy import Engine

from lsp_assess.actions.publication import (
    PUBLISH_ROUND,
    Step,
    begin_publication,
    fail_publication,
    finish_publication,
)
from lsp_assess.actions.work import Work
from lsp_assess.config import Config
from lsp_assess.database.long_work import tell_progress
from lsp_assess.database.models.publications import Publication
from lsp_assess.database.session import Scope, transaction
from lsp_assess.jobs.requester import requester
from lsp_assess.kernel.clock import Clock, SystemClock
from lsp_assess.kernel.errors import DomainError, problem


def register(queue: App, *, engine: Engine, config: Config) -> None:  # noqa: ARG001  all tasks register alike
    # Not tried again after a fault: meanwhile the coordinator may have asked anew. What a dead worker held
    # is taken up again.
    @queue.task(name=PUBLISH_ROUND)
    def publish_round(partnership_id: str, account_id: str, publication_id: str) -> None:
        scope = Scope(partnership_id=UUID(partnership_id), account_id=UUID(account_id))
        publish(engine, scope, publication_id=UUID(publication_id), clock=SystemClock())


def publish(engine: Engine, scope: Scope, *, publication_id: UUID, clock: Clock) -> None:
    """The release and the end of its publication are stored together, or neither. A refusal is kept with
    the publication."""
    actor = requester(engine, scope, on=clock.now().date())
    try:
        with transaction(engine, scope) as session:
            work = Work(session=session, actor=actor, clock=clock)
            asked = begin_publication(work, publication_id=publication_id)
        if asked is None:
            return
        with transaction(engine, scope) as session:
            _publish(engine, Work(session=session, actor=actor, clock=clock), asked)
    except DomainError as refused:
        with transaction(engine, scope) as session:
            work = Work(session=session, actor=actor, clock=clock)
            fail_publication(work, publication_id=publication_id, why=refused.problems[0])
    except Exception:  # raised again: a fault of ours, meanwhile told to who waits
        with transaction(engine, scope) as session:
            work = Work(session=session, actor=actor, clock=clock)
            fail_publication(work, publication_id=publication_id, why=problem("publication_failed"))
        raise


def _publish(engine: Engine, work: Work, asked: Publication) -> None:
    # Estimation takes seconds to import, and a worker that only sends mail need not.
    from lsp_assess.actions.publishing import publish as publish_round  # noqa: PLC0415

    steps = list(Step)
    scope = Scope(partnership_id=asked.partnership_id, account_id=asked.account_id)

    def tell(step: Step) -> None:
        with transaction(engine, scope) as aside:
            tell_progress(aside, Publication, asked.id, done=steps.index(step), of=len(steps), step=step)

    release_id = publish_round(work, round_id=asked.round_id, reason=asked.reason, tell=tell)
    finish_publication(work, publication_id=asked.id, release_id=release_id)
