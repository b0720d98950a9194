"""Two web processes on one database: what one of them is told, the other knows at its next request."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, update

from lsp_assess.cli.second_factor import reset
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.databases import clone
from tests.desk import hidden_fields
from tests.trust_run import Figure, Times
from tests.workers import eventually
from tests.world import World, build_world, session_cookie

HOME = "/p/northbridge/"
DOOR = "/account/sign-in"


@dataclass(frozen=True, slots=True)
class Process:
    port: int

    def ask(self, path: str, cookie: str, *, form: bytes | None = None) -> tuple[int, str, str]:
        """Status, where one is sent to, and the page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"session={cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("GET" if form is None else "POST", path, form, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()

    def lives(self) -> bool:
        try:
            return self.ask("/health", "")[0] == 200
        except (OSError, HTTPException):
            return False


@contextmanager
def gunicorn(application_url: str, folder: Path) -> Iterator[Process]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "LSP_DATABASE_URL": application_url, "LSP_INSTANCE": str(folder)}
    command = (sys.executable, "-m", "gunicorn", "lsp_assess.web.wsgi:app", "--bind", f"127.0.0.1:{port}")
    options = ("--no-control-socket", "--log-level", "warning", "--worker-class", "gthread")
    with subprocess.Popen([*command, *options], env=environ) as process:
        try:
            here = Process(port)
            eventually(here.lives, seconds=60)
            yield here
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def database(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    """Of all tests of this file, since the processes take seconds to start."""
    with clone(embedded, template) as urls:
        yield urls


@pytest.fixture(scope="module")
def world(database: Urls) -> Iterator[World]:
    """With the clock of the processes."""
    engine = create_engine(database.application)
    yield build_world(engine, SetClock(datetime.now(UTC)))
    engine.dispose()


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two") / "instance"


@pytest.fixture(scope="module")
def processes(database: Urls, world: World, instance: Path) -> Iterator[tuple[Process, Process]]:
    with ExitStack() as stack:
        first, second = (stack.enter_context(gunicorn(database.application, instance)) for _ in range(2))
        yield first, second


@pytest.fixture
def signed_in_as(world: World) -> Callable[[Role], str]:
    return lambda role: session_cookie(world.engine, world.clock, world.accounts[role])


def end_role(world: World, role: Role, on: date | None) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Membership).where(Membership.role == role).values(valid_to=on))


def switch(world: World, account_id: UUID, *, active: bool) -> None:
    with transaction(world.engine, Scope()) as session:
        session.get_one(Account, account_id).active = active


def test_what_is_taken_away_is_gone_at_the_next_request_of_every_process(
    processes: tuple[Process, Process],
    world: World,
    signed_in_as: Callable[[Role], str],
    times: Times,
    figure: Figure,
) -> None:  # trust A7, A11
    cookie = signed_in_as(Role.EVALUATOR)
    tried = 0
    for turn in range(times(few=2, full=50)):
        for process in processes:
            assert process.ask(f"{HOME}results/", cookie)[0] == 200
        end_role(world, Role.EVALUATOR, date(2024, 2, 1))
        for process in processes[:: 1 if turn % 2 else -1]:
            assert process.ask(f"{HOME}results/", cookie)[0] == 404
        end_role(world, Role.EVALUATOR, None)
        switch(world, world.accounts[Role.EVALUATOR], active=False)
        for process in processes[:: 1 if turn % 2 else -1]:
            assert process.ask(f"{HOME}results/", cookie)[1].startswith(DOOR)
        switch(world, world.accounts[Role.EVALUATOR], active=True)
        tried += 4
    figure(f"{tried} requests after a role or an account was taken away, on 2 processes: 0 let in")


def test_who_signs_out_of_one_process_is_out_of_both(
    processes: tuple[Process, Process], signed_in_as: Callable[[Role], str]
) -> None:  # trust A11
    for first, second in (processes, processes[::-1]):
        cookie = signed_in_as(Role.PARTNER)
        token = hidden_fields(first.ask("/account/", cookie)[2])["csrf_token"]
        assert second.ask(HOME, cookie)[0] == 200
        assert first.ask("/account/sign-out", cookie, form=f"csrf_token={token}".encode())[0] == 302
        for process in (second, first):
            assert process.ask(HOME, cookie)[1].startswith(DOOR)
            assert process.ask(f"{HOME}reports/", cookie, form=b"")[0] in (401, 403)


def test_a_second_factor_taken_off_ends_the_sessions_of_every_process(
    processes: tuple[Process, Process],
    signed_in_as: Callable[[Role], str],
    database: Urls,
    instance: Path,
) -> None:  # trust A11
    cookie = signed_in_as(Role.COORDINATOR)
    for process in processes:
        assert process.ask(HOME, cookie)[0] == 200
    environ = {"LSP_DATABASE_URL": database.application, "LSP_INSTANCE": str(instance)}
    assert CliRunner().invoke(reset, ["northbridge.coordinator@example.org"], env=environ).exit_code == 0
    for process in processes:
        assert process.ask(HOME, cookie)[1].startswith(DOOR)
