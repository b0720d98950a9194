"""The people of a partnership that has just been made, each with a window, and what they do in a round."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.looking import look_at
from tests.browser.site import PHONE, Seen, Site

Window = Callable[..., Seen]
PEOPLE = ("Asha Rowe", "Ben Castle", "Carys Penn", "Dev Malik", "Efa Wynn", "Finn Okoro", "Grace Hollis")
STRENGTH = "We meet every month, and decide."


@dataclass
class Pictures:
    """Every page is judged by axe where it is new; where a folder is named, it is kept there as a picture."""

    folder: str | None = field(default_factory=lambda: os.environ.get("LSP_PICTURES"))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def take(self, page: Page, name: str) -> None:
        look_at(page)
        if self.folder:
            place = Path(self.folder)
            place.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=place / f"{next(self.numbers):02}-{name}.png")


@dataclass
class Room:
    coordinator: Page
    facilitators: tuple[Page, Page]
    partners: Sequence[Page]
    pictures: Pictures


def assembled(site: Site, window: Window) -> Room:
    """Eight partners on their phones, two facilitators and a coordinator at their desks."""
    world = site.empty
    partners = [window(site, world=world, role=Role.PARTNER, width=PHONE)]
    for place, name in enumerate(PEOPLE):
        account_id, _ = world.add_member(name, Role.PARTNER, world.organisations[place % 3])
        partners.append(window(site, world=world, account_id=account_id, width=PHONE))
    other, _ = world.add_member("Olga Other", Role.FACILITATOR, world.organisations[1])
    first = window(site, world=world, role=Role.FACILITATOR)
    second = window(site, world=world, account_id=other)
    coordinator = window(site, world=world, role=Role.COORDINATOR)
    return Room(coordinator.page, (first.page, second.page), [one.page for one in partners], Pictures())


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name=text, exact=True).click()


def confirm(page: Page, text: str) -> None:
    """A step that is asked for once more."""
    press(page, text)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    press(page, text)


def home(page: Page) -> None:
    page.goto("/p/southbridge/")


def at(page: Page, entry: str) -> None:
    """By the links that are on every page."""
    home(page)
    page.get_by_role("navigation").get_by_role("link", name=entry, exact=True).click()


def day(page: Page, name: str, *parts: int) -> None:
    for ending, value in zip(("", "-month", "-year"), parts, strict=True):
        page.locator(f"#{name}{ending}").fill(str(value))


def open_round(page: Page, name: str, *, year: int, pictures: Pictures | None = None) -> None:
    """Made, with the driver in it, opened, and everybody invited."""
    at(page, "Rounds")
    press(page, "Make a round")
    page.get_by_label("Name", exact=True).fill(name)
    day(page, "starts_on", 1, 6, year)
    day(page, "ends_on", 31, 12, year)
    press(page, "Make the round")
    press(page, "Add a questionnaire")
    driver = page.get_by_label("Questionnaire", exact=True).locator("option", has_text="LSP driver:")
    page.get_by_label("Questionnaire", exact=True).select_option(value=driver.get_attribute("value"))
    day(page, "closes_on", 1, 7, 2027)
    press(page, "Add it to the round")
    page.get_by_role("link", name="when it may be answered").click()
    confirm(page, "Open it")
    press(page, "Invite all 8")
    expect(page.get_by_text("8 invitations are on their way.")).to_be_visible()
    if pictures:
        pictures.take(page, "invited")


def score(page: Page, place: int, pictures: Pictures | None = None) -> None:
    """All 32 parts, section by section, from the home page to the receipt."""
    home(page)
    if pictures:
        pictures.take(page, "a-partner-at-home")
    press(page, "Start")
    page.locator(".govuk-task-list__link").first.click()
    for number in range(9):
        expect(page.get_by_text(f"Section {number + 1} of 9")).to_be_visible()
        choose(page, place, number)
        if number == 0:
            page.get_by_label("Strengths: Leadership").fill(f"{STRENGTH} {place}")
            if pictures:
                pictures.take(page, "scoring")
        press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    if pictures:
        pictures.take(page, "check")
    press(page, "Send my answers")
    expect(page.locator(".receipt")).to_be_visible()
    if pictures:
        pictures.take(page, "receipt")


def choose(page: Page, place: int, section: int) -> None:
    """In fives, apart from person to person and from part to part, and widest apart in the first section."""
    width = 12 if section == 0 else 4
    for part, asked in enumerate(page.locator("main select").filter(visible=True).all()):
        score = 50 + 5 * round((place - 3.5) * width / 8) + 5 * (part % 3)
        asked.select_option(str(min(100, max(0, score))))


def score_again(page: Page, score: int, pictures: Pictures | None = None) -> None:
    home(page)
    expect(page.locator("main section").first).to_contain_text("Score again")
    if pictures:
        pictures.take(page, "asked-to-score-again")
    press(page, "Score again")
    page.get_by_label("Your score").select_option(str(score))
    press(page, "Give my score")
    expect(page.get_by_text("Your score is kept.")).to_be_visible()
    if pictures:
        pictures.take(page, "scored-again")


def vote(page: Page, finding: str, impact: int, pictures: Pictures | None = None) -> None:
    home(page)
    page.get_by_role("link", name=re.compile("^Rank the findings")).or_(
        page.get_by_role("button", name="Vote")
    ).first.click()
    asked = page.get_by_role("group", name=finding)
    asked.get_by_role("group", name="Impact").get_by_label(str(impact), exact=True).check()
    asked.get_by_role("group", name="Feasibility").get_by_label("3", exact=True).check()
    if pictures:
        pictures.take(page, "vote")
    press(page, "Save my votes")
    expect(page.get_by_text("Your votes are kept.")).to_be_visible()
