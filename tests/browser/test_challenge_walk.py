"""From a wide spread to an answer, by keyboard alone: asked on the agenda, answered from the home page, read
by everybody."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look_at
from tests.browser.site import PHONE, Seen, Site

QUESTION = "What would show that the community is heard?"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_wide_spread_to_an_answer_by_keyboard(
    fresh_site: Site, window: Callable[..., Seen], javascript: bool
) -> None:
    def looked_at(page: Page) -> None:
        if javascript:
            look_at(page)

    seen = window(fresh_site, world=fresh_site.full, role=Role.FACILITATOR, javascript=javascript)
    seen.expected.add(422)
    desk = seen.page
    desk.goto("/p/northbridge/meeting/")
    keys = Keyboard(desk)
    keys.press(desk.get_by_role("button", name="Open the agenda").first)
    expect(desk.get_by_role("link", name="Questions asked at this meeting")).to_be_visible()
    keys.press(desk.get_by_role("link", name=re.compile("^Put a question.*Community voice")))
    expect(desk.get_by_label("Question", exact=True)).to_have_value(re.compile("very differently"))
    looked_at(desk)
    desk.get_by_label("Question", exact=True).fill("")
    keys.write(desk.get_by_label("Question", exact=True), QUESTION)
    keys.press(desk.get_by_role("button", name="Ask it"))
    expect(desk.get_by_text("Choose who leads this part").first).to_be_visible()
    desk.get_by_label("Who leads this part?").select_option(label="northbridge partner (Council)")
    keys.press(desk.get_by_role("button", name="Ask it"))
    expect(desk.get_by_text("The question is asked.")).to_be_visible()
    looked_at(desk)

    phone = window(
        fresh_site, world=fresh_site.full, role=Role.PARTNER, javascript=javascript, width=PHONE
    ).page
    phone.goto("/p/northbridge/challenge/")
    looked_at(phone)
    keys = Keyboard(phone)
    keys.press(phone.get_by_role("link", name=QUESTION))
    keys.write(phone.get_by_label("Your answer", exact=True), "Who speaks is counted at five meetings.")
    looked_at(phone)
    keys.press(phone.get_by_role("button", name="Record the answer"))
    expect(phone.get_by_text("Answered in time")).to_be_visible()
    looked_at(phone)

    desk.goto("/p/northbridge/challenge/")
    expect(desk.get_by_text("Who speaks is counted at five meetings.")).to_be_visible()
