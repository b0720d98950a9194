"""The roles and the database itself, made once by a superuser (the embedded server's, or a DBA's)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, make_url, text

from lsp_assess.database.tenancy import APPLICATION, MIGRATOR, OWNER, RESEARCH, RETENTION

ROLES: Mapping[str, str] = {
    OWNER: "NOLOGIN NOSUPERUSER NOBYPASSRLS",
    MIGRATOR: "LOGIN NOSUPERUSER BYPASSRLS",
    APPLICATION: "LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT",
    RESEARCH: "NOLOGIN NOSUPERUSER NOBYPASSRLS",
    RETENTION: "NOLOGIN NOSUPERUSER NOBYPASSRLS",
}


def _random_password(_role: str) -> str:
    return token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of one database by role."""

    application: str
    migrator: str


def prepare(
    bootstrap_url: str, *, database: str, password_of: Callable[[str], str] = _random_password
) -> Urls:
    """Make roles and database where they are missing, give the sign-in roles their passwords, and say how
    to connect. Safe to repeat, and by several at once; whoever held an older password must ask again."""
    server = create_engine(bootstrap_url, isolation_level="AUTOCOMMIT")
    passwords = {role: password_of(role) for role in (MIGRATOR, APPLICATION)}
    with server.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(hashtext('lsp_assess.prepare'))"))
        _make_roles(connection)
        for role, password in passwords.items():
            _execute(connection, "ALTER ROLE {} PASSWORD {}", sql.Identifier(role), sql.Literal(password))
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = :name", database):
            make_database(connection, database)
    server.dispose()  # and with its connection the lock
    return Urls(
        application=_address(bootstrap_url, APPLICATION, passwords[APPLICATION], database),
        migrator=_address(bootstrap_url, MIGRATOR, passwords[MIGRATOR], database),
    )


def missing_roles(url: str) -> list[str]:
    """Of ours, those that the server of this address lacks."""
    engine = create_engine(url)
    with engine.connect() as connection:
        known = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    engine.dispose()
    return [role for role in ROLES if role not in known]


def make_database(connection: Connection, name: str, *, template: str = "template0") -> None:
    """`connection` must be in autocommit. A copy of `template`, which nobody may be connected to."""
    _execute(
        connection,
        "CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'",
        sql.Identifier(name),
        sql.Identifier(OWNER),
        sql.Identifier(template),
    )
    _execute(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", sql.Identifier(name))
    for role in (MIGRATOR, APPLICATION):
        _execute(connection, "GRANT CONNECT ON DATABASE {} TO {}", sql.Identifier(name), sql.Identifier(role))


def _make_roles(connection: Connection) -> None:
    for role, attributes in ROLES.items():
        if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = :name", role):
            _execute(connection, f"CREATE ROLE {{}} {attributes}", sql.Identifier(role))
    for role, member in ((OWNER, MIGRATOR), (RETENTION, MIGRATOR), (RESEARCH, APPLICATION)):
        _execute(connection, "GRANT {} TO {}", sql.Identifier(role), sql.Identifier(member))


def _exists(connection: Connection, query: str, name: str) -> bool:
    return connection.execute(text(query), {"name": name}).first() is not None


def _execute(connection: Connection, statement: str, *parts: sql.Composable) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  an open connection has one
    connection.exec_driver_sql(sql.SQL(statement).format(*parts).as_string(driver))


def _address(bootstrap_url: str, role: str, password: str, database: str) -> str:
    url: URL = make_url(bootstrap_url).set(username=role, password=password, database=database)
    return url.render_as_string(hide_password=False)
