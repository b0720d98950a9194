"""Starting, and every page of the demonstration as its people see it."""

import gc
import re
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, select, text

from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, open_session
from lsp_assess.demonstration.accounts import Keys, sign_ins
from lsp_assess.demonstration.loading import load
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.web.application import create_app
from tests.bench.processes import database, environment, free_port, served
from tests.bench.table import REPEATS, Line, middle, over
from tests.world import signed_in

SLOWEST = 10
EACH_ENDPOINT = 4
"""Addresses of one endpoint that a person's walk asks for, such as indicators."""

LINK = re.compile(r'href="(/(?!static)[^"#]*)')
LIBRARIES = "import flask_babel, flask_security, flask_wtf, psycopg, sqlalchemy.orm"
STARTING = (
    "From the command until the first page is there: settings, application, database and templates. "
    "Reference: the web libraries imported without anything of ours."
)
PAGES = (
    "Every link from the home page, as nobody and as each sign-in of the demonstration, at most "
    f"{EACH_ENDPOINT} addresses of an endpoint, files left out; server time without the network, after one "
    "look to warm up, the tables analysed as PostgreSQL does by itself. Reference: the page of health, which "
    "goes the same way and asks nothing."
)


@dataclass(frozen=True, slots=True)
class Looked:
    endpoint: str
    role: str
    milliseconds: float
    queries: int


def starting() -> tuple[str, list[Line]]:
    with database() as (_, urls), TemporaryDirectory() as folder:
        runs = [_first_page(urls) for _ in range(REPEATS)]
        environ = environment(urls, port=free_port(), instance=folder)
        loaded = _loaded("import lsp_assess.web.wsgi", environ)
        libraries = _loaded(LIBRARIES, environ)
    return STARTING, [
        Line(what, f"{ours:.1f} s", f"{libraries:.1f} s", over(ours, libraries), aim="≤ 3 s")
        for what, ours in (("a web process is loaded", loaded), ("gunicorn answers", middle(runs)))
    ]


def _loaded(source: str, environ: dict[str, str]) -> float:
    took = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", source], env=environ, check=True)
        took.append(time.perf_counter() - started)
    return middle(took)


def _first_page(urls: Urls) -> float:
    started = time.perf_counter()
    with served(urls):
        return time.perf_counter() - started


def pages() -> tuple[str, list[Line]]:
    with database() as (_, urls), TemporaryDirectory() as folder:
        config = load_config({"LSP_DATABASE_URL": urls.application, "LSP_INSTANCE": folder})
        app = create_app(config)
        engine: Engine = app.extensions["lsp_bind"]
        keys = Keys(config.secret_key, config.password_salt, config.totp_secrets, "lsp_assess")
        for _ in load(engine, now=datetime.now(UTC), keys=keys, base_url=config.base_url):
            pass
        _analyse(urls)
        gc.collect()
        gc.freeze()  # as `wsgi` does with what is loaded before the first page
        looked = _walk(app, engine, app.test_client(), "nobody")
        for one in sign_ins(keys):
            looked += _walk(app, engine, _signed_in(app, engine, one.email), one.role)
        health = _look(app.test_client(), engine, "/health", "public.health", "nobody").milliseconds
        engine.dispose()
    slowest = sorted(looked, key=lambda one: one.milliseconds, reverse=True)
    usual = middle([one.milliseconds for one in looked])
    most = max(looked, key=lambda one: one.queries)
    return PAGES, [
        Line(f"{len(looked)} pages, over 50 ms", str(sum(one.milliseconds > 50 for one in looked)), aim="0"),
        Line("median", f"{usual:.0f} ms", f"{health:.1f} ms", over(usual, health)),
        Line(f"most queries ({most.endpoint})", str(most.queries)),
        *(
            Line(
                f"{one.endpoint} ({one.role})",
                f"{one.milliseconds:.0f} ms, {one.queries} queries",
                aim="≤ 50 ms",
            )
            for one in slowest[:SLOWEST]
        ),
    ]


def _analyse(urls: Urls) -> None:
    """What PostgreSQL does by itself within minutes of a load."""
    migrator = create_engine(urls.migrator, isolation_level="AUTOCOMMIT")
    with migrator.connect() as connection:
        connection.execute(text("ANALYZE"))
    migrator.dispose()


def _signed_in(app: Flask, engine: Engine, email: str) -> FlaskClient:
    with open_session(engine, Scope()) as session:
        account = session.execute(select(Account.id).where(Account.email == email)).scalar_one()
    return signed_in(app, engine, SystemClock(), account)


def _walk(app: Flask, engine: Engine, client: FlaskClient, role: str) -> list[Looked]:
    waiting, seen, times = ["/"], {"/"}, defaultdict(int)
    found = []
    adapter = app.url_map.bind("127.0.0.1")
    while waiting:
        path = waiting.pop(0)
        endpoint, _ = adapter.match(urlsplit(path).path, method="GET")
        times[endpoint] += 1
        answer = client.get(path)
        if answer.location:
            _queue([urlsplit(answer.location).path], waiting, seen)
        if answer.status_code != 200 or answer.mimetype != "text/html" or times[endpoint] > EACH_ENDPOINT:
            continue
        found.append(_look(client, engine, path, endpoint, role))
        _queue(LINK.findall(answer.text), waiting, seen)
    return found


def _queue(paths: list[str], waiting: list[str], seen: set[str]) -> None:
    fresh = [path for path in dict.fromkeys(paths) if path not in seen]
    seen.update(fresh)
    waiting.extend(fresh)


def _look(client: FlaskClient, engine: Engine, path: str, endpoint: str, role: str) -> Looked:
    queries: list[str] = []

    def count(*args: object) -> None:
        queries.append("")

    event.listen(engine, "before_cursor_execute", count)
    took = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        client.get(path)
        took.append(1000 * (time.perf_counter() - started))
    event.remove(engine, "before_cursor_execute", count)
    return Looked(endpoint, role, middle(took), len(queries) // REPEATS)
