"""The embedded database is killed, and its disk filled, while people send from other processes."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from time import monotonic, sleep, time
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, create_engine

from lsp_assess.cli.database import NAME
from lsp_assess.database.bootstrap import Urls, prepare
from lsp_assess.database.embedded import EmbeddedServer, start_embedded
from lsp_assess.kernel.clock import SetClock
from tests.integration.faults.counting import assert_all_there_once, compared, stored
from tests.integration.faults.crowd import Acknowledged, gathered, sending
from tests.integration.faults.sender import HIDDEN, Browser, filled_in
from tests.integration.faults.small_disk import NOT_ALLOWED, Disk, small_disk
from tests.serving import Serving, children_of, eventually, serving
from tests.trust_run import Figure, Times
from tests.world import build_world


@pytest.fixture(scope="module")
def disk() -> Iterator[Disk]:
    with small_disk() as disk:
        yield disk


@pytest.fixture(scope="module")
def site(disk: Disk) -> Iterator[Serving]:
    """With an embedded database on that disk."""
    with serving(disk.folder / "instance") as site:
        yield site


@pytest.fixture(scope="module")
def server(site: Serving) -> Iterator[EmbeddedServer]:
    """The site's, which a test may join."""
    server = start_embedded(site.instance / "postgres")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def database(server: EmbeddedServer) -> Urls:
    return prepare(server.url, database=NAME, password_of=server.password_of)


@pytest.fixture(scope="module")
def engine(database: Urls) -> Iterator[Engine]:
    engine = create_engine(database.application, pool_pre_ping=True)
    yield engine
    engine.dispose()


def test_what_was_acknowledged_is_there_once_however_the_database_dies(
    engine: Engine, database: Urls, server: EmbeddedServer, clock: SetClock, site: Serving,
    times: Times, figure: Figure,
) -> None:  # trust D2  # fmt: skip
    chance, kills = Random(2), times(few=1, full=10)
    crowd = gathered(build_world(engine, clock, slug="killed"), 150 + 100 * kills)
    killed = {"postmaster": 0, "back end": 0}
    with sending(crowd, site.address) as sent:
        for kill in range(kills):
            before = len(sent.acknowledged)
            eventually(lambda before=before: len(sent.acknowledged) > before + 4)
            sleep(chance.uniform(0.0, 0.3))
            postmaster = site.postmaster()
            assert postmaster is not None
            which = "back end" if kill % 3 == 2 else "postmaster"
            victim = chance.choice(children_of(postmaster)) if which == "back end" else postmaster
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                killed[which] += 1
            eventually(server.is_running)
            before = len(sent.acknowledged)
            eventually(lambda before=before: len(sent.acknowledged) > before or not sent.goes_on())
        assert sent.goes_on(), "there were too few people for so many kills"
    count = compared(crowd, sent.acknowledged, stored(database.migrator))
    figure(f"{killed['postmaster']} postmasters, {killed['back end']} back ends killed: {count}")
    assert_all_there_once(count)


def test_a_full_disk_refuses_gives_back_what_was_entered_and_heals_by_itself(
    engine: Engine, database: Urls, server: EmbeddedServer, clock: SetClock, site: Serving, disk: Disk,
    times: Times, figure: Figure,
) -> None:  # trust D3  # fmt: skip
    if not disk.small:
        pytest.skip(NOT_ALLOWED)
    crowd = gathered(build_world(engine, clock, slug="full"), times(few=12, full=60))
    host = site.address.removeprefix("http://").rstrip("/")
    browsers = {one: Browser(host, f"session={one.cookie}") for one in crowd.people}
    forms = {one: filled_in(browser, crowd.home, "2") for one, browser in browsers.items()}
    disk.fill()
    statuses = Counter[int]()
    for place, (one, browser) in enumerate(browsers.items()):
        if place == len(browsers) // 2:
            use_up_the_log(server)
        status, page, _ = browser._once(f"{crowd.home}/send", forms[one])
        statuses[status] += 1
        if status != 302:
            assert status in (503, 507), page
            assert "Nothing is lost" in page
            assert dict(HIDDEN.findall(page)) == forms[one]
    disk.free()
    freed = monotonic()
    said = {}
    for one, browser in browsers.items():
        status, page, _ = browser.ask(f"{crowd.home}/send", forms[one])
        assert status == 302, page
        said[one.cookie] = Acknowledged(UUID(forms[one]["sending_id"]), 2, 2, time(), time())
    count = compared(crowd, said, stored(database.migrator))
    figure(f"disk full, answers {dict(statuses)}; {monotonic() - freed:.0f} s after room was made: {count}")
    assert_all_there_once(count)
    assert statuses.keys() - {302}


def use_up_the_log(server: EmbeddedServer) -> None:
    """So that the next commit needs a file for which there is no room: at that PostgreSQL gives up."""
    with suppress(psycopg.OperationalError), psycopg.connect(plain(server), autocommit=True) as superuser:
        for _ in range(20):
            superuser.execute("SELECT pg_logical_emit_message(true, 'full', 'x'), pg_switch_wal()")


def plain(server: EmbeddedServer) -> str:
    return server.url.replace("postgresql+psycopg", "postgresql")
