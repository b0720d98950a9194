"""What a page of the meeting does by itself: its clock, its count of second scores, and what it keeps."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import expect

from lsp_assess.partnerships.roles import Role
from tests.browser.looking import look_at
from tests.browser.site import Seen, Site

Window = Callable[..., Seen]
BEGINS = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def part_of(site: Site, part: str) -> str:
    return f"/p/northbridge/meeting/{site.filled.collections['meeting']}/parts/{part}"


def test_the_timer_goes_on_over_a_reload_and_says_in_words_and_colour_when_time_is_over(
    site: Site, window: Window
) -> None:
    page = window(site, world=site.full, role=Role.FACILITATOR).page
    page.clock.install(time=BEGINS)
    page.goto(part_of(site, "skills"))
    page.clock.pause_at(BEGINS.replace(hour=10))
    timer = page.locator(".timer")
    expect(timer).to_contain_text("The agenda gives this part 5 minutes.")
    expect(timer).to_contain_text("5:00 left")
    timer.get_by_role("button", name="Start the timer").click()
    page.clock.run_for(90_000)
    expect(timer).to_contain_text("3:30 left")
    page.reload()
    expect(timer).to_contain_text("3:30 left")
    timer.get_by_role("button", name="Pause the timer").click()
    page.clock.run_for(600_000)
    expect(timer).to_contain_text("3:30 left")
    timer.get_by_role("button", name="Start the timer").click()
    page.clock.run_for(215_000)
    expect(timer).to_contain_text("0:05 over time")
    expect(timer.get_by_role("status")).to_have_text("The time for this part is over.")
    red = page.evaluate("getComputedStyle(document.querySelector('.timer__told')).color")
    assert red == "rgb(200, 66, 26)"
    look_at(page)

    page.goto(part_of(site, "communication"))
    timer.get_by_role("button", name="Start the timer").click()
    page.clock.run_for(60_000)
    expect(timer).to_contain_text("4:00 left")
    page.goto(part_of(site, "skills"))
    expect(timer).to_contain_text("0:05 over time")
    expect(timer.get_by_role("button", name="Start the timer")).to_be_visible()


def test_without_scripts_the_page_says_the_minutes(site: Site, window: Window) -> None:
    page = window(site, world=site.full, role=Role.FACILITATOR, javascript=False).page
    page.goto(part_of(site, "skills"))
    expect(page.get_by_text("The agenda gives this part 5 minutes.")).to_be_visible()
    expect(page.get_by_role("button", name="Start the timer")).to_be_hidden()
