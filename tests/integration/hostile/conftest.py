"""A site with something of everything, copied for whoever sends it something bad."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.clock import SetClock
from tests.apps import make_app
from tests.browser.filled import Filled, fill
from tests.browser.site import Site
from tests.databases import clone, migrated
from tests.forms_found import Forms, Found, advance, unsafe_endpoints
from tests.world import TODAY, World, build_world


@dataclass(frozen=True)
class Place:
    """A site with a database of its own."""

    site: Site
    engine: Engine


Places = Callable[[], AbstractContextManager[Place]]


@contextmanager
def opened(urls: Urls, instance: Path, full: World, empty: World, filled: Filled) -> Iterator[Place]:
    engine, clock = create_engine(urls.application), SetClock(TODAY)
    config = load_config({"LSP_DATABASE_URL": urls.application, "LSP_INSTANCE": str(instance)})
    app = make_app(config, clock=clock, bind=engine)
    worlds = (replace(world, engine=engine, clock=clock) for world in (full, empty))
    yield Place(Site("", app, urls, instance, *worlds, filled), engine)
    engine.dispose()


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all of them, so that a pass phrase set in the template opens every copy."""
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="session")
def template_of_all(
    embedded: EmbeddedServer, worker_id: str, instance: Path
) -> tuple[Urls, World, World, Filled]:
    urls = migrated(embedded, name=f"hostile_template_{worker_id}")
    engine, clock = create_engine(urls.application), SetClock(TODAY)
    full, empty = (build_world(engine, clock, slug=slug) for slug in ("northbridge", "southbridge"))
    filled = fill(full)
    engine.dispose()  # nobody may be connected to what is cloned
    with opened(urls, instance, full, empty, filled) as place:
        advance(place.site, place.engine)
    return urls, full, empty, filled


@pytest.fixture
def places(
    embedded: EmbeddedServer, template_of_all: tuple[Urls, World, World, Filled], instance: Path
) -> Places:
    """Opens fresh ones: `with places() as place`."""
    template, *content = template_of_all

    @contextmanager
    def fresh() -> Iterator[Place]:
        with clone(embedded, template) as urls, opened(urls, instance, *content) as place:
            yield place

    return fresh


@pytest.fixture
def place(places: Places) -> Iterator[Place]:
    with places() as one:
        yield one


@pytest.fixture(scope="session")
def forms(
    embedded: EmbeddedServer,
    template_of_all: tuple[Urls, World, World, Filled],
    instance: Path,
) -> list[Found]:
    """Every form there is, by its endpoint; their ids hold in every fresh place."""
    template, *content = template_of_all
    with clone(embedded, template) as urls, opened(urls, instance, *content) as place:
        found = Forms(place.site, place.engine).look_everywhere().found.values()
        assert {form.endpoint for form in found} == unsafe_endpoints(place.site.app), "a form nobody sees"
        return sorted(found, key=lambda form: form.endpoint)
