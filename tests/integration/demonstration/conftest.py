"""The demonstration is loaded once for all tests of this folder; none of them changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, pool, text

from lsp_assess.config import Config, load_config
from lsp_assess.database.bootstrap import Urls, make_database
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.demonstration.accounts import Keys
from lsp_assess.demonstration.loading import load

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Demonstration:
    engine: Engine
    keys: Keys
    config: Config
    steps: tuple[str, ...]


@pytest.fixture(scope="package")
def empty(
    embedded: EmbeddedServer, template: Urls, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Config]:
    """The settings of an installation with a migrated database of its own."""
    name = f"demonstration_{uuid4().hex}"
    server = create_engine(embedded.url, isolation_level="AUTOCOMMIT", poolclass=pool.NullPool)
    with server.connect() as connection:
        make_database(connection, name, template=str(make_url(template.application).database))
    url = make_url(template.application).set(database=name).render_as_string(hide_password=False)
    instance: Path = tmp_path_factory.mktemp("instance")
    yield load_config({"LSP_DATABASE_URL": url, "LSP_INSTANCE": str(instance)})
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(scope="package")
def demonstration(empty: Config) -> Iterator[Demonstration]:
    assert empty.databases is not None
    engine = create_engine(empty.databases.application)
    keys = keys_of(empty)
    steps = tuple(step.name for step in load(engine, now=NOW, keys=keys, base_url=empty.base_url))
    yield Demonstration(engine, keys, empty, steps)
    engine.dispose()


def keys_of(config: Config) -> Keys:
    return Keys(config.secret_key, config.password_salt, config.totp_secrets, "lsp_assess")
