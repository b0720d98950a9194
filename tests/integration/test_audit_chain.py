"""The audit log is sealed into chains whose heads lie outside the database. # trust C2"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from lsp_assess.cli import main
from lsp_assess.cli.audit import keep_heads, read_heads
from lsp_assess.database.audit_seals import SITE, Chain, seal, verify
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.workers import eventually
from tests.world import World, build_world

Tamper = Callable[[Connection], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


def happens(world: World, *events: str) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        for event in events:
            work.record(event, object_kind="thing", object_id="1", was="before")


def sealed(world: World, migrator: Engine, folder: Path) -> int:
    at = world.clock.now()
    heads = seal(migrator, at=at)
    keep_heads(folder, heads, at=at)
    return len(heads)


def chains(migrator: Engine, folder: Path) -> dict[str, Chain]:
    return {chain.name: chain for chain in verify(migrator, read_heads(folder))}


def test_every_partnership_has_a_chain_that_grows_by_what_happened(
    world: World, migrator: Engine, folder: Path
) -> None:
    other = build_world(world.engine, world.clock, slug="southbank")
    happens(world, "a", "b")
    happens(other, "c")
    assert sealed(world, migrator, folder) == 2
    happens(world, "d")
    found = chains(migrator, folder)
    first, second = found[str(world.partnership_id)], found[str(other.partnership_id)]
    assert (first.seals, first.events, first.unsealed, first.fault) == (1, 2, 1, None)
    assert (second.seals, second.events, second.unsealed, second.fault) == (1, 1, 0, None)
    assert sealed(world, migrator, folder) == 1
    assert sealed(world, migrator, folder) == 0
    assert chains(migrator, folder)[str(world.partnership_id)].seals == 2


def test_what_belongs_to_no_partnership_has_a_chain_of_its_own(
    world: World, migrator: Engine, folder: Path
) -> None:
    with migrator.begin() as connection:
        connection.execute(
            text("INSERT INTO operations.audit_event (at, event, details) VALUES (now(), 'signed_in', '{}')")
        )
    sealed(world, migrator, folder)
    assert (chains(migrator, folder)[SITE].events, chains(migrator, folder)[SITE].fault) == (1, None)


def _do(statement: str) -> Tamper:
    return lambda connection: connection.execute(text(statement))


SECOND = "(SELECT id FROM operations.audit_event ORDER BY id OFFSET 1 LIMIT 1)"
TAMPERED: dict[str, Tamper] = {
    "one byte": _do(
        f'UPDATE operations.audit_event SET details = \'{{"was": "Before"}}\' WHERE id = {SECOND}'
    ),
    "a deletion": _do(f"DELETE FROM operations.audit_event WHERE id = {SECOND}"),
    "a reorder": _do(
        "UPDATE operations.audit_event a SET event = b.event FROM operations.audit_event b"
        f" WHERE a.id = {SECOND} AND b.id = (SELECT min(id) FROM operations.audit_event)"
    ),
    "an event put in": _do(
        "INSERT INTO operations.audit_event (id, partnership_id, at, event, details) OVERRIDING SYSTEM VALUE"
        " SELECT 0 - id, partnership_id, at, event, details FROM operations.audit_event LIMIT 1;"
        f"UPDATE operations.audit_event SET partnership_id = NULL WHERE id = {SECOND}"
    ),
    "a cut tail": _do(
        "DELETE FROM operations.audit_seal WHERE number = 2;"
        "DELETE FROM operations.audit_event WHERE id = (SELECT max(id) FROM operations.audit_event)"
    ),
    "all of it": _do("DELETE FROM operations.audit_seal; DELETE FROM operations.audit_event"),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_whoever_changes_what_is_sealed_is_found_out(
    world: World, migrator: Engine, folder: Path, tamper: Tamper
) -> None:
    for events in (("a", "b", "c"), ("d",)):
        happens(world, *events)
        sealed(world, migrator, folder)
    assert chains(migrator, folder)[str(world.partnership_id)].fault is None
    with migrator.begin() as connection:
        tamper(connection)
    assert chains(migrator, folder)[str(world.partnership_id)].fault is not None


def test_a_chain_made_anew_does_not_fit_the_head_that_was_kept(
    world: World, migrator: Engine, folder: Path
) -> None:
    happens(world, "a", "b")
    sealed(world, migrator, folder)
    with migrator.begin() as connection:
        connection.execute(text("DELETE FROM operations.audit_seal"))
        connection.execute(text("UPDATE operations.audit_event SET event = 'z'"))
    seal(migrator, at=world.clock.now())
    fault = chains(migrator, folder)[str(world.partnership_id)].fault
    assert fault is not None
    assert "head was kept" in fault


def test_sealing_waits_for_an_event_that_is_still_being_written(
    world: World, migrator: Engine, folder: Path
) -> None:
    """Its number is lower than that of one which is written after it began."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'")

    def is_waiting() -> bool:
        with migrator.connect() as other:
            return bool(other.execute(waiting).scalar_one())

    with ThreadPoolExecutor(max_workers=1) as aside:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as slow:
            world.work(Role.COORDINATOR, slow).record("slow", object_kind="thing")
            happens(world, "quick")
            sealing = aside.submit(sealed, world, migrator, folder)
            eventually(is_waiting)
        assert sealing.result() == 1
    chain = chains(migrator, folder)[str(world.partnership_id)]
    assert (chain.events, chain.unsealed, chain.fault) == (2, 0, None)


def test_the_application_neither_reads_nor_writes_seals(world: World, engine: Engine) -> None:
    for statement in ("SELECT * FROM operations.audit_seal", "DELETE FROM operations.audit_seal"):
        with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
            connection.execute(text(statement))


def test_the_commands_seal_say_that_all_is_whole_and_what_is_not(
    world: World, migrator: Engine, database: Urls, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_AUDIT_HEAD_FOLDER", str(folder))
    happens(world, "a", "b")
    assert CliRunner().invoke(main, ["audit", "seal"]).output.startswith("Chains sealed: 1")
    verified = CliRunner().invoke(main, ["audit", "verify"])
    assert (verified.exit_code, verified.output.splitlines()[-1]) == (0, "Chains: 1, broken: 0")
    with migrator.begin() as connection:
        connection.execute(text("UPDATE operations.audit_event SET event = 'z'"))
    verified = CliRunner().invoke(main, ["audit", "verify"])
    assert verified.exit_code == 1
    assert "BROKEN: seal 1 does not hold" in verified.output
