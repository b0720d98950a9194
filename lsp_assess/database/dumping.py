"""A database taken out and put back whole, by PostgreSQL's own programs, which come with the package."""

import os
import subprocess  # our own programs, no shell
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, pool, text

from lsp_assess.database.embedded_place import packaged_programs
from lsp_assess.database.tenancy import APPLICATION, OWNER

# Who is signed in, and how often somebody tried to: neither may come back to life.
LEFT_OUT = ("access.web_session", "access.rate_count")

OUR_SCHEMAS = text("SELECT quote_ident(nspname) FROM pg_namespace WHERE nspowner = :owner ::regrole")
SOMEBODY = text("SELECT EXISTS (SELECT FROM main.partnership) OR EXISTS (SELECT FROM access.account)")
WORKING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = :application"
)


class DumpFailed(Exception):
    """What PostgreSQL's program said."""


def dump(migrator_url: str, to: Path, *, snapshot: str) -> None:
    """Everything as it stood at an exported `snapshot`. What others do meanwhile neither waits nor shows."""
    left_out = (f"--exclude-table-data={table}" for table in LEFT_OUT)
    _run("pg_dump", migrator_url, "--format=custom", f"--snapshot={snapshot}", f"--file={to}", *left_out)


def load(migrator_url: str, dumped: Path) -> None:
    """Into a database without our schemas: whole, or not at all, with owners, grants and policies."""
    _run("pg_restore", migrator_url, "--single-transaction", "--exit-on-error", str(dumped))


def is_in_use(engine: Engine) -> bool:
    """Whether a site is connected as the application."""
    with engine.connect() as connection:
        return bool(connection.execute(WORKING, {"application": APPLICATION}).scalar_one())


def is_filled(engine: Engine) -> bool:
    """Whether anybody is there: a partnership, or an account."""
    with engine.connect() as connection:
        made = connection.execute(text("SELECT to_regclass('access.account') IS NOT NULL")).scalar_one()
        return bool(made) and bool(connection.execute(SOMEBODY).scalar_one())


def clear(migrator_url: str) -> None:
    """Take away every schema of the owner, in one transaction."""
    engine = create_engine(migrator_url, poolclass=pool.NullPool)
    with engine.begin() as connection:
        for name in connection.execute(OUR_SCHEMAS, {"owner": OWNER}).scalars().all():
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def _run(program: str, url: str, *arguments: str) -> None:
    """The password goes by the environment, which other people of the machine cannot read."""
    address = make_url(url)
    where = address._replace(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(  # noqa: S603  no shell, no text of a user
        [packaged_programs() / program, f"--dbname={where}", "--no-password", *arguments],
        env={**os.environ, "PGPASSWORD": address.password or ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DumpFailed(f"{program}: {done.stderr.strip()}")
