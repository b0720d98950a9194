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
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, select, update

from lsp_assess.cli.second_factor import reset
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.databases import clone
from tests.desk import hidden_fields
from tests.trust_run import Figure, Times
from tests.workers import eventually
from tests.world import World, build_world, session_cookie

HOME = "/p/northbridge/"
DOOR = "/account/sign-in"
OWN_FORM = "/account/pass-phrase"
NEW = "an umbrella full of quiet ravens"


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
    token = token_of(processes[0], cookie)
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
            assert is_out(process, cookie, token)
        switch(world, world.accounts[Role.EVALUATOR], active=True)
        tried += 6
    figure(f"{tried} requests after a role or an account was taken away, on 2 processes: 0 let in")


def token_of(process: Process, cookie: str) -> str:
    return hidden_fields(process.ask("/account/", cookie)[2])["csrf_token"]


def is_in(process: Process, cookie: str, token: str) -> bool:
    """A form with its token is taken, and its empty fields are told of."""
    form = f"csrf_token={token}".encode()
    return process.ask(HOME, cookie)[0] == 200 and process.ask(OWN_FORM, cookie, form=form)[0] == 200


def is_out(process: Process, cookie: str, token: str) -> bool:
    """A page leads to the door; a form, with the token that was good before, is 401."""
    form = f"csrf_token={token}".encode()
    led = process.ask(HOME, cookie)[1].startswith(DOOR)
    return led and process.ask(OWN_FORM, cookie, form=form)[0] == 401


def sign_out(process: Process, cookie: str, token: str, _world: World, _folder: Path) -> None:
    assert process.ask("/account/sign-out", cookie, form=f"csrf_token={token}".encode())[0] == 302


def take_the_factor_off(_process: Process, _cookie: str, _token: str, world: World, folder: Path) -> None:
    address = world.engine.url.render_as_string(hide_password=False)
    environ = {"LSP_DATABASE_URL": address, "LSP_INSTANCE": str(folder)}
    assert CliRunner().invoke(reset, ["northbridge.partner@example.org"], env=environ).exit_code == 0


def set_the_pass_phrase_anew(
    process: Process, _cookie: str, _token: str, world: World, _folder: Path
) -> None:
    """As who has forgotten it, by the link in the mail, in a browser of its own."""
    browser = build_opener(HTTPCookieProcessor())
    here = f"http://127.0.0.1:{process.port}"

    def send(path: str, **fields: str) -> None:
        with browser.open(here + path) as page:
            token = hidden_fields(page.read().decode())["csrf_token"]
        browser.open(here + path, urlencode({**fields, "csrf_token": token}).encode()).close()

    send("/account/pass-phrase/forgotten", email="northbridge.partner@example.org")
    with open_session(world.engine, Scope()) as session:
        mails = session.execute(select(Mail).order_by(Mail.written_at)).scalars().all()
    link = next(word for word in mails[-1].body.split() if "://" in word)
    send(urlsplit(link).path, password=NEW, password_confirm=NEW)


@pytest.mark.parametrize("end", [sign_out, take_the_factor_off, set_the_pass_phrase_anew])
def test_a_session_that_is_ended_is_out_of_every_process(
    end: Callable[[Process, str, str, World, Path], None],
    processes: tuple[Process, Process],
    signed_in_as: Callable[[Role], str],
    world: World,
    instance: Path,
    figure: Figure,
) -> None:  # trust A11
    for first, second in (processes, processes[::-1]):  # more would meet the limit of the form
        cookie = signed_in_as(Role.PARTNER)
        token = token_of(first, cookie)
        assert is_in(first, cookie, token)
        assert is_in(second, cookie, token)
        end(first, cookie, token, world, instance)
        assert is_out(second, cookie, token)
        assert is_out(first, cookie, token)
    how = end.__name__.replace("_", " ")
    figure(f"{how}: 8 requests with the ended session to 2 processes, forms with their token: 0 let in")
