from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier, Semaphore
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from lsp_assess.access.actor import SYSTEM, Actor
from lsp_assess.actions.answering import submit
from lsp_assess.actions.rounds import move_collection
from lsp_assess.actions.work import Work
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.responses import KeptBody, Receipt, Response
from lsp_assess.database.session import Scope, open_session
from lsp_assess.kernel.errors import Conflict, KeptConflict
from lsp_assess.partnerships.rounds import CollectionEvent
from tests.integration.coordination.drafted import answered, drafts, sheet, somebody, wheel
from tests.trust_run import Figure, Times
from tests.world import World

PEOPLE = 6


@pytest.fixture
def wide(database: Urls) -> Iterator[Engine]:
    """Connections for everybody who sends at once."""
    engine = create_engine(database.application, pool_size=PEOPLE + 1)
    yield engine
    engine.dispose()


def send(
    world: World, wide: Engine, collection_id: UUID, key: UUID, start: Barrier, ended: Semaphore
) -> bool:
    """Whether it was taken."""
    start.wait()
    with open_session(wide, Scope(partnership_id=world.partnership_id)) as session:
        work = Work(session=session, actor=somebody(world), clock=world.clock)
        try:
            submit(work, sheet(work, collection_id, key), sending_id=uuid4())
            session.commit()
        except Conflict:
            return False
        finally:
            ended.release()
    return True


def close(
    world: World, wide: Engine, collection_id: UUID, start: Barrier, ended: Semaphore, after: int
) -> set[UUID]:
    """Once so many have ended, while the others are on their way; who is in at that moment."""
    start.wait()
    for _ in range(after):
        ended.acquire()
    actor = Actor(account_id=None, partnership_id=world.partnership_id, roles=SYSTEM.roles)
    with open_session(wide, Scope(partnership_id=world.partnership_id)) as session:
        work = Work(session=session, actor=actor, clock=world.clock)
        move_collection(work, collection_id, CollectionEvent.CLOSE)
        found = {row.respondent_key_id for row in responses(session, collection_id) if row.submission}
        session.commit()
        return found


def responses(session: Session, collection_id: UUID) -> list[Response]:
    return list(session.execute(select(Response).where(Response.collection_id == collection_id)).scalars())


def test_each_submission_is_wholly_in_when_a_collection_closes_or_refused_with_its_draft_kept(
    world: World, wide: Engine, times: Times, figure: Figure
) -> None:  # trust D9
    chance, closings, found = Random(9), times(few=20, full=1000), Counter[str]()
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        for number in range(1, closings + 1):
            collection_id, keys = drafts(world, wide, number=number, people=PEOPLE)
            start, ended = Barrier(PEOPLE + 1), Semaphore(0)
            at = world, wide, collection_id
            sent = {key: pool.submit(send, *at, key, start, ended) for key in keys}
            closing = pool.submit(close, *at, start, ended, chance.randrange(PEOPLE))
            told = {key for key, answer in sent.items() if answer.result()}
            with world.session() as session:
                held = {row.respondent_key_id: row for row in responses(session, collection_id)}
                receipts = session.execute(select(func.count()).select_from(Receipt)).scalar_one()
            stored = {key for key, row in held.items() if row.submission}
            in_time = closing.result()
            found["taken"] += len(told)
            found["stored"] += len(stored)
            found["lost"] += len(told - stored)
            found["late"] += len(stored - in_time)
            found["kept"] += sum(bool(held[key].draft) for key in set(keys) - told)
            assert told == in_time == stored
            assert receipts == found["taken"]
            assert all(row.draft.items() <= row.submission.items() for row in held.values() if row.submission)
    refused = PEOPLE * closings - found["taken"]
    assert found["taken"]
    assert found["kept"] == refused > 0
    figure(
        f"{closings} closings: acknowledged {found['taken']}, stored {found['stored']}, lost {found['lost']},"
        f" late {found['late']}, doubled {receipts - found['taken']}; {refused} refused,"
        f" drafts kept {found['kept']}"
    )


def test_of_bodies_sent_at_once_under_one_id_one_is_taken_and_every_other_is_kept(
    world: World, wide: Engine, times: Times, figure: Figure
) -> None:  # trust D6
    instrument, _ = wheel()
    rounds, found = times(few=3, full=50), Counter[str]()

    def send_as(value: int, collection_id: UUID, key: UUID, sending_id: UUID, start: Barrier) -> bool:
        start.wait()
        with open_session(wide, Scope(partnership_id=world.partnership_id)) as session:
            work = Work(session=session, actor=somebody(world), clock=world.clock)
            try:
                of = sheet(work, collection_id, key)
                submit(work, of, sending_id=sending_id, draft=answered(instrument, value))
            except KeptConflict:
                session.commit()  # as the edge of a request does
                return False
            session.commit()
            return True

    for number in range(1, rounds + 1):
        collection_id, (key,) = drafts(world, wide, number=number, people=1)
        sending_id, start = uuid4(), Barrier(5)
        with ThreadPoolExecutor(5) as pool:
            sent = {
                value: pool.submit(send_as, value, collection_id, key, sending_id, start)
                for value in range(1, 6)
            }
            (taken,) = (value for value, answer in sent.items() if answer.result())
        with world.session() as session:
            (stored,) = responses(session, collection_id)
            bodies = session.execute(select(KeptBody.body).where(KeptBody.receipt_id == sending_id)).scalars()
            kept = [values(body["answers"]) for body in sorted(bodies, key=str)]
            assert session.execute(select(Receipt.id).where(Receipt.id == sending_id)).scalar_one()
            assert values(stored.submission or {}) == {taken}
            assert kept == [{value} for value in range(1, 6) if value != taken]
        found["stored"] += bool(stored.submission)
        found["kept"] += len(kept)
    sent = 5 * rounds
    figure(
        f"{rounds} times five bodies at once under one id: sent {sent}, stored {found['stored']},"
        f" kept {found['kept']}, lost {sent - found.total()}"
    )


def values(answers: dict[str, dict[str, object]]) -> set[object]:
    return {answer["value"] for answer in answers.values() if "value" in answer}
