"""Contacts and answers stand in separate schemas; estimation acts as a role with no right on contacts."""

from uuid import UUID

import pytest
from sqlalchemy import Column, Engine, text
from sqlalchemy.exc import ProgrammingError

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from lsp_assess.database.research import reading_answers
from lsp_assess.database.session import Scope, transaction
from lsp_assess.database.tenancy import APPLICATION, MIGRATOR, OWNER, RESEARCH, RETENTION
from tests.integration.publishing.partners import published, two_rounds
from tests.trust_run import Figure
from tests.world import World

REACHED_AT = ("address", "postcode", "telephone", "email", "phone")
# The sign-in itself: it belongs to no partnership, and stands apart from answers and contacts alike.
SIGN_IN = {"access.account"}
HOLDS_ANSWERS = {"draft", "submission", "body"}

RIGHTS = text(
    "SELECT c.oid::regclass::text AS name, r.rolname AS role"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN pg_roles r"
    " WHERE n.nspname = :schema AND c.relkind IN ('r', 'v', 'm', 'p')"
    " AND r.rolname LIKE 'lsp\\_%' AND NOT r.rolsuper"
    " AND has_schema_privilege(r.rolname, n.oid, 'USAGE')"
    " AND (has_table_privilege(r.rolname, c.oid, 'SELECT')"
    " OR has_any_column_privilege(r.rolname, c.oid, 'SELECT'))"
)


def reaches_somebody(column: Column[object]) -> bool:
    return any(column.name == word or column.name.endswith(f"_{word}") for word in REACHED_AT)


def test_what_reaches_a_person_stands_in_contacts_and_answers_do_not(figure: Figure) -> None:
    reached = {t.fullname for t in Base.metadata.sorted_tables if any(map(reaches_somebody, t.columns))}
    answered = {t.fullname for t in Base.metadata.sorted_tables if HOLDS_ANSWERS & set(t.columns.keys())}
    figure(f"tables with contacts {len(reached)}, with answers {len(answered)}")  # trust C11
    mail = {"contacts.mail"}  # its body are words to an address, and no answers
    assert {name for name in reached - SIGN_IN if not name.startswith("contacts.")} == set()
    assert {name for name in answered - mail if not name.startswith("answers.")} == set()
    assert reached
    assert answered - mail


def test_the_role_that_reads_answers_has_no_right_on_any_contact(engine: Engine, figure: Figure) -> None:
    with engine.connect() as connection:  # trust C11
        readers = {schema: set(_rights(engine, schema)) for schema in ("answers", "contacts")}
        account = connection.execute(
            text("SELECT has_column_privilege(:role, 'access.account', 'email', 'SELECT')"),
            {"role": RESEARCH},
        ).scalar_one()
    who = {schema: {role for _, role in found} for schema, found in readers.items()}
    assert who["answers"] == {APPLICATION, MIGRATOR, OWNER, RESEARCH, RETENTION}
    assert who["contacts"] == {APPLICATION, MIGRATOR, OWNER, RETENTION}
    assert not account
    figure(
        f"tables of contacts the estimating role may read: 0 of {len({t for t, _ in readers['contacts']})}"
    )


@pytest.mark.parametrize("table", [t.fullname for t in Base.metadata.sorted_tables if t.schema == "contacts"])
def test_estimation_that_asks_for_a_contact_is_refused(world: World, table: str) -> None:
    scope = Scope(partnership_id=world.partnership_id)  # trust C11
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction(world.engine, scope) as session,
        reading_answers(session),
    ):
        session.execute(text(f"SELECT * FROM {table}"))


@pytest.mark.parametrize("statement", ["DELETE FROM answers.response", "UPDATE main.person SET name = 'x'"])
def test_estimation_changes_nothing(world: World, statement: str) -> None:
    scope = Scope(partnership_id=world.partnership_id)  # trust C11
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction(world.engine, scope) as session,
        reading_answers(session),
    ):
        session.execute(text(statement))


def test_a_round_is_published_without_reading_a_contact(world: World) -> None:
    """The estimates are made as the role that cannot; what follows is done by the application again."""
    round_id = two_rounds(world, [20, 30, 40, 50, 60, 70], [30, 40, 50, 60, 70, 80])[0]  # trust C11
    assert isinstance(published(world, round_id), UUID)


def test_ids_of_households_are_random(figure: Figure) -> None:
    """Version 4: nothing of where a household is or when it was drawn can be read from its id."""
    table = Base.metadata.tables["main.household"]  # trust C11
    default = table.c.id.default
    assert default is not None
    made = [default.arg(None) for _ in range(1000)]
    assert {one.version for one in made} == {4}
    assert len(set(made)) == 1000
    figure("ids of households: 1000 made, 1000 different, all random (version 4)")


def _rights(engine: Engine, schema: str) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        return [(row.name, row.role) for row in connection.execute(RIGHTS, {"schema": schema})]
