"""A coordinator takes a round from nothing to a release: by keyboard alone, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.keyboard import Keyboard
from tests.browser.site import Seen, Site
from tests.browser.test_partner_walk import look_at

Window = Callable[..., Seen]


def day(keys: Keyboard, group: str, day: str, month: str, year: str) -> None:
    fields = keys.page.get_by_role("group", name=group)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        keys.write(fields.get_by_label(label), value)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no_scripts"])
def test_from_a_new_round_to_its_release(fresh_site: Site, window: Window, javascript: bool) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.COORDINATOR, javascript=javascript)
    page, keys = seen.page, Keyboard(seen.page)
    page.goto(f"/p/{fresh_site.full.slug}/")
    go(keys, page.get_by_role("navigation").get_by_role("link", name="Rounds"))
    go(keys, page.get_by_role("button", name="Make a round"))
    keys.write(page.get_by_label("Name"), "Year 4")
    day(keys, "First day", "1", "1", "2027")
    day(keys, "Last day", "31", "12", "2027")
    go(keys, page.get_by_role("button", name="Make the round"))
    go(keys, page.get_by_role("button", name="Add a questionnaire"))
    wheel = page.get_by_role("option", name="Progress wheel").first.get_attribute("value")
    keys.to(page.get_by_label("Questionnaire"))
    page.get_by_label("Questionnaire").select_option(wheel)
    day(keys, "Closing date (optional)", "30", "6", "2027")
    go(keys, page.get_by_role("button", name="Add it to the round"))
    go(keys, page.get_by_role("link", name="Progress wheel").first)
    take_step(keys, "Open")
    keys.press(page.get_by_role("button", name="Invite"))
    expect(page.get_by_role("table")).to_contain_text("northbridge partner")
    keys.press(page.get_by_role("button", name="Remind all"))
    expect(page.get_by_role("alert")).to_contain_text("reminder")
    if javascript:
        look_at(page)
    take_step(keys, "Close")
    take_step(keys, "final")
    go(keys, page.get_by_role("link", name="Year 4"))
    go(keys, page.get_by_role("button", name="Publish the round"))
    keys.press(page.get_by_role("button", name="Publish"))
    expect(page.get_by_text("Release 3.1")).to_be_visible()


def go(keys: Keyboard, target: Locator) -> None:
    """Press, and be where it leads."""
    before = keys.page.url
    keys.press(target)
    keys.page.wait_for_url(lambda url: url != before)


def take_step(keys: Keyboard, name: str) -> None:
    """A step of the collection's life: its button, and the page that asks whether it is meant."""
    go(keys, keys.page.get_by_role("main").get_by_role("button", name=name).first)
    go(keys, keys.page.get_by_role("main").get_by_role("button", name=name).first)
