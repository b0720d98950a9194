"""Bring a database to the schema of this version, one migration a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool, text

from lsp_assess.database.tenancy import OWNER


def upgrade(migrator_url: str, *, scripts: Path, to: str = "head") -> None:
    """Apply what is missing up to `to`; everything is made by, and belongs to, the owner role."""
    with _alembic(migrator_url, scripts) as config:
        command.upgrade(config, to)


def downgrade(migrator_url: str, *, scripts: Path, to: str) -> None:
    with _alembic(migrator_url, scripts) as config:
        command.downgrade(config, to)


def check_in_step(migrator_url: str, *, scripts: Path) -> None:
    """Raises alembic's CommandError where the models and the migrated database differ."""
    with _alembic(migrator_url, scripts) as config:
        command.check(config)


def is_known(revision: str, *, scripts: Path) -> bool:
    """Whether this version has the migration, or whether it is a later one's."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return any(one.revision == revision for one in ScriptDirectory.from_config(config).walk_revisions())


@contextmanager
def _alembic(migrator_url: str, scripts: Path) -> Iterator[AlembicConfig]:
    engine = create_engine(migrator_url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"SET ROLE {OWNER}"))
        connection.commit()
        config = AlembicConfig()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        yield config
    engine.dispose()
