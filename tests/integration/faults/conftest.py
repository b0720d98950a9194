"""A site of real processes for the tests of a file, on a database that they share."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.clock import SetClock, SystemClock
from tests.databases import clone
from tests.serving import Serving, serving


@pytest.fixture(scope="module")
def database(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    with clone(embedded, template) as urls:
        yield urls


@pytest.fixture(scope="module")
def engine(database: Urls) -> Iterator[Engine]:
    engine = create_engine(database.application)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> SetClock:
    """The site has the true time."""
    return SetClock(SystemClock().now())


@pytest.fixture(scope="module")
def site(database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Serves `database`."""
    instance = tmp_path_factory.mktemp("site") / "instance"
    with serving(instance, LSP_DATABASE_URL=database.application) as site:
        yield site
