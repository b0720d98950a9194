from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from lsp_assess.config import Config, load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.clock import SetClock
from tests.apps import make_app
from tests.databases import clone, migrated
from tests.world import TODAY, World, build_world, signed_in


@pytest.fixture(scope="session")
def template(embedded: EmbeddedServer, worker_id: str) -> Urls:
    """A migrated, empty database of this worker's own, to be cloned."""
    return migrated(embedded, name=f"template_{worker_id}")


@pytest.fixture
def database(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    """A database of the test's own, thrown away afterwards: commits are real."""
    with clone(embedded, template) as urls:
        yield urls


@pytest.fixture
def engine(database: Urls) -> Iterator[Engine]:
    """As the application connects."""
    engine = create_engine(database.application)
    yield engine
    engine.dispose()


@pytest.fixture
def migrator(database: Urls) -> Iterator[Engine]:
    """As migrations connect: sees every partnership."""
    engine = create_engine(database.migrator)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TODAY)


@pytest.fixture
def config(database: Urls, tmp_path: Path) -> Config:
    return load_config({"LSP_DATABASE_URL": database.application, "LSP_INSTANCE": str(tmp_path / "instance")})


@pytest.fixture
def app(config: Config, engine: Engine, clock: SetClock) -> Flask:
    return make_app(config, clock=clock, bind=engine)


@pytest.fixture
def world(engine: Engine, clock: SetClock) -> World:
    return build_world(engine, clock)


@pytest.fixture
def browser_of(app: Flask, engine: Engine, clock: SetClock) -> Callable[[UUID], FlaskClient]:
    """A signed-in client for an account id."""
    return lambda account_id: signed_in(app, engine, clock, account_id)
