"""From findings to an action, by keyboard alone: gathered, ranked, counted, acted on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look_at, runs_off
from tests.browser.site import PHONE

PageAs = Callable[..., Page]
FINDING = "Sub-partnerships do not tell each other what they plan"


def findings_of_year_3(page: Page) -> Keyboard:
    page.goto("/p/northbridge/actions/")
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name=re.compile("improvement.*Year 3$")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Strengths and areas for improvement")
    return keys


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_findings_to_an_action_by_keyboard(page_as: PageAs, javascript: bool) -> None:
    def looked_at(page: Page) -> None:
        if javascript:
            look_at(page)

    def button(page: Page, name: str) -> None:
        Keyboard(page).press(page.get_by_role("button", name=name, exact=True))

    meeting = page_as(Role.FACILITATOR, javascript=javascript)
    keys = findings_of_year_3(meeting)
    button(meeting, "Add a finding")
    expect(meeting.get_by_role("heading", name="Add a finding")).to_be_visible()
    looked_at(meeting)
    keys.choose(meeting.get_by_label("Area for improvement"))
    keys.write(meeting.get_by_label("Finding", exact=True), FINDING)
    button(meeting, "Add the finding")
    expect(meeting.get_by_role("heading", name=FINDING)).to_be_visible()
    button(meeting, "Let the partners rank them")
    button(meeting, "Open the ranking")
    expect(meeting.get_by_text("0 of 2 partners have voted so far.")).to_be_visible()

    phone = page_as(Role.PARTNER, javascript=javascript, width=PHONE)
    keys = findings_of_year_3(phone)
    button(phone, "Vote")
    expect(phone.get_by_role("heading", name="Vote on the findings")).to_be_visible()
    asked = phone.get_by_role("group", name=FINDING)
    looked_at(phone)
    keys.choose(asked.get_by_role("group", name="Impact").get_by_label("5", exact=True))
    keys.choose(asked.get_by_role("group", name="Feasibility").get_by_label("2", exact=True))
    button(phone, "Save my votes")
    expect(phone.get_by_text("Your votes are kept.")).to_be_visible()
    looked_at(phone)

    meeting.reload()
    expect(meeting.get_by_text("1 of 2 partners have voted so far.")).to_be_visible()
    button(meeting, "Close the ranking")
    button(meeting, "Close it and count")
    expect(meeting.get_by_text("withheld to protect the people behind it")).to_be_visible()
    looked_at(meeting)

    desk = page_as(Role.COORDINATOR, javascript=javascript)
    keys = findings_of_year_3(desk)
    keys.press(desk.get_by_role("link", name=re.compile(f"^Make an action.*{FINDING}$")))
    expect(desk.get_by_role("heading", name="Add an action")).to_be_visible()
    looked_at(desk)
    keys.write(desk.get_by_label("Decision"), "One calendar for all")
    keys.write(desk.get_by_label("Action", exact=True), "Publish a common calendar")
    keys.choose(desk.get_by_label("At risk"))
    button(desk, "Save the action")
    keys.press(desk.get_by_role("link", name=re.compile("^Milestones and history.*calendar$")))
    expect(desk.get_by_text("At risk").first).to_be_visible()
    button(desk, "Add a milestone")
    keys.write(desk.get_by_label("Milestone"), "Everybody has sent their dates")
    for part, value in (("", "1"), ("-month", "9"), ("-year", "2026")):
        keys.write(desk.locator(f"#due_on{part}"), value)
    keys.choose(desk.get_by_label("Not yet"))
    button(desk, "Save the milestone")
    expect(desk.get_by_role("link", name="Everybody has sent their dates")).to_be_visible()
    looked_at(desk)
    assert runs_off(desk) == []
