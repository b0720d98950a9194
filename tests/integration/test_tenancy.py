from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.partnerships import Membership, Partnership, Person, Seat
from lsp_assess.database.session import Scope, open_session, see_as, transaction
from lsp_assess.database.tenancy import RESEARCH
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.world import World, build_world

TABLES = list(Base.metadata.sorted_tables)
OUTSIDE = {"access.account", "access.passkey", "access.web_session", "access.rate_count"}


def test_a_session_sees_its_own_partnership_and_no_other(
    engine: Engine, world: World, clock: SetClock
) -> None:
    other = build_world(engine, clock, slug="southbridge")  # trust A2
    with other.session() as session:
        names = set(session.execute(select(Person.name)).scalars())
    assert names
    assert all(name.startswith("southbridge") for name in names)


def test_without_a_partnership_no_rows_are_seen(engine: Engine, world: World) -> None:
    with open_session(engine, Scope()) as session:  # trust A9
        assert session.execute(select(Person)).first() is None
        assert session.execute(select(Partnership)).first() is None


def test_an_account_finds_its_own_memberships_before_a_partnership_is_known(
    engine: Engine, world: World
) -> None:
    with open_session(engine, Scope(account_id=world.accounts[Role.PARTNER])) as session:
        assert {m.role for m in session.execute(select(Membership)).scalars()} == {Role.PARTNER}


def test_a_session_that_learns_who_asks_sees_their_memberships_and_never_enters_a_partnership(
    engine: Engine, world: World
) -> None:  # trust A9
    own = Scope(account_id=world.accounts[Role.PARTNER])
    with open_session(engine, Scope()) as session:
        assert session.execute(select(Membership)).all() == []
        see_as(session, own)
        assert {m.role for m in session.execute(select(Membership)).scalars()} == {Role.PARTNER}
        session.rollback()
        assert {m.role for m in session.execute(select(Membership)).scalars()} == {Role.PARTNER}
        see_as(session, Scope())
        assert session.execute(select(Membership)).all() == []
        with pytest.raises(AssertionError):
            see_as(session, Scope(partnership_id=world.partnership_id))


def test_a_child_cannot_hang_on_another_partnerships_parent(
    engine: Engine, world: World, clock: SetClock
) -> None:
    other = build_world(engine, clock, slug="southbridge")  # trust A3
    with (
        pytest.raises(IntegrityError),
        transaction(engine, Scope(partnership_id=world.partnership_id)) as session,
    ):
        session.add(
            Seat(partnership_id=world.partnership_id, organisation_id=other.organisations[0], title="Chair")
        )


def test_a_row_cannot_be_written_into_another_partnership(engine: Engine, world: World) -> None:  # trust A9
    with pytest.raises(ProgrammingError), transaction(engine, Scope(partnership_id=uuid4())) as session:
        session.add(Person(partnership_id=world.partnership_id, name="Intruder"))


@pytest.mark.parametrize("table", [t for t in TABLES if t.fullname not in OUTSIDE], ids=lambda t: t.fullname)
def test_every_table_of_a_partnership_is_walled(table: object, database: Urls) -> None:  # trust A9
    engine = create_engine(database.migrator)
    with engine.connect() as connection:
        row = connection.execute(
            text(
                "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = CAST(:name AS regclass)"
            ),
            {"name": table.fullname},  # type: ignore[attr-defined]
        ).one()
    engine.dispose()
    assert tuple(row) == (True, True)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.fullname)
def test_every_table_has_a_retention_class(table: object) -> None:
    assert "retention" in table.info  # type: ignore[attr-defined]


def test_the_application_owns_nothing_and_cannot_bypass(engine: Engine) -> None:
    with engine.connect() as connection:  # trust A9
        role = connection.execute(
            text(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
                " FROM pg_roles WHERE rolname = current_user"
            )
        ).one()
        owned = connection.execute(
            text("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        ).scalar_one()
        member = connection.execute(
            text("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole")
        ).scalars()
    assert tuple(role) == (False, False, False, False)
    assert (owned, list(member)) == (0, [RESEARCH])


def test_the_audit_log_can_only_be_added_to(engine: Engine, world: World) -> None:  # trust C2
    for statement in ("UPDATE operations.audit_event SET event = 'x'", "DELETE FROM operations.audit_event"):
        with pytest.raises(ProgrammingError), transaction(engine, Scope()) as session:
            session.execute(text(statement))
