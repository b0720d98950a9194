"""Whatever people write is shown as they wrote it, wherever it comes to the surface (trust B4)."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from lsp_assess.partnerships.roles import Role
from tests.browser.places import FILES
from tests.browser.site import Seen, Site
from tests.browser.test_every_page import address, permitted

HOSTILE = """"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>{{7*7}}${7*7}"""
# Where people's own words are kept, apart from their answers.
WORDS = (
    ("main.partnership", "name"),
    ("main.organisation", "name"),
    ("main.seat", "title"),
    ("main.person", "name"),
    ("main.area", "name"),
    ("main.round", "name"),
    ("main.indicator", "title"),
    ("main.indicator", "definition"),
    ("main.data_source", "title"),
    ("main.action", "title"),
    ("main.action", "decision"),
    ("contacts.household_address", "address"),
)
TAKEN_FOR_MARKUP = "() => document.querySelectorAll('img[src=x], svg[onload]').length"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PARTNER, Role.EVALUATOR, Role.RESEARCHER])
def test_markup_in_names_stays_text(fresh_site: Site, window: Callable[..., Seen], role: Role) -> None:
    world = fresh_site.full
    with world.session() as session:
        for table, column in WORDS:
            session.execute(
                text(f"UPDATE {table} SET {column} = :hostile || ' ' || md5(random()::text)"),
                {"hostile": HOSTILE},
            )
        session.commit()
    seen = window(fresh_site, world=world, role=role)
    seen.page.on("dialog", lambda dialog: seen.faults.append(f"{seen.page.url}: {dialog.message}"))
    shown = 0
    for rule in permitted(fresh_site.app, world, role):
        path = address(fresh_site, world, rule)
        if path is None or rule.endpoint in FILES or "partnership" not in rule.arguments:
            continue
        seen.page.goto(path)
        assert seen.page.evaluate(TAKEN_FOR_MARKUP) == 0, path
        body = seen.page.inner_text("body")
        assert ">49" not in body, path  # trust B5
        shown += HOSTILE in body
    assert shown > 3, "the words were to be seen somewhere"
