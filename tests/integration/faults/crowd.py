"""Many people with a questionnaire each, who send it from several processes at once."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

from lsp_assess.database.models.access import Account, WebSession
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.sessions import ROW_PREFIX, hash_of_cookie
from tests.opened import opened, shipped
from tests.world import World

SENDER = Path(__file__).with_name("sender.py")


@dataclass(frozen=True, slots=True)
class Invited:
    cookie: str
    account_id: UUID
    person_id: UUID
    respondent_key_id: UUID


@dataclass(frozen=True, slots=True)
class Crowd:
    world: World
    collection_id: UUID
    people: Sequence[Invited]

    @property
    def home(self) -> str:
        return f"/p/{self.world.slug}/answer/{self.collection_id}/1"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    receipt_id: UUID
    value: int
    tries: int
    began: float
    ended: float


@dataclass
class Sending:
    """People being served by processes; `acknowledged` grows meanwhile, by cookie."""

    processes: list[subprocess.Popen[str]]
    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)

    def goes_on(self) -> bool:
        return any(process.poll() is None for process in self.processes)


def gathered(world: World, number: int) -> Crowd:
    """`number` partners, signed in, each invited to one open collection of the progress wheel."""
    of = {"partnership_id": world.partnership_id}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = opened(session, world, shipped("progress_wheel"))
        people = [Invited(ROW_PREFIX + uuid4().hex, uuid4(), uuid4(), uuid4()) for _ in range(number)]
        accounts = [
            Account(id=one.account_id, email=f"{one.account_id}@example.org", fs_uniquifier=uuid4().hex)
            for one in people
        ]
        session.add_all(accounts)
        session.flush()
        session.add_all(
            Person(**of, id=one.person_id, account_id=one.account_id, name=f"Partner {place}")
            for place, one in enumerate(people)
        )
        session.add_all(
            _signed_in(one, account, world) for one, account in zip(people, accounts, strict=True)
        )
        session.flush()
        for one in people:
            session.add(
                Membership(
                    **of, person_id=one.person_id, organisation_id=world.organisations[0],
                    role=Role.PARTNER, valid_from=date(2024, 1, 1),
                )
            )  # fmt: skip
            session.add(RespondentKey(**of, id=one.respondent_key_id, person_id=one.person_id))
        session.flush()
        session.add_all(
            Participant(
                **of,
                collection_id=collection.id,
                person_id=one.person_id,
                respondent_key_id=one.respondent_key_id,
                organisation_id=world.organisations[0],
            )
            for one in people
        )
        return Crowd(world, collection.id, people)


def _signed_in(one: Invited, account: Account, world: World) -> WebSession:
    now = world.clock.now()
    return WebSession(
        id_hash=hash_of_cookie(one.cookie),
        account_id=account.id,
        content={"_user_id": account.fs_uniquifier, "_fresh": True, "identity": account.fs_uniquifier},
        started_at=now,
        seen_at=now,
    )


@contextmanager
def sending(crowd: Crowd, address: str, *, processes: int = 6) -> Iterator[Sending]:
    """The crowd sends; `address` is the site's. Whoever is not through at the end of the block is ended."""
    host = address.removeprefix("http://").rstrip("/")
    started = [
        subprocess.Popen(
            [sys.executable, str(SENDER), host], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    found = Sending(started)
    listeners = [Thread(target=_listen, args=(process, found)) for process in started]
    for place, process in enumerate(started):
        assert process.stdin is not None
        for one in crowd.people[place::processes]:
            process.stdin.write(f"{one.cookie} {crowd.home}\n")
        process.stdin.close()
        listeners[place].start()
    try:
        yield found
    finally:
        for process in started:
            process.terminate()
            process.wait()
        for listener in listeners:
            listener.join()


def _listen(process: subprocess.Popen[str], found: Sending) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        cookie, receipt, value, tries, began, ended = line.split()
        found.acknowledged[cookie] = Acknowledged(
            UUID(receipt), int(value), int(tries), float(began), float(ended)
        )
