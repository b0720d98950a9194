"""Evidence beside the scoring: a partner looks at what there is for a part, adds to it in a second tab, and
goes on in the first, where nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from lsp_assess.shipped import shipped_folder
from tests.browser.asking import Asked, ask
from tests.browser.looking import look_at
from tests.browser.site import DESK, PHONE, Seen, Site
from tests.unit.exchange.attachments import pdf

DRIVER = shipped_folder("questionnaires") / "lsp_driver.yaml"
Window = Callable[..., Seen]


@pytest.fixture
def asked(fresh_site: Site) -> Asked:
    return ask(fresh_site, languages=["en", "cy"], questionnaire=Path(DRIVER))


def fill_in(page: Page, file: bytes, name: str) -> None:
    page.get_by_label("Title").fill("Charter of the partners")
    page.get_by_label("Day", exact=True).first.fill("1")
    page.get_by_label("Month", exact=True).first.fill("5")
    page.get_by_label("Year", exact=True).first.fill("2026")
    page.get_by_label("File (optional)").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": file}
    )
    page.get_by_role("button", name="Add the evidence").click()


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_evidence_is_seen_and_added_while_scoring(
    asked: Asked, window: Window, width: int, javascript: bool
) -> None:
    seen = window(asked.site, world=asked.site.full, role=Role.PARTNER, width=width, javascript=javascript)
    seen.expected.add(422)
    page = seen.page
    page.goto(f"{asked.home}/section/leadership")
    beside = page.locator(".evidence-beside")
    expect(beside.nth(1).locator("summary")).to_contain_text("1 item of evidence (▲ 1 out of date)")
    beside.nth(1).locator("summary").click()
    expect(beside.nth(1)).to_contain_text("Community plan")
    expect(beside.nth(1)).to_contain_text("It counted until 1 March 2026.")
    expect(page.get_by_text("Notes of the facilitator")).to_have_count(0)
    expect(beside.nth(2).locator("summary")).to_contain_text("No evidence yet")
    beside.nth(2).locator("summary").click()
    if javascript:
        look_at(page)
    page.locator("#question-shared_vision select").select_option("60")
    with seen.context.expect_page() as opened:
        beside.nth(2).get_by_role("link", name="Add evidence").click()
    other = opened.value
    expect(other.get_by_label("Leadership: Trust and challenge")).to_be_checked()
    if javascript:
        look_at(other)
    fill_in(other, b"MZ", "charter.pdf")
    expect(other.get_by_role("link", name="The name ends in .pdf")).to_be_visible()
    expect(other.get_by_text("Choose the file again")).to_be_visible()
    expect(other.get_by_label("Title")).to_have_value("Charter of the partners")
    if javascript:
        look_at(other)
    fill_in(other, pdf(), "charter.pdf")
    expect(other.get_by_role("alert")).to_contain_text("The evidence is on the register")
    with other.expect_download() as taken:
        other.get_by_role("link", name="charter.pdf").click()
    assert taken.value.suggested_filename == "charter.pdf"
    if javascript:
        look_at(other)
    other.get_by_role("link", name="Withdraw it").click()
    other.get_by_label("Why is it withdrawn?").fill("The wrong year.")
    other.get_by_role("button", name="Withdraw it").click()
    expect(other.get_by_text("The wrong year.")).to_be_visible()
    if javascript:
        look_at(other)

    expect(page.locator("#question-shared_vision select")).to_have_value("60")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 Strategy")
    assert asked.draft()["shared_vision"] == {"value": 60}
