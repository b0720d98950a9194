"""People send from other processes while web processes are killed, and while a backup is taken."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from shutil import copy, rmtree
from tempfile import mkdtemp
from threading import Barrier
from time import sleep, time
from uuid import UUID

from sqlalchemy import Engine

from lsp_assess.cli.database import NAME
from lsp_assess.database.bootstrap import Urls, prepare
from lsp_assess.database.embedded import EmbeddedServer, start_embedded
from lsp_assess.kernel.clock import SetClock
from tests.integration.faults.bad_line import bad_line
from tests.integration.faults.counting import assert_all_there_once, compared, stored
from tests.integration.faults.crowd import Acknowledged, gathered, sending
from tests.integration.faults.sender import Browser, filled_in
from tests.schemas import schema_of
from tests.serving import Serving, eventually
from tests.trust_run import Figure, Times
from tests.world import build_world

POSTS = 50
Form = dict[str, str]


def test_what_was_acknowledged_is_there_once_however_web_processes_die(
    engine: Engine, database: Urls, clock: SetClock, site: Serving, times: Times, figure: Figure
) -> None:  # trust D1
    chance, kills = Random(1), times(few=3, full=50)
    crowd = gathered(build_world(engine, clock, slug="killed"), 60 + 30 * kills)
    with sending(crowd, site.address) as sent:
        eventually(lambda: len(sent.acknowledged) > 4)
        for _ in range(kills):
            before = len(sent.acknowledged)
            eventually(lambda: bool(site.web_workers()))
            with suppress(ProcessLookupError):  # gone by itself: the master has replaced it
                os.kill(chance.choice(site.web_workers()), signal.SIGKILL)
            sleep(chance.uniform(0.0, 0.3))
            eventually(lambda before=before: len(sent.acknowledged) > before + 4 or not sent.goes_on())
        assert sent.goes_on(), "there were too few people for so many kills"
    count = compared(crowd, sent.acknowledged, stored(database.migrator))
    figure(f"{kills} web processes killed: {count}")
    assert_all_there_once(count)


def test_what_is_sent_one_after_the_other_over_a_line_that_breaks_has_a_receipt_each_and_goes_on(
    engine: Engine, database: Urls, clock: SetClock, site: Serving, times: Times, figure: Figure
) -> None:  # trust D12
    crowd = gathered(build_world(engine, clock, slug="cut-off"), times(few=12, full=200))
    with (
        bad_line(site.address, Random(12), every=3, most=20_000) as (address, line),
        sending(crowd, address, processes=2) as sent,
    ):
        eventually(lambda: not sent.goes_on())
    count = compared(crowd, sent.acknowledged, stored(database.migrator))
    figure(f"the line broke {line.broken} times in two batches: {count}")
    assert_all_there_once(count)
    assert count.acknowledged == count.stored == len(crowd.people)
    assert line.broken > len(crowd.people)
    assert count.again > 0


def test_a_backup_under_load_restores_to_one_moment_with_all_that_was_acknowledged_before(
    engine: Engine, database: Urls, clock: SetClock, site: Serving, times: Times, figure: Figure
) -> None:  # trust D17
    before_it = times(few=8, full=200)
    crowd = gathered(build_world(engine, clock, slug="kept"), 800 + 2 * before_it)
    of_the_site = {"LSP_DATABASE_URL": database.application, "LSP_MIGRATOR_DATABASE_URL": database.migrator}
    command("audit", "seal", instance=site.instance, **of_the_site)
    with sending(crowd, site.address) as sent:
        eventually(lambda: len(sent.acknowledged) > before_it)
        began = time()
        taken = command("backup", str(site.instance / "kept"), instance=site.instance, **of_the_site)
        took = time() - began
        assert sent.goes_on(), "the backup was not under load"
    with elsewhere(site.instance) as (instance, server):
        said = command("restore", taken.splitlines()[0], instance=instance)
        urls = prepare(server.url, database=NAME, password_of=server.password_of)
        found = stored(urls.migrator)
        assert schema_of(urls.migrator) == schema_of(database.migrator)
    earlier = {who: each for who, each in sent.acknowledged.items() if each.ended < began}
    count = compared(crowd, earlier, found)
    figure(f"backup in {took:.1f} s under load, before it {count}; {len(sent.acknowledged)} in the end")
    assert_all_there_once(count)
    assert "WARNING" not in said
    assert "broken: 0" in said


def command(*arguments: str, instance: Path, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "lsp_assess.cli", *arguments],
        env={name: value for name, value in os.environ.items() if not name.startswith("LSP_")}
        | {"LSP_INSTANCE": str(instance)}
        | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def elsewhere(instance: Path) -> Iterator[tuple[Path, EmbeddedServer]]:
    """Another installation, empty, with a PostgreSQL of its own and the secrets of `instance`."""
    other = Path(mkdtemp(prefix="lsp-restored-"))
    other.chmod(0o755)
    copy(instance / "secrets.json", other)
    server = start_embedded(other / "postgres")
    try:
        yield other, server
    finally:
        server.stop()
        rmtree(other)
        if other not in server.place.data.parents:
            rmtree(server.place.data.parent)


def test_fifty_identical_posts_at_once_are_one_response_with_one_receipt(
    engine: Engine, database: Urls, clock: SetClock, site: Serving, times: Times, figure: Figure
) -> None:  # trust D4, D5
    crowd = gathered(build_world(engine, clock, slug="at-once"), times(few=1, full=10))
    host = site.address.removeprefix("http://").rstrip("/")
    said = {}
    for one in crowd.people:
        browser, start = Browser(host, f"session={one.cookie}"), Barrier(POSTS)
        form = filled_in(browser, crowd.home, "4")

        def post(browser: Browser = browser, start: Barrier = start, form: Form = form) -> str:
            start.wait()
            status, page, location = browser.ask(f"{crowd.home}/send", form)
            assert status == 302, page
            return location

        with ThreadPoolExecutor(POSTS) as pool:
            locations = {answer.result() for answer in [pool.submit(post) for _ in range(POSTS)]}
        locations |= {post(start=Barrier(1)) for _ in range(10)}  # as if every answer had been lost
        (location,) = locations
        assert form["sending_id"] in location
        said[one.cookie] = Acknowledged(UUID(form["sending_id"]), 4, POSTS + 10, 0.0, 0.0)
    count = compared(crowd, said, stored(database.migrator))
    figure(f"{len(said)} times {POSTS} identical posts at once and 10 more: {count}")
    assert_all_there_once(count)
    assert count.stored == len(crowd.people)
