"""A real server with its worker, behind nginx as running.md sets it up: no token is in what they log."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode, urlsplit
from uuid import UUID

from sqlalchemy import create_engine, make_url, text

from lsp_assess.actions.invitations import ask_for_links
from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock, SystemClock
from lsp_assess.partnerships.roles import Role
from tests.conftest import PROJECT
from tests.desk import hidden_fields
from tests.integration.web.test_invitations import ask
from tests.serving import eventually, free_port, serving
from tests.trust_run import Figure
from tests.world import World, build_world

PHRASE = "eleven herons over the reservoir"
MISTYPED = "eleven herons over the reservoir!"
FORGOTTEN = "/account/pass-phrase/forgotten"
EMAIL = "northbridge.partner@example.org"
DOOR = "/account/sign-in"
NGINX_IS_HERE = shutil.which("nginx") is not None
NGINX = """
daemon off; pid {folder}/nginx.pid; worker_processes 1; events {{ }}
http {{
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {documented}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass {site}; proxy_set_header Host $http_host; }}
    }}
}}
"""


class Browser:
    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.tokens = port, set[str](), set[str]()
        self.cookie = ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"session={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = SimpleCookie(set_cookie)["session"].value or self.cookie
            self.cookies.add(self.cookie)
        return answer.status, page

    def post(self, path: str, *, on: str, **form: str) -> int:
        token = hidden_fields(self.ask("GET", on)[1])["csrf_token"]
        self.tokens.add(token)
        return self.ask("POST", path, {"csrf_token": token, **form})[0]

    def say(self, raw: bytes) -> int:
        """The status, or 0 where the answer has none."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(raw)
            status = re.match(rb"HTTP/\S+ (\d+)", line.recv(100))
            return int(status[1]) if status else 0


@contextmanager
def nginx(site: str, folder: Path) -> Iterator[int]:
    """Its port; it writes down what running.md tells it to. The site's own where it is not installed."""
    if not NGINX_IS_HERE:
        yield urlsplit(site).port or 0
        return
    (documented,) = re.findall(r"```nginx\n(.*?)```", (PROJECT / "docs" / "running.md").read_text(), re.S)
    port, settings = free_port(), folder / "nginx.conf"
    here = documented.replace("/var/log/nginx", str(folder))
    settings.write_text(NGINX.format(folder=folder, documented=here, port=port, site=site.rstrip("/")))
    with subprocess.Popen(["nginx", "-p", str(folder), "-c", str(settings)]) as process:
        try:
            eventually((folder / "nginx.pid").exists)
            yield port
        finally:
            process.terminate()


