"""A PostgreSQL of the operator's: what the migrator says while roles are missing, and who makes them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, make_url, text

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import ROLES
from lsp_assess.database.embedded import EmbeddedServer, start_embedded
from lsp_assess.database.tenancy import APPLICATION, MIGRATOR, OWNER

BY_HAND = (
    f"CREATE ROLE {OWNER} NOLOGIN",
    f"CREATE ROLE {MIGRATOR} LOGIN BYPASSRLS PASSWORD 'of the migrator'",
    f"GRANT {OWNER} TO {MIGRATOR}",
    f"CREATE DATABASE lsp OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'",
    "CREATE ROLE nobody LOGIN PASSWORD 'of nobody'",
)


@pytest.fixture
def server() -> Iterator[EmbeddedServer]:
    """With nothing of ours but two roles and the database."""
    home = Path(mkdtemp(prefix="lsp-own-"))
    home.chmod(0o755)
    running = start_embedded(home / "postgres")
    engine = create_engine(running.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in BY_HAND:
            connection.execute(text(statement))
    engine.dispose()
    yield running
    running.stop()


def migrate(
    server: EmbeddedServer, tmp_path: Path, *, migrator: str = MIGRATOR, bootstrap: str = ""
) -> Result:
    def address(role: str, password: str) -> str:
        url = make_url(server.url).set(username=role, password=password, database="lsp")
        return url.render_as_string(hide_password=False)

    env = {
        "LSP_DATABASE_URL": address(APPLICATION, "of the application"),
        "LSP_MIGRATOR_DATABASE_URL": address(migrator, "of the migrator"),
        "LSP_BOOTSTRAP_DATABASE_URL": address("nobody", "of nobody") if bootstrap == "nobody" else bootstrap,
        "LSP_INSTANCE": str(tmp_path),
    }
    return CliRunner().invoke(main, ["migrate"], env=env)


def test_missing_roles_are_named_and_a_superuser_makes_them(server: EmbeddedServer, tmp_path: Path) -> None:
    refused = migrate(server, tmp_path)
    assert refused.exit_code == 1
    assert "lsp_application, lsp_research, lsp_retention" in refused.output
    assert "LSP_BOOTSTRAP_DATABASE_URL" in refused.output

    powerless = migrate(server, tmp_path, bootstrap="nobody")
    assert powerless.exit_code == 1
    assert "LSP_BOOTSTRAP_DATABASE_URL: roles and database could not be made" in powerless.output

    unknown = migrate(server, tmp_path, migrator="somebody")
    assert unknown.exit_code == 1
    assert "does not take in the migrator" in unknown.output

    made = migrate(server, tmp_path, bootstrap=server.url)
    assert made.exit_code == 0, made.output
    with create_engine(server.url).connect() as connection:
        known = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    assert set(ROLES) <= known
