from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.migrate import check_in_step, downgrade, upgrade
from lsp_assess.shipped import shipped_folder
from tests.world import World

SCRIPTS = shipped_folder("migrations")


def _scripts() -> ScriptDirectory:
    config = AlembicConfig()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


def _tables(migrator_url: str) -> set[str]:
    engine = create_engine(migrator_url)
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT schemaname || '.' || tablename FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'migrations')"
            )
        )
        names = {str(name) for name in found.scalars()}
    engine.dispose()
    return names


def test_there_is_one_head() -> None:
    assert len(_scripts().get_heads()) == 1


def test_the_models_are_in_step(database: Urls) -> None:
    check_in_step(database.migrator, scripts=SCRIPTS)


def test_a_filled_database_goes_down_a_step_at_a_time_and_up_again(database: Urls, world: World) -> None:
    before = _tables(database.migrator)
    for revision in _scripts().walk_revisions():
        downgrade(database.migrator, scripts=SCRIPTS, to=str(revision.down_revision or "base"))
    assert _tables(database.migrator) == set()
    upgrade(database.migrator, scripts=SCRIPTS)
    assert _tables(database.migrator) == before
    check_in_step(database.migrator, scripts=SCRIPTS)