def unreadable(link: str, cookie: str) -> list[bytes]:
    """What is no HTTP, in as many ways as gunicorn has words for."""
    requests = (
        f"GET {link} HTTP/7.7\r\nHost: 127.0.0.1\r\n\r\n",
        f"GET {link} and more HTTP/1.1\r\n\r\n",
        f"get#{link} {link} HTTP/1.1\r\n\r\n",
        f"GET {link}\r\n\r\n",
        f"GET {link}{'x' * 9000} HTTP/1.1\r\n\r\n",
        f"GET / HTTP/1.1\r\nCookie session={cookie}: 1\r\n\r\n",
        f"GET / HTTP/1.1\r\nX-Before: {cookie}\0\r\n\r\n",
        f"GET / HTTP/1.1\r\nReferer: {link}\r\n  {cookie}\r\n\r\n",
        f"POST {link} HTTP/1.1\r\nTransfer-Encoding: {cookie}\r\n\r\n",
        f"POST {link} HTTP/1.1\r\nContent-Length: {cookie}\r\n\r\n",
        f"POST {link} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{cookie}\r\n",
        f"GET / HTTP/1.1\r\nExpect: {cookie}\r\n\r\n",
        f"GET {link} HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    )
    return [request.encode() for request in requests]


@contextmanager
def broken(embedded: EmbeddedServer, database: Urls, *tables: str) -> Iterator[None]:
    """The application may not touch them: what does breaks with an error of the database."""
    engine = create_engine(make_url(embedded.url).set(database=make_url(database.migrator).database))
    for change in (f"REVOKE ALL ON {', '.join(tables)} FROM", f"GRANT ALL ON {', '.join(tables)} TO"):
        with engine.begin() as connection:
            connection.execute(text(f"{change} lsp_application"))
        if change.startswith("REVOKE"):
            yield
    engine.dispose()


def links_mailed(world: World, inside: UUID | None, *, to: str, number: int) -> list[str]:
    """The paths of the links to `to`, once worker or page have written so many."""
    query = text("SELECT body FROM contacts.mail WHERE body LIKE :like ORDER BY written_at")
    found: list[str] = []

    def there() -> bool:
        with transaction(world.engine, Scope(partnership_id=inside)) as session:
            found[:] = session.execute(query, {"like": f"%{to}/%"}).scalars()
        return len(found) == number

    eventually(there)
    return [urlsplit(word).path for mail in found for word in mail.split() if f"{to}/" in word]


def rows_that_are_logs(database: Urls) -> list[str]:
    engine = create_engine(database.migrator)
    with engine.connect() as connection:
        rows = [
            str(row)
            for table in ("operations.audit_event", "jobs.procrastinate_jobs", "jobs.procrastinate_events")
            for row in connection.execute(text(f"SELECT to_jsonb(one) FROM {table} one"))
        ]
        rows += connection.execute(text("SELECT error FROM contacts.mail WHERE error IS NOT NULL")).scalars()
    engine.dispose()
    return rows


def use_every_link(world: World, direct: Browser, proxied: Browser, link: str) -> list[str]:
    """As their owner does; the addresses that held a token."""
    assert proxied.ask("GET", link)[0] == 200
    assert proxied.post(link, on=link) == 302
    assert direct.ask("GET", link)[0] == 409
    assert direct.post("/new-link", on="/new-link", email=EMAIL) == 200
    assert direct.post(FORGOTTEN, on=FORGOTTEN, email=EMAIL) in (200, 302)
    invitations = links_mailed(world, world.partnership_id, to="/invitation", number=2)
    (reset,) = links_mailed(world, None, to=FORGOTTEN, number=1)
    assert proxied.post(reset, on=reset, password=PHRASE, password_confirm=PHRASE) == 302
    for browser, typed, status in ((direct, MISTYPED, 200), (direct, PHRASE, 302), (proxied, PHRASE, 302)):
        assert browser.post(DOOR, on=DOOR, email=EMAIL, password=typed) == status
    return [*invitations, reset]


def misuse(browser: Browser, links: list[str]) -> set[int]:
    """What no page is made for; the answers."""
    answered = set()
    for link in links:
        token = link.rpartition("/")[2]
        for path in (
            f"/nowhere/{token}",
            f"/invitation/{token}",
            f"/?token={token}",
            f"{link}/%ff",
            f"{link}%00",
        ):
            answered.add(browser.ask("GET", path)[0])
        for method in ("DELETE", "BREW", "POST"):
            answered.add(browser.ask(method, link)[0])
        for raw in unreadable(link, browser.cookie):
            answered.add(browser.say(raw))
    return answered


def break_pages(browser: Browser, links: list[str], csrf_token: str) -> None:
    form = {"csrf_token": csrf_token, "email": EMAIL, "password": PHRASE, "password_confirm": PHRASE}
    for path in links:
        assert browser.ask("GET", path)[0] == 500
        assert browser.ask("POST", path, form)[0] == 500
    assert browser.ask("POST", DOOR, form)[0] == 500


def test_no_secret_is_in_anything_that_server_worker_and_proxy_write_down(
    embedded: EmbeddedServer, database: Urls, tmp_path: Path, figure: Figure
) -> None:  # trust A17
    engine = create_engine(database.application)
    world = build_world(engine, SetClock(SystemClock().now()))
    settings = {"LSP_DATABASE_URL": database.application}
    log, printed = embedded.place.log, tmp_path / "printed"
    log_before = log.stat().st_size
    with (
        printed.open("w") as to,
        serving(tmp_path / "instance", printed=to, **settings) as site,
        nginx(site.address, tmp_path) as proxy,
    ):
        browsers = Browser(urlsplit(site.address).port or 0), Browser(proxy)
        links = use_every_link(world, *browsers, ask(world, Role.PARTNER).link)
        answered = {status for browser in browsers for status in misuse(browser, links)}
        key = load_config(settings | {"LSP_INSTANCE": str(site.instance)}).secret_key
        forms = [hidden_fields(browser.ask("GET", "/new-link")[1]) for browser in browsers]
        with broken(embedded, database, "contacts.invitation", "contacts.mail"):
            with transaction(engine, Scope()) as session:
                ask_for_links(session, account_id=world.accounts[Role.PARTNER], at=world.clock.now(), key=key)
                session.execute(text("UPDATE jobs.procrastinate_jobs SET attempts = 9"))  # the last try
            eventually(lambda: "send_new_links" in printed.read_text())
        with broken(embedded, database, "contacts.invitation", "access.account"):
            for browser, form in zip(browsers, forms, strict=True):
                break_pages(browser, links, form["csrf_token"])
    engine.dispose()
    assert answered >= {400, 403, 404, 405, 414, 417}
    logs = [printed, *tmp_path.glob("*.log")]
    written = {file.name: file.read_text() for file in logs}
    written["PostgreSQL"] = log.read_bytes()[log_before:].decode(errors="replace")
    written["rows"] = "\n".join(rows_that_are_logs(database))
    for told in ("in invitations.redeem", "in security.login", "Invalid request", "send_new_links"):
        assert told in written["printed"], "each of them has told what there was to tell"
    assert not NGINX_IS_HERE or "/invitation 500" in written["access.log"]
    secrets = {PHRASE, MISTYPED, *(link.rpartition("/")[2] for link in links)}
    secrets |= {secret for browser in browsers for secret in browser.cookies | browser.tokens}
    written_as = {form for secret in secrets for form in (secret, quote(secret), quote_plus(secret))}
    assert [(where, each) for where, text in written.items() for each in written_as if each in text] == []
    lines = sum(len(text.splitlines()) for text in written.values())
    proxy_tried = "nginx" if NGINX_IS_HERE else "no proxy (nginx is not installed)"
    figure(f"{lines} lines of server, worker, {proxy_tried}, PostgreSQL, audit: of {len(secrets)} secrets 0")
