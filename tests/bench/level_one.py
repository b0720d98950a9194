"""Level one at its largest: forty partners, thirty-two parts, five rounds."""

import time
from collections.abc import Callable
from random import Random
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import create_engine, insert

from lsp_assess.actions.publishing import publish
from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.config import load_config
from lsp_assess.database.models.partnerships import Collection, Organisation
from lsp_assess.database.models.responses import AgreedScore, Mode, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import content_hash
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.report import render_report, report_html
from lsp_assess.reports.model import Report, SectionKey
from lsp_assess.web.application import create_app
from tests.bench.phones import live_count
from tests.bench.processes import database
from tests.bench.table import REPEATS, Line, middle
from tests.integration.publishing.partners import add_collection, add_round, driver, respondents
from tests.world import World, build_world, signed_in

PARTNERS, ROUNDS, EACH_PAGE = 40, 5, 10
REFERENCE = (
    f"{PARTNERS} partners of as many organisations score 32 parts in each of {ROUNDS} rounds, one of them "
    f"new and one gone from round to round; the meeting agrees every part. Pages: server time without the "
    f"network, the median of {EACH_PAGE} looks after one to warm up. The report holds level one alone."
)


def level_one() -> tuple[str, list[Line]]:
    with database() as (_, urls), TemporaryDirectory() as folder:
        engine = create_engine(urls.application)
        world = build_world(engine, SystemClock(), slug="forty")  # type: ignore[arg-type]
        rounds, collections = scored_rounds(world)
        app = create_app(load_config({"LSP_DATABASE_URL": urls.application, "LSP_INSTANCE": folder}))
        facilitator = signed_in(app, engine, SystemClock(), world.accounts[Role.FACILITATOR])
        lines = _meeting(facilitator, world, collections[-1])
        lines += live_count(urls, world, collections[-1])
        move(world, collections, CollectionStatus.FINAL)
        publishing = [_publish(world, round_id) for round_id in rounds]
        evaluator = signed_in(app, engine, SystemClock(), world.accounts[Role.EVALUATOR])
        lines += [Line(f"publish round {ROUNDS}, beside {ROUNDS - 1} releases", f"{publishing[-1]:.1f} s")]
        lines += [_page("points, taken apart", evaluator, f"/p/forty/results/{ROUNDS}/points")]
        lines += _report(world, rounds)
        app.extensions["lsp_bind"].dispose()
        engine.dispose()
    return REFERENCE, lines


def scored_rounds(world: World) -> tuple[list[UUID], list[UUID]]:
    """Rounds and their collections; the last one's meeting has begun."""
    instrument, source = driver()
    chance = Random(5)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        of = {"partnership_id": world.partnership_id}
        organisations = [new_id() for _ in range(PARTNERS + ROUNDS)]
        sectors = ("local_government", "health", "voluntary", "business")
        session.add_all(
            Organisation(**of, id=each, name=f"Organisation {n}", sector=sectors[n % len(sectors)])
            for n, each in enumerate(organisations)
        )
        keys = respondents(session, world, PARTNERS + ROUNDS)
        rounds, collections = [], []
        for number in range(1, ROUNDS + 1):
            rounds.append(add_round(session, world, number))
            collections.append(add_collection(session, world, rounds[-1], instrument, source))
            there = range(number - 1, number - 1 + PARTNERS)
            people = [(keys[n], organisations[n]) for n in there]
            session.execute(insert(Response), _responses(world, collections[-1], instrument, people, chance))
            session.execute(insert(AgreedScore), _agreed(world, collections[-1], instrument, chance))
    move(world, collections[-1:], CollectionStatus.IN_CONSENSUS)
    return rounds, collections


def _parts(instrument: Instrument) -> list[str]:
    assert instrument.scoring is not None
    return [part.item for criterion in instrument.scoring.criteria for part in criterion.parts]


def _responses(
    world: World,
    collection_id: UUID,
    instrument: Instrument,
    people: list[tuple[UUID, UUID]],
    chance: Random,
) -> list[dict[str, object]]:
    now = world.clock.now()
    return [
        {
            "partnership_id": world.partnership_id,
            "id": new_id(),
            "collection_id": collection_id,
            "respondent_key_id": key,
            "instrument_hash": content_hash(instrument),
            "organisation_id": organisation,
            "mode": Mode.ONLINE,
            "status": ResponseStatus.SUBMITTED,
            "draft": {},
            "submission": {part: {"value": 5 * chance.randrange(2, 20)} for part in _parts(instrument)},
            "started_at": now,
            "submitted_at": now,
        }
        for key, organisation in people
    ]


def _agreed(
    world: World, collection_id: UUID, instrument: Instrument, chance: Random
) -> list[dict[str, object]]:
    return [
        {
            "partnership_id": world.partnership_id,
            "id": new_id(),
            "collection_id": collection_id,
            "part": part,
            "step": 1,
            "score": 5 * chance.randrange(8, 16),
            "rationale": "Most partners follow it, and the review of last autumn led to changes.",
            "account_id": world.accounts[Role.FACILITATOR],
            "at": world.clock.now(),
        }
        for part in _parts(instrument)
    ]


def move(world: World, collections: list[UUID], status: CollectionStatus) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for each in collections:
            session.get_one(Collection, (world.partnership_id, each)).status = status


def _meeting(facilitator: FlaskClient, world: World, collection_id: UUID) -> list[Line]:
    at = f"/p/{world.slug}/meeting/{collection_id}"
    return [
        _page("meeting: agenda", facilitator, at, aim="≤ 150 ms"),
        _page("meeting: a part", facilitator, f"{at}/parts/shared_vision", aim="≤ 150 ms"),
    ]


def _page(what: str, client: FlaskClient, path: str, *, aim: str = "") -> Line:
    client.get(path)
    return Line(
        what,
        f"{1000 * middle([_timed(lambda: _got(client, path)) for _ in range(EACH_PAGE)]):.0f} ms",
        aim=aim,
    )


def _got(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _processor() -> float:
    """Seconds of this process and of the printers that it started."""
    own, children = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _publish(world: World, round_id: UUID) -> float:
    def one() -> None:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            publish(world.work(Role.COORDINATOR, session), round_id=round_id)

    return _timed(one)


def _report(world: World, rounds: list[UUID]) -> list[Line]:
    def made() -> Report:
        with world.session() as session:
            return report_of_rounds(session, rounds)

    def html() -> str:
        return report_html(made())

    drawn = middle([_timed(html) for _ in range(REPEATS)])
    used = _processor()
    whole = middle([_timed(lambda: render_report(made())) for _ in range(REPEATS)])
    used = (_processor() - used) / REPEATS
    tables = len(made().section(SectionKey.LEVEL_ONE).tables)
    return [
        Line(f"report section of {tables} tables: model and HTML", f"{drawn:.1f} s", aim="≤ 5 s"),
        Line("the same: all, to the PDF", f"{whole:.1f} s, {used:.1f} s of processor", aim="≤ 5 s"),
        Line("HTML", f"{len(html()) / 1000:.0f} thousand characters"),
    ]
