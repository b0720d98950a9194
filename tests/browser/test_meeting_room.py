"""What a page of the meeting does by itself: its clock, its count of second scores, and what it keeps."""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import expect

from lsp_assess.partnerships.roles import Role
from tests.browser.looking import look_at
from tests.browser.rescored import AGAIN
from tests.browser.site import PHONE, Seen, Site

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

    page.goto(part_of(site, "communication"))
    timer.get_by_role("button", name="Start the timer").click()
    page.clock.run_for(60_000)
    expect(timer).to_contain_text("4:00 left")
    page.goto(part_of(site, "skills"))
    expect(timer).to_contain_text("0:05 over time")
    expect(timer.get_by_role("button", name="Start the timer")).to_be_visible()
    page.clock.resume()  # axe waits for the clock, too
    look_at(page)


def test_without_scripts_the_page_says_the_minutes(site: Site, window: Window) -> None:
    page = window(site, world=site.full, role=Role.FACILITATOR, javascript=False).page
    page.goto(part_of(site, "skills"))
    expect(page.get_by_text("The agenda gives this part 5 minutes.")).to_be_visible()
    expect(page.get_by_role("button", name="Start the timer")).to_be_hidden()


def test_the_room_counts_second_scores_by_itself_and_says_when_somebody_else_revealed_them(
    fresh_site: Site, window: Window
) -> None:
    room, other, phone = (
        window(fresh_site, world=fresh_site.full, role=role).page
        for role in (Role.FACILITATOR, Role.FACILITATOR, Role.PARTNER)
    )
    asked: list[str] = []
    room.on("request", lambda request: asked.append(request.url) if "counted" in request.url else None)
    other.goto(part_of(fresh_site, "skills"))
    other.get_by_role("button", name="Let the partners score it again").click()
    room.clock.install(time=BEGINS)
    room.goto(part_of(fresh_site, "skills"))
    room.clock.pause_at(BEGINS.replace(hour=10))
    words = room.locator("[data-counting-words]")
    expect(words).to_have_text("0 of 1 have scored")
    expect(room.get_by_role("link", name="Refresh this page")).to_be_hidden()

    phone.goto("/p/northbridge/")
    first = phone.locator("main section").first
    expect(first).to_contain_text("Score again: Skills")
    first.get_by_role("button", name="Score again").click()
    phone.get_by_label("Your score").select_option("70")
    phone.get_by_role("button", name="Give my score").click()
    expect(phone.get_by_text("Your score is kept.")).to_be_visible()
    look_at(phone)
    room.clock.run_for(5_000)
    expect(words).to_have_text("1 of 1 has scored")
    asked.clear()
    room.clock.run_for(2_900)
    assert asked == []  # never sooner than after three seconds

    other.reload()
    other.get_by_role("button", name="Take it back").click()
    expect(other.get_by_text("Nothing of what was scored again is shown")).to_be_visible()
    room.clock.run_for(3_000)
    moved = room.locator("[data-counting-moved]")
    expect(moved).to_be_visible()
    asked.clear()
    room.clock.run_for(120_000)
    assert asked == []  # it is over: nothing is asked any more
    moved.get_by_role("link", name="Show how it stands").click()
    expect(room.get_by_role("button", name="Let the partners score it again")).to_be_visible()


def test_a_page_that_waits_asks_more_seldom_and_not_while_it_is_hidden(site: Site, window: Window) -> None:
    page = window(site, world=site.full, role=Role.FACILITATOR).page
    page.add_init_script("Object.defineProperty(document, 'hidden', {get: () => window.isHidden ?? false})")
    page.clock.install(time=BEGINS)
    page.goto(part_of(site, AGAIN))
    page.clock.pause_at(BEGINS.replace(hour=10))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "counted" in request.url else None)

    def look_for(seconds: int) -> int:
        asked.clear()
        for _ in range(seconds):
            page.clock.run_for(1_000)
            page.evaluate("fetch('/health').then(each => each.text())")  # so that answers come in between
        return len(asked)

    assert 5 <= look_for(60) <= 15
    assert 2 <= look_for(60) <= 5
    page.evaluate("window.isHidden = true; document.dispatchEvent(new Event('visibilitychange'))")
    assert look_for(30) == 0
    page.evaluate("window.isHidden = false; document.dispatchEvent(new Event('visibilitychange'))")
    assert look_for(10) >= 1


