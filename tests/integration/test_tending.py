"""What `serve` sees to by itself: on time by a set clock, and whatever befalls it the site goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from lsp_assess.cli import supervision
from lsp_assess.cli.audit import read_heads
from lsp_assess.cli.tending import tending
from lsp_assess.config import Config, Databases
from lsp_assess.database.audit_seals import verify
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.retention import EVENT
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.integration.test_supervision import child, lives, supervise_until, wait_until
from tests.trust_run import Figure, Times
from tests.world import World

FORBID = text("REVOKE DELETE ON contacts.held_file FROM lsp_retention")
ALLOW = text("GRANT DELETE ON contacts.held_file TO lsp_retention")
Tend = Callable[[], None]


@pytest.fixture
def site(config: Config, database: Urls) -> Config:
    return replace(config, databases=Databases(database.application, database.migrator, None, None))


@pytest.fixture
def tend(site: Config, world: World) -> Tend:
    return tending(site, clock=world.clock)


def forget_an_account(migrator: Engine, email: str) -> None:
    """Nobody's, so that it has outlived its period."""
    with Session(migrator) as session, session.begin():
        session.add(Account(email=email, fs_uniquifier=email))


def is_there(migrator: Engine, email: str) -> bool:
    with Session(migrator) as session:
        return session.execute(select(Account).where(Account.email == email)).first() is not None


def runs_of_deletion(migrator: Engine, world: World) -> int:
    ran = select(func.count()).where(
        AuditEvent.event == EVENT, AuditEvent.partnership_id == world.partnership_id
    )
    with Session(migrator) as session:
        return session.execute(ran).scalar_one()


def happens(world: World) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        world.work(Role.COORDINATOR, session).record("something", object_kind="thing", object_id="1")


def seals(world: World, site: Config) -> int:
    """By the file of heads outside the database."""
    head = read_heads(site.audit_head_folder).get(str(world.partnership_id))
    return head.number if head else 0


def test_the_log_is_sealed_every_hour_with_its_head_outside(
    tend: Tend, world: World, site: Config, migrator: Engine, times: Times, figure: Figure
) -> None:  # trust C2
    hours = times(few=3, full=24)
    for hour in range(1, hours + 1):
        happens(world)
        tend()
        assert seals(world, site) == hour
        happens(world)
        world.clock.instant += timedelta(minutes=59)
        tend()
        assert seals(world, site) == hour, "not yet"
        world.clock.instant += timedelta(minutes=1)
    chains = {chain.name: chain for chain in verify(migrator, read_heads(site.audit_head_folder))}
    ours = chains[str(world.partnership_id)]
    assert (ours.seals, ours.unsealed, ours.fault) == (hours, 1, None)
    figure(f"{hours} hours by a set clock: {ours.seals} seals and heads over {ours.events} events, on time")


def test_what_has_expired_is_deleted_every_day(
    tend: Tend, world: World, migrator: Engine, times: Times, figure: Figure
) -> None:  # trust C10
    days = times(few=2, full=14)
    for day in range(1, days + 1):
        email = f"left-{day}@example.org"
        forget_an_account(migrator, email)
        tend()
        assert not is_there(migrator, email)
        forget_an_account(migrator, f"later-{email}")
        world.clock.instant += timedelta(hours=23, minutes=59)
        tend()
        assert runs_of_deletion(migrator, world) == day
        assert is_there(migrator, f"later-{email}"), "not before the day is over"
        world.clock.instant += timedelta(minutes=1)
    figure(f"{days} days by a set clock: deleted on each, once")


def test_a_deletion_that_fails_is_told_of_and_tried_again_and_the_log_is_sealed_all_the_same(
    tend: Tend, world: World, site: Config, migrator: Engine, capsys: pytest.CaptureFixture[str]
) -> None:  # trust C2, C10
    with migrator.begin() as connection:
        connection.execute(FORBID)
    happens(world)
    tend()
    tend()
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1, "once a minute, not at every look"
    assert "Deleting what has expired failed: InsufficientPrivilege" in said[0]
    assert "lsp-assess retention run" in said[0]
    assert (seals(world, site), runs_of_deletion(migrator, world)) == (1, 0)
    with migrator.begin() as connection:
        connection.execute(ALLOW)
    world.clock.instant += timedelta(minutes=1)
    tend()
    assert (capsys.readouterr().err, runs_of_deletion(migrator, world)) == ("", 1)


def test_a_migrator_without_its_rights_ends_no_site(
    site: Config, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # trust C2, C10
    """As where somebody wrote the application's address for the migrator's."""
    assert site.databases is not None
    weak = Databases(site.databases.application, site.databases.application, None, None)
    tend, rounds, diary = (
        tending(replace(site, databases=weak), clock=world.clock),
        list[int](),
        tmp_path / "d",
    )

    def counted() -> None:
        tend()
        world.clock.instant += timedelta(minutes=2)
        rounds.append(1)

    monkeypatch.setattr(supervision, "ROUND", 0.1)
    supervise_until(
        lambda: wait_until(lambda: bool(lives(diary)) and len(rounds) > 3), child(diary), tend=counted
    )
    assert len(lives(diary)) == 1, "nothing had to be started again"
