"""Comparative reports, drawn by the worker: who asked is asked again before anything is read."""

from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy import Engine

from lsp_assess.actions.reporting import (
    MAKE_REPORT,
    Order,
    Step,
    begin_report,
    fail_report,
    finish_report,
)
from lsp_assess.actions.work import Work
from lsp_assess.config import Config
from lsp_assess.database.long_work import tell_progress
from lsp_assess.database.models.publications import ReportJob
from lsp_assess.database.session import Scope, transaction
from lsp_assess.jobs.requester import requester
from lsp_assess.kernel.clock import Clock, SystemClock
from lsp_assess.kernel.errors import DomainError, problem
from lsp_assess.rendering.charts import chart_svgs
from lsp_assess.rendering.report import render_report

ATTEMPTS = 3
TOLD_EVERY = 4
"""Charts between two words on how far it is."""


def register(queue: App, *, engine: Engine, config: Config) -> None:  # noqa: ARG001  all tasks register alike
    @queue.task(name=MAKE_REPORT, retry=RetryStrategy(max_attempts=ATTEMPTS, linear_wait=5))
    def make_report(partnership_id: str, account_id: str, job_id: str) -> None:
        make(
            engine,
            partnership_id=UUID(partnership_id),
            account_id=UUID(account_id),
            job_id=UUID(job_id),
            clock=SystemClock(),
        )


def make(engine: Engine, *, partnership_id: UUID, account_id: UUID, job_id: UUID, clock: Clock) -> None:
    """One transaction to read, none while it is drawn, one to store. A refusal is kept with the job and
    not tried again."""
    scope = Scope(partnership_id=partnership_id, account_id=account_id)
    actor = requester(engine, scope, on=clock.now().date())
    try:
        with transaction(engine, scope) as session:
            order = begin_report(Work(session=session, actor=actor, clock=clock), job_id=job_id)
        if order is None:
            return
        _draw(engine, scope, job_id, order)
        content = render_report(order.report, language=order.language)
        with transaction(engine, scope) as session:
            finish_report(Work(session=session, actor=actor, clock=clock), job_id=job_id, content=content)
    except DomainError as refused:
        with transaction(engine, scope) as session:
            doing = Work(session=session, actor=actor, clock=clock)
            fail_report(doing, job_id=job_id, why=refused.problems[0])
    except Exception:  # raised again: a fault of ours is tried again, and meanwhile told to who waits
        with transaction(engine, scope) as session:
            doing = Work(session=session, actor=actor, clock=clock)
            fail_report(doing, job_id=job_id, why=problem("report_failed"))
        raise


def _draw(engine: Engine, scope: Scope, job_id: UUID, order: Order) -> None:
    """The charts, which the printing then finds kept; it takes about twice as long again."""
    tables = order.report.tables
    steps = 3 * len(tables) + 1
    for place, table in enumerate(tables):
        if place % TOLD_EVERY == 0:
            _tell(engine, scope, job_id, step=Step.DRAWING, done=place, of=steps)
        chart_svgs(table, order.language)
    _tell(engine, scope, job_id, step=Step.PRINTING, done=len(tables), of=steps)


def _tell(engine: Engine, scope: Scope, job_id: UUID, *, step: Step, done: int, of: int) -> None:
    with transaction(engine, scope) as session:
        tell_progress(session, ReportJob, job_id, done=done, of=of, step=step)
