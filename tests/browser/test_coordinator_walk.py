"""The coordinator's way: people in, a round made, partners asked and chased, a file confirmed, published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.filled import NO2
from tests.browser.site import Seen, Site, brought

MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "indicators" / "no2_concentration.yaml"
PageAs = Callable[..., Page]


def day(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, value in (("", day), ("-month", month), ("-year", year)):
        page.locator(f"#{name}{part}").fill(value)


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name=text, exact=True).click()


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_new_partner_to_a_published_round(page_as: PageAs, javascript: bool) -> None:
    page = page_as(Role.COORDINATOR, javascript=javascript)
    page.goto("/p/northbridge/partnership")
    page.get_by_role("link", name="Police").click()
    press(page, "Add a person")
    page.get_by_label("Name", exact=True).fill("Wren Ashby")
    page.get_by_label("E-mail address").fill("wren.ashby@example.org")
    page.get_by_label("Partner", exact=True).check()
    press(page, "Add the person")
    expect(page.get_by_text("Wren Ashby has been added.")).to_be_visible()

    page.get_by_role("link", name="Rounds", exact=True).first.click()
    press(page, "Make a round")
    page.get_by_label("Name", exact=True).fill("Year 4")
    day(page, "starts_on", "1", "6", "2026")
    day(page, "ends_on", "31", "7", "2026")
    press(page, "Make the round")
    press(page, "Add a questionnaire")
    page.get_by_label("Questionnaire", exact=True).select_option(
        label="Good-practice interview (version 1.0)"
    )
    day(page, "closes_on", "1", "7", "2026")
    press(page, "Add it to the round")
    page.get_by_role("link", name="when it may be answered").click()
    press(page, "Open it")
    press(page, "Open it")
    press(page, "Invite all 2")
    expect(page.get_by_text("2 invitations are on their way.")).to_be_visible()
    row = page.get_by_role("row", name="Wren Ashby")
    expect(row).to_contain_text("Not begun")
    row.get_by_role("button", name="Remind").click()
    expect(page.get_by_text("Wait a day before the next reminder.")).to_be_visible()

    for step in ("Close it", "Make it final"):
        press(page, step)
        press(page, step)
    page.get_by_role("link", name="Year 4", exact=True).click()
    expect(page.get_by_text("Everything is final: publish the round.")).to_be_visible()
    press(page, "Publish the round")
    press(page, "Publish the round")
    brought(page, page.get_by_role("heading", name="Year 4 is published"), javascript=javascript)
    page.get_by_role("link", name="Back to Year 4").click()
    expect(page.get_by_text("Release 3", exact=True)).to_be_visible()


def test_a_file_is_seen_before_it_is_written(page_as: PageAs) -> None:
    page = page_as(Role.COORDINATOR)
    page.goto("/p/northbridge/files")
    press(page, "Send indicators")
    mapping = {"name": "no2.yaml", "mimeType": "text/yaml", "buffer": MAPPING.read_bytes()}
    sent = {"name": "new.csv", "mimeType": "text/csv", "buffer": (NO2 + "18.5").encode()}
    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_label("Mapping").set_input_files(mapping)
    press(page, "Show what would be written")
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    press(page, "Write it")
    expect(page.get_by_text("new.csv has been taken in.")).to_be_visible()
    expect(page.get_by_role("heading", name="Where every row went")).to_be_visible()


def test_errors_of_a_questionnaire_are_listed_and_the_text_stays_to_be_mended(
    fresh_site: Site, window: Callable[..., Seen]
) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.COORDINATOR)
    seen.expected.add(422)
    page = seen.page
    page.goto("/p/northbridge/questionnaires/new")
    page.get_by_label("Or write it here").fill("name: quay\nversion: one\n")
    press(page, "Check and add")
    expect(page.get_by_role("heading", name="Nothing has been written")).to_be_visible()
    expect(page.get_by_role("table", name="Errors")).to_contain_text("line 2")
    expect(page.get_by_label("Or write it here")).to_have_value("name: quay\nversion: one")
