"""What has outlived its period is gone, nothing else is, and the audit log says what went."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from lsp_assess.cli import main
from lsp_assess.database.base import Base
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Collection, Partnership
from lsp_assess.database.retention import EVENT, run_out
from lsp_assess.database.retention_times import expiring
from lsp_assess.database.tenancy import RETENTION as ROLE
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.retention import RETENTION, RetentionClass
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.matrix.planting import plant
from tests.integration.publishing.partners import published, two_rounds
from tests.trust_run import Figure
from tests.world import World, build_world

Browser = Callable[[UUID], FlaskClient]
PLANTED_ON = datetime(2026, 1, 1, tzinfo=UTC)
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)
TABLES = Base.metadata.sorted_tables
# What a release, an indicator with its values, or the audit log still names.
NAMED_BY_WHAT_STAYS = {
    "main.partnership",
    "main.organisation",
    "main.person",
    "main.area",
    "main.round",
    "main.collection",
    "main.objective",
    "main.data_source",
}


@pytest.fixture
def planted(engine: Engine, migrator: Engine, clock: SetClock) -> UUID:
    """A row in every table, all of them of one day; the collection closed, the partnership ended."""
    world = build_world(engine, clock, slug="eastbridge")
    with migrator.begin() as connection:
        plant(connection, world.partnership_id)
        connection.execute(update(Collection).values(status=CollectionStatus.CLOSED, closes_at=PLANTED_ON))
        connection.execute(text("UPDATE main.collection_event SET after = 'closed', at = '2026-01-01'"))
        connection.execute(
            text("UPDATE main.membership SET valid_from = '2020-01-01', valid_to = '2026-01-01'")
        )
        connection.execute(update(Partnership).values(ended_on=PLANTED_ON.date()))
    return world.partnership_id


def rows(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        return {
            table.fullname: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in TABLES
        }


def test_what_has_expired_is_gone_and_the_audit_log_says_so(
    migrator: Engine, planted: UUID, figure: Figure
) -> None:
    before = rows(migrator)  # trust C10
    assert [
        table.fullname for table in TABLES if table.schema != "access" and not before[table.fullname]
    ] == []
    gone = run_out(migrator, at=LONG_AFTER)
    after = rows(migrator)
    expired = {t.fullname for t in TABLES if RETENTION[t.info["retention"]].days is not None}
    left = {name for name in expired if after[name]} - {"access.account"}
    assert left <= NAMED_BY_WHAT_STAYS
    stays = {name for name in before if name not in expired and name != "operations.audit_event"}
    assert {name: before[name] for name in stays} == {name: after[name] for name in stays}
    deleted = sum(sum(tables.values()) for tables in gone.values())
    assert deleted == sum(before[n] - after[n] for n in expired)
    assert after["operations.audit_event"] == before["operations.audit_event"] + len(gone)
    with Session(migrator) as session:
        events = session.execute(select(AuditEvent).where(AuditEvent.event == EVENT)).scalars()
        assert {e.partnership_id: e.details["deleted"] for e in events} == gone
    figure(
        f"expired rows of {len(expired)} tables: {deleted} deleted, of {len(left)} tables named by releases"
    )
    assert run_out(migrator, at=LONG_AFTER) == {one: {} for one in gone}


@pytest.mark.parametrize(
    ("class_", "table"),
    [
        (RetentionClass.CONTACT, "contacts.household_address"),
        (RetentionClass.INDIVIDUAL_ANSWERS, "answers.consent"),
        (RetentionClass.STORIES, "answers.story_grade"),
        (RetentionClass.RECORDS, "operations.receipt"),
        (RetentionClass.TRANSIENT, "contacts.held_file"),
        (RetentionClass.ACCOUNT, "main.researcher_area"),
        (RetentionClass.CONFIGURATION, "main.sub_partnership"),
    ],
)
def test_a_record_goes_on_its_day_and_not_before(
    migrator: Engine, planted: UUID, class_: RetentionClass, table: str
) -> None:
    days = RETENTION[class_].days  # trust C10
    assert days is not None
    last_day = PLANTED_ON + timedelta(days=days) - timedelta(seconds=1)
    before = rows(migrator)[table]
    run_out(migrator, at=last_day)
    assert rows(migrator)[table] == before
    run_out(migrator, at=last_day + timedelta(seconds=1))
    assert rows(migrator)[table] < before


def test_every_table_that_expires_says_from_when() -> None:
    said = {
        table.fullname for walled in (True, False) for table, _, _ in expiring(walled=walled)
    }  # trust C10
    alone = {
        "main.partnership",
        "access.account",
    }  # the one stays, the other is asked after in all partnerships
    expired = {t.fullname for t in TABLES if RETENTION[t.info["retention"]].days is not None}
    assert expired - said - alone == set(), "say in database/retention_times.py from when its time runs"
    assert said - expired == set()


def test_while_a_collection_is_open_nothing_of_it_expires(migrator: Engine, planted: UUID) -> None:
    with migrator.begin() as connection:  # trust C10
        connection.execute(update(Collection).values(status=CollectionStatus.OPEN))
    run_out(migrator, at=LONG_AFTER)
    left = rows(migrator)
    kept = (
        "answers.response",
        "answers.consent",
        "contacts.household_address",
        "main.household",
        "main.participant",
    )
    assert {name: left[name] for name in kept} == dict.fromkeys(kept, 1)


def test_a_partnership_that_works_loses_no_member_and_no_setting(world: World, migrator: Engine) -> None:
    before = rows(migrator)  # trust C10
    run_out(migrator, at=LONG_AFTER)
    after = rows(migrator)
    assert {**after, "operations.audit_event": 0} == {**before, "operations.audit_event": 0}


def test_a_release_outlives_the_answers_it_was_made_from(world: World, migrator: Engine) -> None:
    first = two_rounds(world, [20, 30, 40, 50, 60, 70], [30, 40, 50, 60, 70, 80])[0]  # trust C10
    published(world, first)
    run_out(migrator, at=LONG_AFTER)
    left = rows(migrator)
    assert left["publications.release"] == 1
    assert left["answers.response"] == 0
    assert left["answers.restricted_values"] == 0


def test_an_account_that_nobody_uses_goes(world: World, migrator: Engine) -> None:
    with Session(migrator) as session, session.begin():  # trust C10
        session.add(Account(email="left@example.org", fs_uniquifier="left"))
    run_out(migrator, at=LONG_AFTER)
    with Session(migrator) as session:
        emails = set(session.execute(select(Account.email)).scalars())
    assert "left@example.org" not in emails
    assert len(emails) == len(Role)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM operations.audit_event",
        "UPDATE operations.audit_event SET event = 'x'",
        "DELETE FROM operations.audit_seal",
        "DELETE FROM main.partnership",
        "UPDATE answers.response SET draft = '{}'",
        "INSERT INTO main.household SELECT * FROM main.household",
        "UPDATE access.account SET administrator = true",
    ],
)
def test_the_role_that_deletes_may_do_nothing_else(migrator: Engine, world: World, statement: str) -> None:
    with migrator.begin() as connection:  # trust C10
        connection.execute(text(f"SET LOCAL ROLE {ROLE}"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))


def test_the_application_may_not_become_the_role_that_deletes(engine: Engine, world: World) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        engine.begin() as connection,
    ):  # trust C10
        connection.execute(text(f"SET LOCAL ROLE {ROLE}"))


def test_the_coordinator_sees_and_sets_the_periods(
    world: World, migrator: Engine, browser_of: Browser
) -> None:
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)  # trust C10
    assert "How long we keep what" in desk.get("/partnership").text
    assert "Nothing has been looked through yet" in desk.get("/partnership/keeping").text
    days = {one.value: kept.days for one, kept in RETENTION.items() if kept.days is not None}
    sent = desk.fill("/partnership/keeping/periods", **{**days, "contact": "90"})
    assert sent.status_code == 302
    run_out(migrator, at=world.clock.now())
    page = desk.get("/partnership/keeping").text
    assert "90 days" in page
    assert "10 years from the closing" in page
    assert "The last daily deletion ran on 15 June 2026" in page
    refused = desk.fill("/partnership/keeping/periods", **{**days, "contact": "0"})
    assert refused.status_code == 422
    assert "Enter a whole number from 1 to 36500" in refused.text


def test_the_command_says_how_many_went(
    database: Urls, planted: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)  # trust C10
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path))
    ran = CliRunner().invoke(main, ["retention", "run"], catch_exceptions=False)
    assert ran.exit_code == 0
    assert "contacts.held_file  1" in ran.output
    shown = CliRunner().invoke(
        main, ["retention", "show", "--partnership", "eastbridge"], catch_exceptions=False
    )
    assert "180 days from collection closed" in shown.output
