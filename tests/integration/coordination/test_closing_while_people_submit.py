from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from time import sleep
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, create_engine, select

from lsp_assess.access.actor import SYSTEM, Actor
from lsp_assess.actions.answering import sheet_for, submit
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.rounds import (
    NewCollection,
    RoundDetails,
    add_collection,
    add_round,
    move_collection,
)
from lsp_assess.actions.work import Work
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Mode, RespondentKey, Response
from lsp_assess.database.session import Scope, open_session
from lsp_assess.instruments import Answered, answers_to_json
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.kernel.errors import Conflict
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionEvent, CollectionStatus
from tests.world import World

PEOPLE = 8
TIMES = 12


@pytest.fixture
def wide(database: Urls) -> Iterator[Engine]:
    """Connections for everybody who submits at once."""
    engine = create_engine(database.application, pool_size=PEOPLE + 1)
    yield engine
    engine.dispose()


def drafts(world: World, number: int) -> tuple[UUID, list[UUID]]:
    """An open collection, and the keys of people who have answered everything but not sent it."""
    hash_, (wheel, _) = next(pair for pair in shipped().items() if pair[1][0].name == "progress_wheel")
    answers = {one.name: Answered(3) for one in wheel.questions if isinstance(one, ScaleItem)}
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        year = RoundDetails(name=f"Year {number}", starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 1))
        new = NewCollection(instrument_hash=hash_, languages=("en",), closes_on=None)
        collection_id = add_collection(work, add_round(work, year), new)
        move_collection(work, collection_id, CollectionEvent.OPEN)
        keys = [new_id() for _ in range(PEOPLE)]
        of = {"partnership_id": world.partnership_id}
        session.add_all(RespondentKey(**of, id=key, imported_id=str(key)) for key in keys)
        session.flush()
        session.add_all(
            Response(
                **of,
                collection_id=collection_id,
                respondent_key_id=key,
                instrument_hash=hash_,
                mode="online",
                status="draft",
                draft=answers_to_json(answers),
                started_at=world.clock.now(),
            )
            for key in keys
        )
        session.commit()
    return collection_id, keys


def send(world: World, wide: Engine, collection_id: UUID, key: UUID, wait: float) -> bool:
    """Whether it was taken."""
    sleep(wait)
    actor = Actor(account_id=None, partnership_id=world.partnership_id)
    with open_session(wide, Scope(partnership_id=world.partnership_id)) as session:
        work = Work(session=session, actor=actor, clock=world.clock)
        collection = session.execute(select(Collection).where(Collection.id == collection_id)).scalar_one()
        sheet = sheet_for(work, collection=collection, respondent_key_id=key, mode=Mode.ONLINE)
        try:
            submit(work, sheet, sending_id=uuid4())
        except Conflict:
            return False
        session.commit()
        return True


def close(world: World, wide: Engine, collection_id: UUID, wait: float) -> None:
    sleep(wait)
    actor = Actor(account_id=None, partnership_id=world.partnership_id, roles=SYSTEM.roles)
    with open_session(wide, Scope(partnership_id=world.partnership_id)) as session:
        move_collection(
            Work(session=session, actor=actor, clock=world.clock), collection_id, CollectionEvent.CLOSE
        )
        session.commit()


def test_each_submission_is_wholly_in_or_refused_with_its_draft_kept(world: World, wide: Engine) -> None:
    chance = Random(9)  # trust D9
    outcomes = set()
    for number in range(1, TIMES + 1):
        collection_id, keys = drafts(world, number)
        with ThreadPoolExecutor(PEOPLE + 1) as pool:
            sent = {
                key: pool.submit(send, world, wide, collection_id, key, chance.uniform(0, 0.08))
                for key in keys
            }
            pool.submit(close, world, wide, collection_id, chance.uniform(0.01, 0.07)).result()
            taken = {key for key, answer in sent.items() if answer.result()}
        with world.session() as session:
            closed = session.execute(select(Collection).where(Collection.id == collection_id)).scalar_one()
            rows = session.execute(select(Response).where(Response.collection_id == collection_id)).scalars()
            held = {row.respondent_key_id: row for row in rows}
        assert closed.status is CollectionStatus.CLOSED
        assert {key for key, row in held.items() if row.submission is not None} == taken
        assert all(row.draft for row in held.values())
        outcomes |= {key in taken for key in keys}
    assert outcomes == {True, False}
