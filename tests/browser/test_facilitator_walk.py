"""The facilitator before the room: from the home page through the widest spread to an agreed score with the
evidence that it relies on, a lost connection, a dissent, a step back and the end of the meeting, by keyboard
alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from lsp_assess.partnerships.roles import Role
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look_at
from tests.browser.site import DESK, PHONE, Seen, Site


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_meeting_by_keyboard(fresh_site: Site, window: Callable[..., Seen], width: int) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.FACILITATOR, width=width)
    seen.expected.add(422)
    page = seen.page
    keys = Keyboard(page)
    page.goto("/p/northbridge/")
    keys.press(page.get_by_role("button", name="Open the agenda"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agenda")
    look_at(page)
    keys.press(page.get_by_role("button", name="Go to the next open part"))
    keys.press(page.get_by_role("button", name="Read and clear what was written"))
    keys.write(page.get_by_label("Remark 1"), "We told everybody of the plan.")
    keys.press(page.get_by_role("button", name="Clear it for the room"))
    expect(page.get_by_text("The room sees what stands here.")).to_be_visible()
    look_at(page)
    keys.press(page.get_by_role("link", name="Agenda"))
    keys.press(page.get_by_role("button", name="Go to the next open part"))
    expect(page.get_by_role("listitem").filter(has_text="We told everybody […] of the plan.")).to_be_visible()
    expect(page.get_by_role("img", name="Strip of all scores")).to_be_visible()
    keys.press(page.get_by_role("button", name="Record what is agreed"))
    expect(page.get_by_role("link", name="Agreed score: Choose the agreed score")).to_be_visible()
    look_at(page)

    keys.to(page.get_by_label("Agreed score"))
    page.keyboard.press("4")  # the list goes to what begins with it
    keys.write(page.get_by_label("Rationale"), "Seen in the minutes of March.")
    keys.choose(page.get_by_label("Community plan (▲ out of date)"))
    keys.press(page.locator("summary").first)
    keys.write(page.get_by_label("Dissent", exact=True), "Nobody outside the room knows of it.")
    seen.context.set_offline(True)
    keys.press(page.get_by_role("button", name="Record what is agreed"))
    expect(page.get_by_role("alert").filter(has_text="There is no connection.")).to_be_visible()
    expect(page.get_by_label("Rationale")).to_have_value("Seen in the minutes of March.")
    look_at(page)
    seen.context.set_offline(False)
    keys.press(page.get_by_role("button", name="Record what is agreed"))
    expect(page.get_by_role("alert").filter(has_text="Agreed on Senior commitment: 40.")).to_be_visible()
    expect(page.get_by_text("Nobody outside the room knows of it.").last).to_be_visible()
    expect(page.get_by_text("Evidence relied on: Community plan (▲ out of date)")).to_be_visible()
    assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in seen.faults)
    seen.faults.clear()
    look_at(page)

    keys.press(page.get_by_role("button", name="Take the last agreement back"))
    expect(page.get_by_role("heading", name="Record of this part")).to_be_visible()
    expect(page.get_by_text("Taken back", exact=True)).to_be_visible()
    keys.press(page.get_by_role("link", name="Next part").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 of 32")
    keys.press(page.get_by_role("link", name="Agenda"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agenda")
    keys.press(page.get_by_role("button", name="Close the meeting"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Make final")
    look_at(page)
    keys.press(page.get_by_role("button", name="Make it final"))
    expect(page.get_by_text("The meeting is closed.").last).to_be_visible()
