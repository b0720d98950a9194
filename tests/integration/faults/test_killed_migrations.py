"""A migration that is killed at any of its steps leaves the old schema or the new one."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url, pool, text

from lsp_assess.database.bootstrap import Urls, prepare
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder
from tests.conftest import PROJECT
from tests.databases import clone
from tests.schemas import schema_of
from tests.trust_run import Figure, Times

NEVER = 0
SCRIPTS = shipped_folder("migrations")


class Migrator:
    """Migrates in processes that may be told to die on the way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, urls: Urls, to: str, *, dies_at: int) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{urls.migrator} {to} {dies_at}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def migrator() -> Iterator[Migrator]:
    program = Path(__file__).with_name("migrating.py")
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as process:
        yield Migrator(process)
        process.kill()


@pytest.fixture
def stage(embedded: EmbeddedServer) -> Iterator[Urls]:
    """A database that goes from one revision to the next."""
    name = f"stage_{uuid4().hex}"
    yield prepare(embedded.url, database=name, password_of=embedded.password_of)
    with create_engine(embedded.url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def revisions() -> list[str]:
    config = AlembicConfig()
    config.set_main_option("script_location", str(SCRIPTS))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def revision_of(urls: Urls) -> str | None:
    engine = create_engine(make_url(urls.migrator), poolclass=pool.NullPool)
    with engine.connect() as connection:
        if connection.execute(text("SELECT to_regclass('migrations.alembic_version')")).scalar_one() is None:
            return None
        return connection.execute(text("SELECT version_num FROM migrations.alembic_version")).scalar()


def test_a_killed_migration_leaves_the_old_schema_or_the_new_one_and_the_next_succeeds(
    embedded: EmbeddedServer, stage: Urls, migrator: Migrator, times: Times, figure: Figure
) -> None:  # trust D18
    chance, tries = Random(18), times(few=1, full=8)
    before: str | None = None
    outcomes = {"old": 0, "new": 0}
    for revision in revisions():
        old = schema_of(stage.migrator)
        with clone(embedded, stage) as whole:
            steps = int(migrator.run(whole, revision, dies_at=NEVER))
            new = schema_of(whole.migrator)
        end = {steps} if tries > 1 else set()
        for step in sorted({*chance.sample(range(1, steps + 1), min(tries, steps)), *end}):
            with clone(embedded, stage) as hit:
                assert migrator.run(hit, revision, dies_at=step) == "killed"
                reached = revision_of(hit)
                found = schema_of(hit.migrator)
                assert (reached, found) in ((before, old), (revision, new)), f"{revision}, step {step}"
                outcomes["old" if reached == before else "new"] += 1
                upgrade(hit.migrator, scripts=SCRIPTS, to=revision)
                assert schema_of(hit.migrator) == new
        upgrade(stage.migrator, scripts=SCRIPTS, to=revision)
        before = revision
    figure(
        f"{len(revisions())} migrations killed at {sum(outcomes.values())} steps:"
        f" {outcomes['old']} old, {outcomes['new']} new, 0 between"
    )