def test_what_was_typed_when_the_connection_was_lost_is_kept_and_offered(
    fresh_site: Site, window: Window
) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.FACILITATOR)
    page, why = seen.page, "Seen in the minutes of March.\nTwo partners brought them."
    page.goto(part_of(fresh_site, "skills"))
    page.get_by_label("Agreed score").select_option("40")
    page.get_by_label("Rationale").fill(why)
    page.locator("summary").first.click()
    page.get_by_label("Dissent", exact=True).fill("Nobody was trained.")
    expect(page.get_by_role("alert")).to_have_count(0)
    seen.context.set_offline(True)
    page.get_by_role("button", name="Record what is agreed").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection.")
    expect(page.get_by_label("Rationale")).to_have_value(why)

    seen.context.set_offline(False)
    page.route("**/parts/skills", lambda route: route.abort("connectionreset"))
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Record what is agreed").click()
    page.unroute("**/parts/skills")
    assert any("ERR_CONNECTION_RESET" in fault for fault in seen.faults)
    seen.faults.clear()

    page.goto(part_of(fresh_site, "skills"))
    offered = page.locator("[data-kept-offer]")
    expect(offered).to_contain_text("Typed here before, and not recorded:")
    expect(offered).to_contain_text("Nobody was trained.")
    expect(page.get_by_label("Rationale")).to_have_value("")
    look_at(page)
    page.reload()
    offered.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Rationale")).to_have_value(why)
    expect(page.get_by_label("Agreed score")).to_have_value("40")
    expect(page.get_by_label("Dissent", exact=True)).to_have_value("Nobody was trained.")
    page.get_by_role("button", name="Record what is agreed").click()
    expect(page.get_by_text("40 agreed")).to_be_visible()
    expect(offered).to_be_hidden()
    page.reload()
    expect(offered).to_be_hidden()


def test_what_is_kept_goes_with_the_sign_out(fresh_site: Site, window: Window) -> None:
    page = window(fresh_site, world=fresh_site.full, role=Role.FACILITATOR).page
    page.goto(part_of(fresh_site, "skills"))
    page.get_by_label("Rationale").fill("Nobody else may read this.")
    assert "may read" in page.evaluate("JSON.stringify(sessionStorage)")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_score_typed_on_a_phone_without_a_connection_is_kept(fresh_site: Site, window: Window) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.PARTNER, width=PHONE)
    page, path = seen.page, f"/p/northbridge/again/{fresh_site.filled.collections['meeting']}/{AGAIN}"
    page.goto(path)
    page.get_by_label("Your score").select_option("85")
    seen.context.set_offline(True)
    page.get_by_role("button", name="Change my score").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection.")
    seen.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Your score")).to_have_value("85")
    look_at(page)
    page.get_by_role("button", name="Change my score").click()
    expect(page.get_by_text("Your score is kept.")).to_be_visible()


def test_without_scripts_a_phone_scores_again_and_the_page_says_how_to_see_the_count(
    fresh_site: Site, window: Window
) -> None:
    page = window(fresh_site, world=fresh_site.full, role=Role.PARTNER, width=PHONE, javascript=False).page
    page.goto("/p/northbridge/")
    page.get_by_role("link", name="Score again: Shared vision").click()
    page.get_by_label("Your score").select_option("20")
    page.get_by_role("button", name="Change my score").click()
    expect(page.get_by_text("Your score is kept.")).to_be_visible()
    page.get_by_role("link", name="Refresh this page to see how many have scored").click()
    expect(page.get_by_label("Your score")).to_have_value("20")
    expect(page.get_by_text("Typed here before")).to_be_hidden()
