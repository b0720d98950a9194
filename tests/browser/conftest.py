from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import create_engine

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.browser.filled import Filled, fill
from tests.browser.site import DESK, Seen, Site, opened, served
from tests.conftest import CHROMIUM
from tests.databases import clone, migrated
from tests.workers import worker
from tests.world import TODAY, World, build_world

FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PageAs = Callable[..., Page]


@pytest.fixture(scope="session")
def template(embedded: EmbeddedServer, worker_id: str) -> Urls:
    return migrated(embedded, name=f"browser_template_{worker_id}")


@pytest.fixture(scope="session")
def partnerships(template: Urls) -> tuple[World, World, Filled]:
    """A full and an empty one, written into the template, so that a clone of it has both."""
    engine = create_engine(template.application)
    clock = SetClock(TODAY)
    full, empty = (build_world(engine, clock, slug=slug) for slug in ("northbridge", "southbridge"))
    filled = fill(full)
    engine.dispose()  # nobody may be connected to what is cloned
    return full, empty, filled


@pytest.fixture(scope="session")
def site(
    embedded: EmbeddedServer,
    template: Urls,
    partnerships: tuple[World, World, Filled],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """To be looked at only: every test of this worker sees the same one."""
    with (
        clone(embedded, template) as urls,
        served(urls, *partnerships, tmp_path_factory.mktemp("site")) as site,
    ):
        yield site


@pytest.fixture
def fresh_site(
    embedded: EmbeddedServer, template: Urls, partnerships: tuple[World, World, Filled], tmp_path: Path
) -> Iterator[Site]:
    """The test's own, to be worked in."""
    with clone(embedded, template) as urls, served(urls, *partnerships, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Seen]]:
    """Opens windows: `window(site, world=site.full, role=Role.PARTNER, width=390, javascript=False)`. In the
    end nothing may have gone wrong in any of them."""
    windows: list[Seen] = []

    def open_(
        site: Site,
        *,
        world: World | None = None,
        role: Role | None = None,
        width: int = DESK,
        javascript: bool = True,
        account_id: UUID | None = None,
    ) -> Seen:
        seen = opened(
            chromium,
            site,
            world=world,
            role=role,
            width=width,
            javascript=javascript,
            account_id=account_id,
        )
        windows.append(seen)
        return seen

    yield open_
    for seen in windows:
        seen.context.close()
    assert [fault for seen in windows for fault in seen.faults] == []


@pytest.fixture
def page_as(fresh_site: Site, window: Callable[..., Seen]) -> PageAs:
    """`page_as(Role.PARTNER)`: a page signed in to the full partnership of a site of the test's own."""
    return lambda role, **more: window(fresh_site, world=fresh_site.full, role=role, **more).page


@pytest.fixture
def working(fresh_site: Site) -> Iterator[None]:
    """A worker process does what the pages of the test's own site ask for."""
    with worker(fresh_site.database.application, str(fresh_site.instance)):
        yield
