"""Every page × permitted role, on a partnership that is full and on one that has just been made: axe finds
nothing, the console stays empty, nothing is missing, and nothing runs off a telephone's screen."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.policy_table import CLOSED, POLICY_OF, PUBLIC
from tests.browser.looking import opened_and_looked_at
from tests.browser.places import FILES, OWNERS, PLACES
from tests.browser.site import Seen, Site
from tests.world import World

# Of those who have signed in these send elsewhere; of the others they need a sign-in that is half done.
FOR_NOBODY = {"security.login", "security.two_factor_token_validation", "security.mf_recovery"}


def rules(app: Flask) -> Iterator[Rule]:
    """Of all pages that a browser can ask for."""
    for rule in app.url_map.iter_rules():
        if rule.methods and "GET" in rule.methods and rule.endpoint not in CLOSED | {"static"}:
            yield rule


def permitted(app: Flask, world: World, role: Role | None) -> Iterator[Rule]:
    for rule in rules(app):
        if rule.endpoint in PUBLIC:
            if role is None or rule.endpoint not in FOR_NOBODY:
                yield rule
        elif (
            role is not None
            and role in OWNERS.get(rule.endpoint, Role)
            and allows(POLICIES[POLICY_OF[rule.endpoint]], world.actor(role))
        ):
            yield rule


def address(site: Site, world: World, rule: Rule) -> str | None:
    """None for what is looked at elsewhere, or is the same in every partnership."""
    values = {}
    if world is site.empty and rule.arguments != {"partnership"}:
        return None
    if rule.endpoint in PLACES or rule.arguments - {"partnership"}:
        place = PLACES.get(rule.endpoint)  # what is not there fails a test of its own
        if place is None:
            return None
        values = dict(place(site))
    if "partnership" in rule.arguments:
        values["partnership"] = world.slug
    with site.app.test_request_context():
        return url_for(rule.endpoint, **values)


def test_no_page_is_missing_from_the_table_of_places(site: Site) -> None:
    needed = {
        rule.endpoint for rule in site.app.url_map.iter_rules() if rule.methods and "GET" in rule.methods
    }
    with_ids = {rule.endpoint for rule in rules(site.app) if rule.arguments - {"partnership"}} | {"static"}
    assert with_ids - set(PLACES) == set(), "say in tests/browser/places.py what to open these for"
    assert set(PLACES) - needed == set(), "these pages are gone"


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
@pytest.mark.parametrize("which", ["full", "empty"])
def test_every_page_is_sound(site: Site, window: Callable[..., Seen], role: Role | None, which: str) -> None:
    world: World = getattr(site, which)
    if role is None and which == "empty":
        pytest.skip("nobody sees either")
    seen = window(site, world=world, role=role)
    found = []
    for rule in permitted(site.app, world, role):
        path = address(site, world, rule)
        if path is None:
            continue
        if rule.endpoint in FILES:
            assert seen.context.request.get(path).ok
        else:
            found += opened_and_looked_at(seen.page, path)
    assert found == []
