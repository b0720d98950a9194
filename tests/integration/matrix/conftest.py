"""A partnership with something of everything, beside another whose every row is a canary."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine

from lsp_assess.config import Config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.clock import SetClock
from tests.browser.filled import Filled, fill
from tests.browser.site import Site
from tests.databases import clone, migrated
from tests.integration.matrix.planting import Planted, plant
from tests.world import TODAY, World, build_world, signed_in


@dataclass(frozen=True)
class Both:
    """The full partnership, and the foreign one."""

    own: World
    filled: Filled
    foreign: World
    planted: Planted


@dataclass(frozen=True)
class Bench:
    site: Site
    migrator: Engine
    browser_of: Callable[[UUID], FlaskClient]


@pytest.fixture(scope="session")
def prepared(embedded: EmbeddedServer, worker_id: str) -> tuple[Urls, Both]:
    urls = migrated(embedded, name=f"matrix_template_{worker_id}")
    engine, migrator = create_engine(urls.application), create_engine(urls.migrator)
    clock = SetClock(TODAY)
    own, foreign = (build_world(engine, clock, slug=slug) for slug in ("northbridge", "southbridge"))
    filled = fill(own)
    with migrator.begin() as connection:
        planted = plant(connection, foreign.partnership_id)
    engine.dispose()  # nobody may be connected to what is cloned
    migrator.dispose()
    return urls, Both(own, filled, foreign, planted)


@pytest.fixture(scope="session")
def template(prepared: tuple[Urls, Both]) -> Urls:
    return prepared[0]


@pytest.fixture
def both(prepared: tuple[Urls, Both], engine: Engine, clock: SetClock) -> Both:
    own, foreign = (replace(w, engine=engine, clock=clock) for w in (prepared[1].own, prepared[1].foreign))
    return replace(prepared[1], own=own, foreign=foreign)


@pytest.fixture
def world(both: Both) -> World:
    return both.own


@pytest.fixture
def site(app: Flask, config: Config, database: Urls, both: Both) -> Site:
    """As the table of places takes it."""
    return Site("http://localhost", app, database, config.instance, both.own, both.foreign, both.filled)


@pytest.fixture
def unforged(app: Flask) -> Callable[[], None]:
    """Forms are taken without their token, so that what is behind them is tried."""

    def take_all() -> None:
        app.config["WTF_CSRF_ENABLED"] = False

    return take_all


@pytest.fixture
def anew(
    app: Flask, embedded: EmbeddedServer, template: Urls, site: Site, clock: SetClock
) -> Callable[[], AbstractContextManager[Bench]]:
    """The same two partnerships once more, untouched, for the next write; two days later, when those who
    were invited may be reminded."""
    clock.instant += timedelta(days=2)

    @contextmanager
    def opened() -> Iterator[Bench]:
        with clone(embedded, template) as urls:
            engine, migrator = create_engine(urls.application), create_engine(urls.migrator)
            app.extensions["lsp_bind"] = engine
            own = replace(site.full, engine=engine)
            here = replace(site, database=urls, full=own, empty=replace(site.empty, engine=engine))
            yield Bench(here, migrator, lambda account_id: signed_in(app, engine, clock, account_id))
            engine.dispose()
            migrator.dispose()

    return opened
