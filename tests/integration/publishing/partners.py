"""Partners who score the driver in two rounds, for the tests of this folder."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.publishing import publish
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import content_hash, parse
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.shipped import shipped_folder
from tests.world import World


def driver(*, declaring: Mapping[str, str] = {}) -> tuple[Instrument, str]:
    """`declaring` are links by part, as they are written in the file."""
    source = source_of("lsp_driver")
    for part, links in declaring.items():
        source = source.replace(f"      - name: {part}\n", f"      - name: {part}\n        links: {links}\n")
    return parse(source, file="lsp_driver.yaml"), source


def source_of(edition: str) -> str:
    return (shipped_folder("questionnaires") / f"{edition}.yaml").read_text(encoding="utf-8")


def add_round(session: Session, world: World, number: int) -> UUID:
    round_ = Round(
        partnership_id=world.partnership_id,
        id=new_id(),
        number=number,
        name=f"Year {number}",
        starts_on=date(2023 + number, 1, 1),
        ends_on=date(2023 + number, 12, 31),
    )
    session.add(round_)
    session.flush()
    return round_.id


def add_collection(
    session: Session, world: World, round_id: UUID, instrument: Instrument, source: str
) -> UUID:
    issue(session, instrument, source=source, at=world.clock.now())
    collection = Collection(
        partnership_id=world.partnership_id,
        id=new_id(),
        round_id=round_id,
        instrument_hash=content_hash(instrument),
        status=CollectionStatus.FINAL,
        languages=["en"],
    )
    session.add(collection)
    session.flush()
    return collection.id


def respondents(session: Session, world: World, n: int) -> list[UUID]:
    keys = [new_id() for _ in range(n)]
    session.add_all(
        RespondentKey(partnership_id=world.partnership_id, id=key, imported_id=f"partner-{i}")
        for i, key in enumerate(keys)
    )
    session.flush()
    return keys


def answer(
    session: Session,
    world: World,
    collection: UUID,
    instrument: Instrument,
    key: UUID,
    score: int,
    place: int,
) -> None:
    """The same score for every part, a touch apart from part to part."""
    assert instrument.scoring is not None
    parts = [part.item for criterion in instrument.scoring.criteria for part in criterion.parts]
    session.add(
        Response(
            partnership_id=world.partnership_id,
            id=new_id(),
            collection_id=collection,
            respondent_key_id=key,
            instrument_hash=content_hash(instrument),
            organisation_id=world.organisations[place % len(world.organisations)],
            mode=Mode.ONLINE,
            status=ResponseStatus.SUBMITTED,
            draft={},
            submission={part: {"value": score} for part in parts},
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
            submitted_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
    )
    session.flush()


def two_rounds(
    world: World, first: list[int], second: list[int], *, declaring: Mapping[str, str] = {}
) -> tuple[UUID, UUID]:
    """Scores of the same people, in their order; who has none in a round is left out at the end."""
    _, source = driver(declaring=declaring)
    one, other = rounds_of(world, (source, first), (source, second))
    return one, other


def rounds_of(world: World, *rounds: tuple[str, list[int]]) -> list[UUID]:
    """As `two_rounds`, each round by the text of its questionnaire."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        keys = respondents(session, world, max(len(scores) for _, scores in rounds))
        made = []
        for number, (source, scores) in enumerate(rounds, start=1):
            instrument = parse(source, file="edition")
            made.append(add_round(session, world, number))
            collection = add_collection(session, world, made[-1], instrument, source)
            for place, score in enumerate(scores):
                answer(session, world, collection, instrument, keys[place], score, place)
    return made


def published(world: World, round_id: UUID, *, reason: str | None = None) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return publish(world.work(Role.COORDINATOR, session), round_id=round_id, reason=reason)
