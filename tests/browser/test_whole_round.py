"""A whole round of a partnership of eight, each in a browser of their own: scored, closed, met on, scored
again, agreed, ranked, acted on, published; and the next round, which opens with what was agreed.

With LSP_PICTURES=docs/pictures/round it keeps the pictures of docs/a-round-in-pictures.md."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room as people
from tests.browser.room import Room, assembled, at, confirm, home, press
from tests.browser.site import Seen, Site, brought

PART, FINDING = "Shared vision", "Nobody outside the room knows the plan"
WHY = "The plan was shown, and half of the partners follow it."
DISSENT = "Residents were not in the room."
SECOND = (40, 45, 50, 50, 55, 60, 60, 65)


@pytest.fixture
def room(fresh_site: Site, window: Callable[..., Seen]) -> Room:
    return assembled(fresh_site, window)


@pytest.mark.usefixtures("working")
def test_a_whole_round(room: Room) -> None:
    people.open_round(room.coordinator, "Year 1", year=2026, pictures=room.pictures)
    for place, phone in enumerate(room.partners):
        people.score(phone, place, room.pictures if place == 0 else None)
    close(room)
    begin(room)
    score_again(room)
    agree(room)
    see_the_spread(room)
    rank(room)
    finish(room)
    act(room)
    publish(room)
    begin_the_next(room)


def close(room: Room) -> None:
    page = room.coordinator
    page.reload()
    expect(page.get_by_text("8 of 8 invited")).to_be_visible()
    room.pictures.take(page, "who-has-answered")
    confirm(page, "Close it")
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()


def begin(room: Room) -> None:
    page, other = room.facilitators
    home(page)
    press(page, "Prepare the meeting")
    room.pictures.take(page, "agenda")
    confirm(page, "Begin the meeting")
    part = page.get_by_role("link", name=PART, exact=True)
    other.goto(f"{part.get_attribute('href')}")
    part.click()
    press(page, "Start the timer")
    room.pictures.take(page, "first-scores")
    page.get_by_role("button", name="Read and clear what was written").click()
    room.pictures.take(page, "what-was-written")
    press(page, "Clear it for the room")
    other.reload()
    expect(other.get_by_text(f"{people.STRENGTH} 3")).to_be_visible()
    page.goto(other.url)


def score_again(room: Room) -> None:
    page, other = room.facilitators
    press(page, "Let the partners score it again")
    other.reload()
    counted = other.locator("[data-counting-words]")
    expect(counted).to_have_text("0 of 8 have scored")
    for place, phone in enumerate(room.partners):
        people.score_again(phone, SECOND[place], room.pictures if place == 0 else None)
    expect(counted).to_have_text("8 of 8 have scored", timeout=30_000)
    room.pictures.take(other, "all-have-scored-again")
    press(page, "Reveal the second scores")
    expect(page.get_by_role("heading", name="Second scores")).to_be_visible()
    page.get_by_role("heading", name="First scores").scroll_into_view_if_needed()
    room.pictures.take(page, "revealed")
    expect(other.get_by_text("The scores have been revealed")).to_be_visible(timeout=30_000)
    phone = room.partners[0]
    expect(phone.get_by_text("It is over: the scores are revealed")).to_be_visible(timeout=30_000)
    phone.get_by_role("link", name="See what came of it").click()
    expect(phone.get_by_text("Your second score: 40")).to_be_visible()


def agree(room: Room) -> None:
    page, other = room.facilitators
    page.get_by_label("Agreed score").select_option("50")
    page.get_by_label("Rationale").fill(WHY)
    page.locator("summary").first.click()
    page.get_by_label("Dissent", exact=True).fill(DISSENT)
    press(page, "Record what is agreed")
    expect(page.get_by_text("50 agreed")).to_be_visible()
    page.get_by_role("heading", name="Record of this part").scroll_into_view_if_needed()
    room.pictures.take(page, "agreed")
    other.reload()
    expect(other.get_by_text("50 agreed")).to_be_visible()
    with page.expect_download(timeout=60_000) as minutes:
        page.get_by_role("link", name="Agenda").click()
        page.get_by_role("link", name="Minutes (PDF)").click(timeout=60_000)
    assert minutes.value.failure() is None


def see_the_spread(room: Room) -> None:
    phone = room.partners[1]
    home(phone)
    phone.get_by_role("button", name="Look").or_(
        phone.get_by_role("link", name="How the scores lie: Year 1")
    ).first.click()
    part = phone.locator(".spread__part").filter(has=phone.get_by_role("heading", name=PART))
    expect(part).to_contain_text("Agreed at the meeting")
    expect(part).to_contain_text("Second scores")
    part.scroll_into_view_if_needed()
    room.pictures.take(phone, "the-spread-on-a-phone")


def rank(room: Room) -> None:
    page = room.facilitators[1]
    at(page, "Actions")
    page.get_by_role("link", name="Strengths and areas for improvement").click()
    press(page, "Add a finding")
    page.get_by_label("Area for improvement").check()
    page.get_by_label("Finding", exact=True).fill(FINDING)
    press(page, "Add the finding")
    press(page, "Let the partners rank them")
    press(page, "Open the ranking")
    for place, phone in enumerate(room.partners):
        people.vote(phone, FINDING, 2 + place % 4, room.pictures if place == 0 else None)
    page.reload()
    expect(page.get_by_text("8 of 8 partners have voted so far.")).to_be_visible()
    press(page, "Close the ranking")
    press(page, "Close it and count")
    room.pictures.take(page, "ranked")


def finish(room: Room) -> None:
    page = room.facilitators[0]
    page.get_by_role("link", name="Meetings").click()
    page.get_by_role("button", name="Open the agenda").click()
    press(page, "Close the meeting")
    press(page, "Make it final")
    expect(page.get_by_text("The meeting is closed.").last).to_be_visible()


def act(room: Room) -> None:
    page = room.coordinator
    at(page, "Actions")
    page.get_by_role("link", name="Strengths and areas for improvement").click()
    page.get_by_role("link", name="Make an action of it").click()
    page.get_by_label("Decision").fill("One page about the plan for everybody")
    page.get_by_label("Action", exact=True).fill("Print the plan on one page")
    press(page, "Save the action")
    expect(page.get_by_role("heading", name="Print the plan on one page")).to_be_visible()
    room.pictures.take(page, "an-action")


def publish(room: Room) -> None:
    page = room.coordinator
    at(page, "Rounds")
    page.get_by_role("link", name="Year 1", exact=True).click()
    confirm(page, "Publish the round")
    brought(page, page.get_by_role("heading", name="Year 1 is published"), javascript=True)
    room.pictures.take(page, "published")
    phone = room.partners[2]
    home(phone)
    phone.get_by_role("link", name="Results", exact=True).click()
    room.pictures.take(phone, "results-on-a-phone")


def begin_the_next(room: Room) -> None:
    """The agreed score of last time is shown once one's own is in."""
    people.open_round(room.coordinator, "Year 2", year=2027)
    phone = room.partners[3]
    home(phone)
    expect(phone.get_by_text("What became of the actions of Year 1")).to_be_visible()
    press(phone, "Start")
    phone.locator(".govuk-task-list__link").first.click()
    told(phone)
    expect(phone.get_by_text("Agreed: 50")).to_have_count(0)
    people.choose(phone, 3, 0)
    press(phone, "Save and continue")
    phone.get_by_role("link", name="All sections").click()
    phone.locator(".govuk-task-list__link").first.click()
    told(phone)
    expect(phone.get_by_text("Agreed: 50")).to_be_visible()
    room.pictures.take(phone, "last-time")


def told(phone: Page) -> None:
    phone.get_by_text("Your answers in Year 1").click()
    expect(phone.get_by_text("What was agreed then is shown once your own answer")).to_be_visible()
