"""Every form of the site, found by looking at every page as everybody who may: a new one is among them, or
`tests/integration/hostile/test_bad_forms.py` fails."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import Engine, text

from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import CLOSED
from tests.browser.places import FILES
from tests.browser.site import Site
from tests.browser.test_every_page import address, permitted
from tests.world import signed_in

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PHRASE = "seven ponies under the viaduct"
NOBODY, HALF_SIGNED_IN = "nobody", "half signed in"
Sent: TypeAlias = str | bytes
TYPED = frozenset({"text", "textarea", "email", "search", "tel", "number", "url", "password"})


@dataclass(frozen=True)
class Entry:
    """A field as the page shows it. `kind` is that of the control; `day` for a part of a date."""

    name: str
    kind: str
    shown: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        return self.kind in TYPED

    @property
    def is_seen(self) -> bool:
        """Whether a person fills it in."""
        return self.kind not in ("hidden", "button", "file")

    def sensible(self) -> tuple[str, ...]:
        """What it holds, or something that could be meant."""
        if self.kind == "day":
            part = self.name.rpartition("-")[2]
            return self.shown or ({"day": "14", "month": "7", "year": "2026"}[part],)
        if self.kind in ("radio", "select"):
            return (*filter(None, self.shown), *filter(None, self.offered), *self.offered)[:1]
        if self.is_text and not any(self.shown):
            return ("someone@example.org" if self.kind == "email" or self.name == "email" else "Some words",)
        return self.shown


@dataclass(frozen=True)
class Found:
    """A form: who may open it on which page, where it goes, and what can be sent."""

    who: str
    page: str
    action: str
    endpoint: str = ""
    entries: tuple[Entry, ...] = ()

    def filled(self) -> dict[str, list[str]]:
        return {each.name: list(each.sensible()) for each in self.entries if each.kind != "file"}

    def with_value(
        self, values: dict[str, list[Sent]], entry: "Entry", *given: Sent
    ) -> dict[str, list[Sent]]:
        """The form with something else in one field; a reason only counts beside what it is the reason of."""
        beside = entry.name.removesuffix("--reason")
        more: dict[str, list[Sent]] = {beside: ["--not_applicable"]} if beside != entry.name else {}
        return {**values, **more, entry.name: list(given)}


TOKEN = Entry("csrf_token", "hidden")


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, []  # type: str, list[tuple[str, dict[str, Entry]]]
        self._open: dict[str, Entry] | None = None
        self._list = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = {}
            self.found.append((urljoin(self.page, given.get("action") or self.page), self._open))
        if self._open is None:
            return
        name = given.get("name", "")
        if tag in ("input", "button") and name:
            self._put(name, given.get("type", "text" if tag == "input" else "submit"), given)
        elif tag == "select":
            self._list = name
            self._open.setdefault(name, Entry(name, "select"))
        elif tag == "option" and self._list:
            self._choice(self._list, "select", given.get("value", ""), chosen="selected" in given)
        elif tag == "textarea":
            self._area = name
            self._open[name] = Entry(name, "textarea")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        self._list = "" if tag == "select" else self._list
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            held = self._open[self._area]
            self._open[self._area] = replace(held, shown=(*held.shown, data))

    def _put(self, name: str, kind: str, given: Mapping[str, str]) -> None:
        assert self._open is not None
        value = given.get("value", "")
        if kind in ("radio", "checkbox"):
            self._choice(name, kind, value, chosen="checked" in given)
        elif kind in ("submit", "button"):
            self._choice(name, "button", value, chosen=False)
        else:
            is_part = name.rpartition("-")[2] in ("day", "month", "year") and name.rpartition("-")[0] != ""
            self._open[name] = Entry(name, "day" if is_part else kind, (value,) if value else ())

    def _choice(self, name: str, kind: str, value: str, *, chosen: bool) -> None:
        assert self._open is not None
        held = self._open.get(name, Entry(name, kind))
        shown = (*held.shown, value) if chosen else held.shown
        self._open[name] = replace(held, shown=shown, offered=(*held.offered, value))


@dataclass
class Forms:
    """All of a site."""

    site: Site
    engine: Engine
    found: dict[tuple[str, tuple[str, ...]], Found] = field(default_factory=dict)

    def client(self, who: str) -> FlaskClient:
        app, world = self.site.app, self.site.full
        if who == NOBODY:
            return app.test_client()
        if who == HALF_SIGNED_IN:
            return half_signed_in(app, f"{world.slug}.coordinator@example.org")
        return signed_in(app, self.engine, world.clock, world.accounts[Role(who)])

    def look_everywhere(self) -> "Forms":
        seen: set[str] = set()
        for role in (*Role, None):
            who = role.value if role else NOBODY
            client = self.client(who)
            for rule in permitted(self.site.app, self.site.full, role):
                path = address(self.site, self.site.full, rule)
                if path is not None and rule.endpoint not in FILES and path not in seen:
                    seen.add(path)
                    self._look(client, who, path)
        for who, path in further_pages(self.site, self.engine):
            self._look(self.client(who), who, path)
        home = f"/p/{self.site.full.slug}"
        for endpoint, (role, path_of) in BUTTONS.items():
            found = Found(role.value, f"{home}/", home + path_of(self.site), endpoint, (TOKEN,))
            self.found[(endpoint, ("csrf_token",))] = found
        return self

    def _look(self, client: FlaskClient, who: str, path: str) -> None:
        answer = client.get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            for form in forms_on(self.site.app, path, answer.text, who):
                key = (form.endpoint, tuple(entry.name for entry in form.entries))
                self.found.setdefault(key, form)


def forms_on(app: Flask, path: str, html: str, who: str) -> Iterator[Found]:
    parser = _Forms(path)
    parser.feed(html)
    for action, entries in parser.found:
        endpoint, _values = app.url_map.bind("localhost").match(action.partition("?")[0], method="POST")
        yield Found(who, path, action, endpoint, tuple(entries.values()))


def unsafe_endpoints(app: Flask) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if UNSAFE & (rule.methods or set()) and rule.endpoint not in CLOSED
    }


# Buttons alone: pages show them in states that the site which is looked at is not in.
BUTTONS: Mapping[str, tuple[Role, Callable[[Site], str]]] = MappingProxyType(
    {
        "coordination.invite": (
            Role.COORDINATOR,
            lambda site: f"/collections/{site.filled.collections['value_added_perceptions']}/invite",
        ),
        "coordination.assign_evenly": (
            Role.COORDINATOR,
            lambda site: f"/collections/{site.filled.collections['resident_survey']}/sample/deal-out",
        ),
    }
)


def further_pages(site: Site, engine: Engine) -> Iterator[tuple[str, str]]:
    """Pages that are there after `advance` only."""
    home = f"/p/{site.full.slug}"
    member = f"{home}/households/{site.filled.sample_members[0]}"
    for section in ("area", "safety", "life", "about_you", "consents"):
        yield Role.RESEARCHER.value, f"{member}/interview/{section}"
    yield Role.RESEARCHER.value, f"{member}/check"
    yield Role.PARTNER.value, f"{home}/answer/{site.filled.collections['value_added_perceptions']}/1/"
    not_scored_again = f"meeting/{site.filled.collections['meeting']}/parts/skills"
    yield Role.FACILITATOR.value, f"{home}/{not_scored_again}"
    closed = site.filled.collections["lsp_driver"]
    yield Role.COORDINATOR.value, f"{home}/collections/{closed}/step/reopen"
    with site.app.test_request_context(), transaction(engine, Scope()) as session:
        account = session.get_one(Account, site.full.accounts[Role.PARTNER])
        yield NOBODY, f"/account/pass-phrase/forgotten/{generate_reset_password_token(account)}"
    yield HALF_SIGNED_IN, "/account/code"
    yield HALF_SIGNED_IN, "/account/recovery"


def advance(site: Site, engine: Engine) -> None:
    """An interview is begun, and the coordinator has a pass phrase and a second factor."""
    researcher = Forms(site, engine).client(Role.RESEARCHER.value)
    household = f"/p/{site.full.slug}/households/{site.filled.sample_members[0]}"
    shown = forms_on(site.app, household, researcher.get(household).text, "")
    form = next(each for each in shown if each.endpoint == "residents.begin")
    assert researcher.post(form.action, data={**form.filled(), "adults": "2"}).status_code == 302
    with site.app.test_request_context(), transaction(engine, Scope()) as session:
        account = session.get_one(Account, site.full.accounts[Role.COORDINATOR])
        account.password = hash_password(PHRASE)
        account.tf_totp_secret = site.app.extensions["security"].totp_factory.generate_totp_secret()


def half_signed_in(app: Flask, email: str) -> FlaskClient:
    """The pass phrase is given, the second factor is owed."""
    client = app.test_client()
    page = client.get("/account/sign-in").text
    form = next(f for f in forms_on(app, "/account/sign-in", page, "") if f.endpoint == "security.login")
    client.post("/account/sign-in", data={**form.filled(), "email": email, "password": PHRASE})
    return client


def forget_tries(engine: Engine) -> None:
    """So that the limits on tries do not answer instead of the form."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM access.rate_count"))
