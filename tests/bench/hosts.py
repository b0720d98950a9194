"""Several hosts: web processes of their own behind nginx, on one PostgreSQL, with a worker of its own."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from flask_security import hash_password
from sqlalchemy import create_engine

from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.application import create_app
from tests.bench.completions import driven, taken
from tests.bench.partners import asked_partners
from tests.bench.processes import Server, answers, database, free_port, served
from tests.bench.table import REPEATS, Line, middle, over
from tests.integration.publishing.partners import published, two_rounds
from tests.integration.web.conftest import PHRASE
from tests.workers import eventually, worker
from tests.world import World, build_world

HOSTS = (1, 2, 4)
EACH = 150
BAD = 11
PATIENCE = 120.0
HIDDEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')
REFERENCE = (
    "Each host is a gunicorn of one process and four threads; nginx deals out the requests in turn, sixteen "
    "clients at once. Reference: one host behind the same nginx. The cores are those of one machine."
)
CONFIGURATION = """
daemon off; error_log stderr crit; pid {folder}/nginx.pid; worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream hosts {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://hosts;
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


def hosts() -> tuple[str, list[Line]]:
    with database() as (server, urls), TemporaryDirectory() as folder:
        engine = create_engine(urls.application)
        partners = asked_partners(engine, number=(REPEATS * EACH + 20) * len(HOSTS))
        engine.dispose()
        rates = {}
        for number in HOSTS:
            with behind_nginx(urls, Path(folder), hosts=number) as site:
                driven(site, server, taken(partners, 20), at_once=4)
                loads = [driven(site, server, taken(partners, EACH), at_once=16) for _ in range(REPEATS)]
            rates[number] = middle([load.rate for load in loads])
        seen = _seen_across(urls, Path(folder))
    return REFERENCE, [
        *(
            Line(f"completions, hosts: {n}", f"{rate:.1f} /s", f"{rates[1]:.1f} /s", over(rate, rates[1]))
            for n, rate in rates.items()
        ),
        *seen,
    ]


@contextmanager
def behind_nginx(urls: Urls, folder: Path, *, hosts: int) -> Iterator[Server]:
    """All hosts know themselves by the address of the proxy, and share the secrets of one installation."""
    port = free_port()
    with ExitStack() as stack:
        behind = [
            stack.enter_context(served(urls, workers=1, known_as=port, instance=folder)).url
            for _ in range(hosts)
        ]
        servers = " ".join(f"server {url.removeprefix('http://')};" for url in behind)
        configuration = folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder, servers=servers, port=port))
        process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(configuration)])
        stack.callback(process.wait, 30)
        stack.callback(process.terminate)
        stack.enter_context(worker(urls.application, str(folder)))
        site = Server(f"http://127.0.0.1:{port}", process.pid)
        eventually(lambda: answers(site.url), seconds=60)
        yield site


class Browser:
    def __init__(self, site: str) -> None:
        self.site = site
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.site + path, timeout=60) as answer:
            body: str = answer.read().decode("utf-8", "replace")
            return body

    def post(self, path: str, fields: dict[str, str], *, on: str = "") -> tuple[int, str]:
        token = HIDDEN.search(self.get(on or path))
        assert token is not None, path
        body = urlencode(fields | {"csrf_token": token[1]}).encode()
        try:
            with self.opener.open(Request(self.site + path, data=body), timeout=60) as answer:
                return answer.status, answer.geturl()
        except HTTPError as refused:
            return refused.code, ""


def _seen_across(urls: Urls, folder: Path) -> list[Line]:
    """Each request goes to another host than the one before it."""
    engine = create_engine(urls.application)
    world = build_world(engine, SystemClock(), slug="across")
    releases = [
        published(world, each)
        for each in two_rounds(world, [20, 30, 40, 50, 60, 70], [30, 40, 50, 60, 70, 80])
    ]
    _give_pass_phrase(world, urls, folder)
    email = f"{world.slug}.{Role.EVALUATOR.value}@example.org"
    with behind_nginx(urls, folder, hosts=2) as site:
        evaluator, thief = Browser(site.url), Browser(site.url)
        evaluator.post("/account/sign-in", {"email": email, "password": PHRASE})
        signed_in = all("Sign out" in evaluator.get(f"/p/{world.slug}/") for _ in range(8))
        tries = [thief.post("/account/sign-in", {"email": email, "password": "wrong"})[0] for _ in range(BAD)]
        listing = f"/p/{world.slug}/reports/"
        _, job = evaluator.post(listing, {"release": str(releases[-1]), "language": "en"})
        path = job.removeprefix(site.url)
        report = _downloaded(evaluator, path)
    engine.dispose()
    return [
        Line("signed in on one host, known to the other", _yes(signed_in)),
        Line("the eleventh bad sign-in, dealt over both", f"{tries[-1]}", aim="429"),
        Line("report asked for, made by the worker, downloaded", _yes(report.startswith("%PDF"))),
    ]


def _give_pass_phrase(world: World, urls: Urls, folder: Path) -> None:
    """To the evaluator, by the secrets that all hosts share."""
    app = create_app(load_config({"LSP_DATABASE_URL": urls.application, "LSP_INSTANCE": str(folder)}))
    with app.test_request_context(), transaction(world.engine, Scope()) as session:
        session.get_one(Account, world.accounts[Role.EVALUATOR]).password = hash_password(PHRASE)
    app.extensions["lsp_bind"].dispose()


def _downloaded(evaluator: Browser, path: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while not json.loads(evaluator.get(f"{path}/progress"))["ended"]:
        assert time.monotonic() < deadline, "the report was never made"
        time.sleep(0.5)
    return evaluator.get(f"{path}/file")


def _yes(holds: bool) -> str:
    return "yes" if holds else "NO"
