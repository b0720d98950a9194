"""A start refuses a database role that could see past row-level security; with real roles."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from lsp_assess.database.application_role import check_application_role
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.errors import Denied

MayDo = dict[str, tuple[str, ...]]
# What makes a role too strong, and the word for it in the refusal.
TOO_STRONG: MayDo = {
    "SUPERUSER": ("ALTER ROLE {role} SUPERUSER",),
    "BYPASSRLS": ("ALTER ROLE {role} BYPASSRLS",),
    "CREATEROLE": ("ALTER ROLE {role} CREATEROLE",),
    "REPLICATION": ("ALTER ROLE {role} REPLICATION",),
    "owner in schema main": ("ALTER TABLE main.person OWNER TO {role}",),
    "owner in schema jobs": ("ALTER SCHEMA jobs OWNER TO {role}",),
    "owner of the database": ("ALTER DATABASE {database} OWNER TO {role}",),
    "CREATE in schema main": ("GRANT CREATE ON SCHEMA main TO {role}",),
    "CREATE in the database": ("GRANT CREATE ON DATABASE {database} TO {role}",),
    "BYPASSRLS as lsp_migrator": ("GRANT lsp_migrator TO {role}",),
    "owner in schema main as lsp_owner": ("GRANT lsp_owner TO {role} WITH INHERIT FALSE",),
    "CREATE in schema answers as": (
        "CREATE ROLE {role}_writers",
        "GRANT CREATE ON SCHEMA answers TO {role}_writers",
        "GRANT {role}_writers TO {role} WITH INHERIT FALSE",
    ),
    "a role of PostgreSQL itself as pg_execute_server_program": (
        "GRANT pg_execute_server_program TO {role}",
    ),
}


@contextmanager
def role_that(embedded: EmbeddedServer, database: Urls, statements: tuple[str, ...]) -> Iterator[str]:
    """The address of a new role of its own, after what a careless hand did to it."""
    role, name = f"r{uuid4().hex[:8]}", str(make_url(database.application).database)
    here = make_url(embedded.url).set(database=name)
    engine = create_engine(here, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in (
            "CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT PASSWORD 'p'",
            "GRANT CONNECT ON DATABASE {database} TO {role}",
            *statements,
        ):
            connection.execute(text(statement.format(role=role, database=name)))
        try:
            yield here.set(username=role, password="p").render_as_string(hide_password=False)
        finally:
            for held in (role, f"{role}_writers"):
                if connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :n"), {"n": held}).first():
                    connection.execute(text(f"REASSIGN OWNED BY {held} TO lsp_owner"))
                    connection.execute(text(f"DROP OWNED BY {held}"))
                    connection.execute(text(f"DROP ROLE {held}"))
    engine.dispose()


@pytest.fixture
def role(embedded: EmbeddedServer, database: Urls) -> Callable[..., AbstractContextManager[str]]:
    return lambda *statements: role_that(embedded, database, statements)


def test_the_application_s_own_role_may_start(database: Urls) -> None:  # trust A9
    check_application_role(database.application)


def test_a_role_of_another_name_with_no_more_rights_may_start(
    role: Callable[..., AbstractContextManager[str]],
) -> None:
    with role() as address:
        check_application_role(address)


@pytest.mark.parametrize("power", TOO_STRONG)
def test_a_role_with_a_way_round_the_walls_is_refused_by_what_it_may_do(
    power: str, role: Callable[..., AbstractContextManager[str]]
) -> None:  # trust A9
    with role(*TOO_STRONG[power]) as address:
        with pytest.raises(Denied) as refused:
            check_application_role(address)
        (why,) = refused.value.problems
        assert why.code == "database_role_too_strong"
        assert power in str(dict(why.what.params)["powers"])


@pytest.mark.parametrize(
    "command",
    [
        ("-c", "import lsp_assess.web.wsgi"),
        ("-m", "lsp_assess.cli", "worker"),
        ("-m", "lsp_assess.cli", "serve", "--port", "1"),
    ],
    ids=["web", "worker", "serve"],
)
def test_no_process_starts_with_the_migrator_s_address(
    command: tuple[str, ...], database: Urls, tmp_path: Path
) -> None:  # trust A9
    environ = {**os.environ, "LSP_DATABASE_URL": database.migrator, "LSP_INSTANCE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, *command], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "[database_role_too_strong]" in done.stderr
    assert "BYPASSRLS" in done.stderr
    assert "NOBYPASSRLS" in done.stderr, "what to do is said"
    assert "Traceback" not in done.stderr
    assert str(make_url(database.migrator).password) not in done.stderr


def test_a_database_that_is_away_is_said_without_its_password(database: Urls, tmp_path: Path) -> None:
    away = make_url(database.application).set(database="nowhere").render_as_string(hide_password=False)
    environ = {**os.environ, "LSP_DATABASE_URL": away, "LSP_INSTANCE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "lsp_assess.cli", "worker"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "[database_unreachable]" in done.stderr
    assert str(make_url(away).password) not in done.stderr
