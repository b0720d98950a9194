"""What holds for everything that can be looked at, on a partnership that has something of everything."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from lsp_assess.config import Config, load_config
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.apps import make_app
from tests.browser.places import PLACES
from tests.browser.site import Site
from tests.integration.matrix.addresses import address, methods
from tests.integration.matrix.crawling import Look, looks, seen
from tests.integration.matrix.digests import digests
from tests.integration.matrix.hostile import EVALUATED, HOSTILE
from tests.integration.matrix.query_names import query_names
from tests.trust_run import Figure, Times
from tests.world import session_cookie

Browser = Callable[[UUID], FlaskClient]
HTTPS = "https://localhost"
BY_NAME = ("default-src", "object-src", "base-uri", "frame-ancestors")
QUERIES = query_names()


@pytest.fixture
def people(times: Times) -> list[Role | None]:
    return [None, *Role][:: times(few=3, full=1)]


def client_of(site: Site, browser_of: Browser, role: Role | None) -> FlaskClient:
    return browser_of(site.full.accounts[role]) if role else site.app.test_client()


def test_looking_at_everything_there_is_changes_nothing(
    site: Site, migrator: Engine, browser_of: Browser, people: list[Role | None], figure: Figure
) -> None:  # trust B2
    before, tried = digests(migrator), 0
    for role in people:
        client = client_of(site, browser_of, role)
        for look in looks(site):
            answer, _ = seen(client, look)
            assert answer.status_code < 500, (role, look)
            assert role is None or "sign-in" not in answer.headers.get("Location", ""), (role, look)
            tried += 1
    assert digests(migrator) == before
    figure(f"{tried} looks by {len(people)} people, 0 rows changed")


def test_every_answer_of_a_site_over_https_carries_its_protections(
    site: Site, config: Config, engine: Engine, clock: SetClock, figure: Figure
) -> None:  # trust B1, A17
    over_https = load_config(
        {
            "LSP_DATABASE_URL": site.database.application,
            "LSP_INSTANCE": str(config.instance),
            "LSP_BASE_URL": HTTPS,
        }
    )
    app = make_app(over_https, clock=clock, bind=engine)
    nonces, every = set(), looks(site)
    client = app.test_client()
    cookie = session_cookie(engine, clock, site.full.accounts[Role.COORDINATOR])
    client.set_cookie("__Host-session", cookie, secure=True)
    for look in every:
        answer = client.get(look.path, base_url=HTTPS)
        assert "sign-in" not in answer.headers.get("Location", ""), look
        policy = dict(
            part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
        )
        assert [policy[name] for name in BY_NAME] == ["'none'"] * 4, look
        assert not [each for each in ("unsafe", "*", "http", "data:", "blob:") if each in str(policy)], look
        nonces.add(policy["script-src"])
        assert answer.headers["X-Content-Type-Options"] == "nosniff", look
        assert answer.headers["Referrer-Policy"] == "no-referrer", look
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000"), look
        if look.endpoint != "static":
            assert answer.headers["Cache-Control"] == "no-store", look
    assert len(nonces) == len(every)
    figure(f"{len(every)} answers over https, 0 without a header, 0 exceptions in the policy")


def test_text_in_an_address_or_a_query_stays_text(
    app: Flask, site: Site, migrator: Engine, browser_of: Browser, times: Times, figure: Figure
) -> None:  # trust B5
    before, tried = digests(migrator), 0
    payloads = HOSTILE[:: times(few=4, full=1)]
    every = [*looks(site), *with_hostile_arguments(app, site, payloads)]
    client = browser_of(site.full.accounts[Role.COORDINATOR])
    for number, look in enumerate(every):
        payload = HOSTILE[number % len(HOSTILE)]
        answer = client.get(look.path, query_string=dict.fromkeys(QUERIES, payload))
        assert answer.status_code < 500, look
        assert not [each for each in EVALUATED if each in answer.get_data().decode(errors="replace")], look
        tried += 1
    assert digests(migrator) == before
    figure(f"{tried} addresses with SQL and templates in every part and {len(QUERIES)} parameters, 0 × 500")


def with_hostile_arguments(app: Flask, site: Site, payloads: tuple[str, ...]) -> list[Look]:
    """Each part of an address that may be text, exchanged for each payload; where only an id fits, the
    address itself is bent."""
    found = []
    for rule in app.url_map.iter_rules():
        place = PLACES.get(rule.endpoint)
        if "GET" not in methods(rule) or (rule.arguments - {"partnership"} and place is None):
            continue
        own = {**(dict(place(site)) if place else {})}
        if "partnership" in rule.arguments:
            own["partnership"] = site.full.slug
        whole = address(app, rule, own)
        for payload in payloads:
            for name in sorted(rule.arguments):
                if type(rule._converters[name]).__name__ in ("UnicodeConverter", "PathConverter"):
                    found.append(Look(rule.endpoint, address(app, rule, {**own, name: payload})))
                else:
                    found.append(Look(rule.endpoint, whole.replace(str(own[name]), "1%27%20OR%201%3D1")))
    return found
