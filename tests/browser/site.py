"""The site as a real server with a real database, and what a browser sees of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from logging import ERROR, getLogger
from pathlib import Path
from threading import Thread
from uuid import UUID

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect
from playwright.sync_api import Response as Answer
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.apps import make_app
from tests.browser.filled import Filled
from tests.workers import eventually
from tests.world import TODAY, World, session_cookie

PHONE, DESK = 390, 1280


@dataclass
class Site:
    """`full` is a partnership with something of everything, `empty` one that has just been made."""

    url: str
    app: Flask
    database: Urls
    instance: Path
    full: World
    empty: World
    filled: Filled


@contextmanager
def served(database: Urls, full: World, empty: World, filled: Filled, folder: Path) -> Iterator[Site]:
    clock = SetClock(TODAY)
    engine = create_engine(database.application, pool_size=10)
    instance = folder / "instance"
    config = load_config({"LSP_DATABASE_URL": database.application, "LSP_INSTANCE": str(instance)})
    app = make_app(config, clock=clock, bind=engine)
    getLogger("werkzeug").setLevel(ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    worlds = (replace(world, engine=engine, clock=clock) for world in (full, empty))
    yield Site(f"http://127.0.0.1:{server.server_port}", app, database, instance, *worlds, filled)
    server.shutdown()
    thread.join()
    engine.dispose()


@dataclass
class Seen:
    """A browser window and everything in it that nobody may ever see: it is looked at in the end."""

    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def watch(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before it was there
            self.faults.append(f"{request.url}: {request.failure}")

    def _said(self, message: ConsoleMessage) -> None:
        refused = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _answered(self, answer: Answer) -> None:
        if answer.status >= 400 and answer.status not in self.expected:
            self.faults.append(f"{answer.url}: {answer.status}")


def opened(
    browser: Browser,
    site: Site,
    *,
    world: World | None,
    role: Role | None,
    width: int,
    javascript: bool,
    account_id: UUID | None = None,
) -> Seen:
    """A window of its own; signed in as `role` of `world`, by another account of it, or as nobody."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 844 if width < 640 else 900},
        java_script_enabled=javascript,
        locale="en-GB",
        reduced_motion="reduce",
    )
    account_id = world.accounts[role] if world and role else account_id
    if world is not None and account_id is not None:
        key = session_cookie(world.engine, world.clock, account_id)
        name = site.app.config["SESSION_COOKIE_NAME"]
        context.add_cookies([{"name": name, "value": key, "url": site.url, "httpOnly": True}])
    seen = Seen(context, context.new_page())
    seen.watch()
    return seen


def brought(page: Page, wanted: Locator, *, javascript: bool, seconds: float = 120.0) -> None:
    """Wait for what a worker does: with JavaScript the page looks by itself, without it says how."""
    if javascript:
        expect(wanted).to_be_visible(timeout=seconds * 1000)
        return

    def holds() -> bool:
        if wanted.is_visible():
            return True
        page.get_by_role("link", name="Refresh this page to see how far it is").click()
        return False

    eventually(holds, seconds=seconds)
