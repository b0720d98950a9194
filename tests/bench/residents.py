"""Residents who have answered thirty five-point questions, in twelve areas, round by round."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from sqlalchemy import Engine, insert, select

from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Area, Collection, Round
from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.bench.partners import QUESTIONS, SOURCE
from tests.world import World, build_world

AREAS = 12
AT_A_TIME = 5000
SURVEY = (
    SOURCE.replace("kind: self_assessment", "kind: household")
    .replace(
        "missing: [dont_know]",
        "missing: [dont_know]\n    neutral: 3\n    positive: [4, 5]\n    negative: [1, 2]",
    )
    .replace("required: true", "headline: yes", 3)
)
NAMES = [f"q{n}" for n in range(1, QUESTIONS + 1)]


def surveyed(engine: Engine, sizes: Sequence[int]) -> World:
    """As many answers in each round as `sizes` says, from a seed."""
    world = build_world(engine, SetClock(datetime.now(UTC)), slug="bench")
    of = {"partnership_id": world.partnership_id}
    with transaction(engine, Scope(partnership_id=world.partnership_id)) as session:
        areas = [
            Area(**of, id=new_id(), code=f"A{n:02}", name=f"Area {n}", type=AreaType.WARD)
            for n in range(1, AREAS + 1)
        ]
        session.add_all(areas)
        found = issue(session, parse(SURVEY, file="thirty.yaml"), source=SURVEY, at=world.clock.now())
        for number, answers in enumerate(sizes, start=1):
            wave = Round(
                **of,
                id=new_id(),
                number=number,
                name=f"Round {number}",
                starts_on=date(2020 + number, 1, 1),
                ends_on=date(2020 + number, 12, 31),
            )
            session.add(wave)
            session.flush()
            collection = Collection(
                **of,
                id=new_id(),
                round_id=wave.id,
                instrument_hash=found,
                status=CollectionStatus.FINAL,
                languages=["en"],
            )
            session.add(collection)
            session.flush()
            for keys, responses in _rows(of, collection, [a.id for a in areas], answers, Random(number)):
                session.execute(insert(RespondentKey), keys)
                session.execute(insert(Response), responses)
    return world


def released(world: World, *, upto: int = 99) -> None:
    """As if each round had been published; nobody reads the releases."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for wave in session.execute(select(Round).where(Round.number <= upto)).scalars():
            session.add(
                Release(
                    partnership_id=world.partnership_id,
                    id=new_id(),
                    round_id=wave.id,
                    number=wave.number,
                    revision=1,
                    document={},
                    content_hash="0" * 64,
                    published_at=world.clock.now(),
                )
            )


def _rows(
    of: dict[str, UUID], collection: Collection, areas: list[UUID], answers: int, chance: Random
) -> Iterator[tuple[list[dict[str, object]], list[dict[str, object]]]]:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    weights = [10, 20, 25, 30 + 5 * chance.random(), 15]
    for start in range(0, answers, AT_A_TIME):
        keys, responses = [], []
        for place in range(start, min(start + AT_A_TIME, answers)):
            key = new_id()
            keys.append({**of, "id": key, "imported_id": f"{collection.id}-{place}"})
            codes = chance.choices((1, 2, 3, 4, 5), weights, k=QUESTIONS)
            responses.append(
                {
                    **of,
                    "id": new_id(),
                    "collection_id": collection.id,
                    "respondent_key_id": key,
                    "instrument_hash": collection.instrument_hash,
                    "area_id": areas[place % len(areas)],
                    "mode": Mode.FACE_TO_FACE,
                    "status": ResponseStatus.SUBMITTED,
                    "draft": {},
                    "submission": {
                        name: {"missing": "dont_know"} if chance.random() < 0.02 else {"value": code}
                        for name, code in zip(NAMES, codes, strict=True)
                    },
                    "started_at": moment,
                    "submitted_at": moment,
                }
            )
        yield keys, responses
