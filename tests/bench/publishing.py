"""Publishing a round of ten thousand answers, and the report that compares it with the one before."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import weasyprint
from sqlalchemy import create_engine, select
from weasyprint.urls import URLFetcher, URLFetcherResponse

from lsp_assess.actions.publishing import publish
from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering.report import render_report, report_assets, report_html
from tests.bench.processes import database
from tests.bench.residents import AREAS, surveyed
from tests.bench.table import REPEATS, Line, middle, over
from tests.world import World

ANSWERS = 10_000
REFERENCE = (
    f"{ANSWERS} answers to 30 questions in {AREAS} areas, in each of two rounds. Reference: WeasyPrint alone "
    "on the same HTML, in the same process, without tags, limits or the trial of densities."
)


@dataclass(frozen=True, slots=True)
class Spent:
    publish: float
    html: float
    whole: float


def publishing() -> tuple[str, list[Line]]:
    with database() as (_, urls):
        engine = create_engine(urls.application)
        world = surveyed(engine, (ANSWERS, ANSWERS))
        with world.session() as session:
            rounds = list(session.execute(select(Round.id).order_by(Round.number)).scalars())
        _publish(world, rounds[0], reason=None)
        runs = [_run(world, rounds, reason=f"Run {n}" if n else None) for n in range(REPEATS)]
        with world.session() as session:
            report = report_of_rounds(session, rounds)
        engine.dispose()
    html, assets = report_html(report), report_assets(report, "en")
    bare = middle([_weasyprint(html, assets) for _ in range(REPEATS)])
    publish, whole = middle([run.publish for run in runs]), middle([run.whole for run in runs])
    return REFERENCE, [
        Line("publish the second round", f"{publish:.1f} s"),
        Line("report: model and HTML", f"{middle([run.html for run in runs]):.1f} s"),
        Line("report: all, to the PDF", f"{whole:.1f} s", f"{bare:.1f} s", over(whole, bare)),
        Line("publish and report", f"{publish + whole:.1f} s", aim="≤ 10 s"),
        Line("HTML", f"{len(html) / 1000:.0f} thousand characters"),
    ]


def _publish(world: World, round_id: UUID, *, reason: str | None) -> float:
    started = time.perf_counter()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        publish(world.work(Role.COORDINATOR, session), round_id=round_id, reason=reason)
    return time.perf_counter() - started


def _run(world: World, rounds: list[UUID], *, reason: str | None) -> Spent:
    published = _publish(world, rounds[-1], reason=reason)
    started = time.perf_counter()
    with world.session() as session:
        report = report_of_rounds(session, rounds)
    report_html(report)
    html = time.perf_counter() - started
    started = time.perf_counter()
    with world.session() as session:
        render_report(report_of_rounds(session, rounds))
    return Spent(published, html, time.perf_counter() - started)


def _weasyprint(html: str, assets: Mapping[str, bytes]) -> float:
    class Named(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, assets[url.removeprefix("asset:")])

    started = time.perf_counter()
    weasyprint.HTML(string=html, url_fetcher=Named(), base_url="asset:").write_pdf()
    return time.perf_counter() - started
