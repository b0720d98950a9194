"""What holds for every page and every form, listed from the map of addresses."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import CLOSED, POLICY_OF, PROVED_ONLY, PUBLIC, SETTING_UP
from lsp_assess.web.rate_limits import LIMITS
from tests.trust_run import Figure, Times
from tests.world import World

NAMES = ("public", "by policy", "closed")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
Browser = Callable[[UUID], FlaskClient]


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address(app: Flask, rule: Rule, *, slug: str = "northbridge") -> str:
    """With ids that nothing has."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        values[name] = uuid4() if kind == "UUIDConverter" else 1 if kind == "IntegerConverter" else "canary"
    if "partnership" in rule.arguments:
        values["partnership"] = slug
    with app.test_request_context():
        return url_for(rule.endpoint, **values)


def calls(app: Flask, rules: list[Rule], *, within: str) -> Iterator[tuple[str, str, str]]:
    for rule in rules:
        if "partnership" in rule.arguments:
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield rule.endpoint, method, address(app, rule, slug=within)


def test_every_endpoint_has_a_policy_or_is_public_or_closed_and_no_entry_is_stale(
    rules: list[Rule], figure: Figure
) -> None:
    endpoints = {rule.endpoint for rule in rules}  # trust A1
    tables = [set(PUBLIC), set(POLICY_OF), set(CLOSED)]
    assert set().union(*tables) == endpoints
    assert sum(map(len, tables)) == len(endpoints), "an endpoint stands in two tables"
    assert set(POLICY_OF.values()) <= set(POLICIES)
    assert set(POLICY_OF) >= PROVED_ONLY | SETTING_UP
    assert set(LIMITS) <= endpoints
    counts = ", ".join(f"{name} {len(table)}" for name, table in zip(NAMES, tables, strict=True))
    figure(f"{len(endpoints)} endpoints: {counts}")


def test_nothing_of_a_partnership_is_public(rules: list[Rule]) -> None:  # trust A1
    assert [
        rule.endpoint for rule in rules if "partnership" in rule.arguments and rule.endpoint in PUBLIC
    ] == []


def test_without_sign_in_every_other_page_leads_to_the_door(
    app: Flask, rules: list[Rule], world: World
) -> None:
    client = app.test_client()
    for rule in rules:
        if rule.endpoint in POLICY_OF and rule.methods and "GET" in rule.methods:
            answer = client.get(address(app, rule))
            assert answer.status_code == 302, rule.endpoint
            assert answer.headers["Location"].startswith("/account/sign-in?next="), rule.endpoint


def test_closed_endpoints_do_not_exist(
    app: Flask, rules: list[Rule], world: World, browser_of: Browser
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = browser_of(world.accounts[Role.ADMINISTRATOR])
    for rule in rules:
        if rule.endpoint in CLOSED:
            for method in (rule.methods or set()) - {"OPTIONS"}:
                assert client.open(address(app, rule), method=method).status_code == 404, rule.endpoint


def test_a_role_is_refused_what_its_policy_does_not_allow(
    app: Flask, rules: list[Rule], world: World, browser_of: Browser
) -> None:  # trust A1
    app.config["WTF_CSRF_ENABLED"] = False
    for role in Role:
        client, actor = browser_of(world.accounts[role]), world.actor(role)
        for endpoint, method, path in calls(app, rules, within="northbridge"):
            if not allows(POLICIES[POLICY_OF[endpoint]], actor):
                assert client.open(path, method=method).status_code == 403, (role, endpoint, method)


def test_a_form_without_its_token_or_from_elsewhere_is_refused_everywhere(
    app: Flask, rules: list[Rule], world: World, browser_of: Browser
) -> None:  # trust B2
    client = browser_of(world.accounts[Role.COORDINATOR])
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/").text)
    assert token is not None
    foreign = (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    )
    for rule in rules:
        for method in set(UNSAFE) & (rule.methods or set()):
            path = address(app, rule)
            assert client.open(path, method=method).status_code == 403, rule.endpoint
            for headers in foreign:
                answer = client.open(path, method=method, data={"csrf_token": token[1]}, headers=headers)
                assert answer.status_code == 403, (rule.endpoint, headers)


def test_a_policy_that_breaks_denies(
    app: Flask,
    rules: list[Rule],
    world: World,
    browser_of: Browser,
    monkeypatch: pytest.MonkeyPatch,
    times: Times,
    figure: Figure,
) -> None:  # trust C1
    def broken(_actor: object) -> None:
        raise RuntimeError("canary in a trace")

    monkeypatch.setattr("lsp_assess.web.gate.POLICIES", dict.fromkeys(POLICIES, broken))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["WTF_CSRF_ENABLED"] = False
    every = list(calls(app, rules, within="northbridge"))[:: times(few=8, full=1)]
    client = browser_of(world.accounts[Role.COORDINATOR])
    for endpoint, method, path in every:
        answer = client.open(path, method=method)
        assert answer.status_code == 500, (endpoint, method)
        assert "Traceback" not in answer.text
        assert "canary in" not in answer.text
    figure(f"{len(every)} calls under policies that throw: 0 let in, 0 traces shown")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:8000"])
def test_only_our_own_host_is_answered(app: Flask, host: str) -> None:
    assert app.test_client().get("/", headers={"Host": host}).status_code == 400
