from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, make_url, pool, text

from lsp_assess.config import Config, load_config
from lsp_assess.database.bootstrap import Urls, make_database, prepare
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.migrate import upgrade
from lsp_assess.kernel.clock import SetClock
from lsp_assess.shipped import shipped_folder
from lsp_assess.web import create_app
from tests.world import TODAY, World, build_world, signed_in


@pytest.fixture(scope="session")
def template(embedded: EmbeddedServer, worker_id: str) -> Urls:
    """A migrated, empty database of this worker's own, to be cloned."""
    urls = prepare(embedded.url, database=f"template_{worker_id}", password_of=embedded.password_of)
    upgrade(urls.migrator, scripts=shipped_folder("migrations"))
    return urls


@pytest.fixture
def database(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    """A database of the test's own, thrown away afterwards: commits are real."""
    name = f"test_{uuid4().hex}"
    server = create_engine(embedded.url, isolation_level="AUTOCOMMIT", poolclass=pool.NullPool)
    with server.connect() as connection:
        make_database(connection, name, template=str(make_url(template.application).database))
    yield Urls(
        *(
            make_url(url).set(database=name).render_as_string(hide_password=False)
            for url in (template.application, template.migrator)
        )
    )
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def engine(database: Urls) -> Iterator[Engine]:
    """As the application connects."""
    engine = create_engine(database.application)
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
    return create_app(config, clock=clock, bind=engine)


@pytest.fixture
def world(engine: Engine, clock: SetClock) -> World:
    return build_world(engine, clock)


@pytest.fixture
def browser_of(app: Flask, engine: Engine, clock: SetClock) -> Callable[[UUID], FlaskClient]:
    """A signed-in client for an account id."""
    return lambda account_id: signed_in(app, engine, clock, account_id)
