"""The evaluator, whose deadline is tomorrow: the report in four clicks, and whatever else it needs."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask_security import hash_password
from playwright.sync_api import Download, Locator, Page, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.browser.keyboard import Keyboard
from tests.browser.looking import opened_and_looked_at
from tests.browser.site import DESK, PHONE, Seen, Site, brought

Window = Callable[..., Seen]
PageAs = Callable[..., Page]
PHRASE = "eleven lanterns on the old viaduct"
RESULTS = "/p/northbridge/results"
SVG = "{http://www.w3.org/2000/svg}"
CITE = re.compile(r"Northbridge Partnership, release 2\.2, published 15 June 2026, [0-9a-f]{8}\.")


@pytest.fixture
def evaluator(fresh_site: Site) -> str:
    """The evaluator's address: with a pass phrase."""
    world = fresh_site.full
    with fresh_site.app.test_request_context(), transaction(world.engine, Scope()) as session:
        account = session.get_one(Account, world.accounts[Role.EVALUATOR])
        account.password = hash_password(PHRASE)
        return account.email


def sign_in(page: Page, email: str) -> Keyboard:
    """With the keyboard; what is counted begins after it."""
    keys = Keyboard(page)
    page.goto("/account/sign-in")
    keys.write(page.get_by_label("E-mail address"), email)
    keys.write(page.get_by_label("Pass phrase", exact=True), PHRASE)
    keys.press(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Northbridge Partnership")
    keys.pressed = 0
    return keys


def ready(page: Page) -> Locator:
    return page.get_by_role("button", name="Download the report (PDF)")


def taken(page: Page, take: Callable[[], None]) -> Path:
    with page.expect_download() as waiting:
        take()
    return kept(waiting.value)


def kept(download: Download) -> Path:
    assert download.failure() is None
    return Path(download.path())


def is_the_report(file: Path) -> None:
    report = PdfReader(BytesIO(file.read_bytes()))
    assert report.metadata is not None
    assert report.metadata.title == "Northbridge Partnership: Comparative report"
    pages = [page.extract_text() for page in report.pages]
    assert len(pages) > 8
    assert "Northbridge Partnership" in pages[0]
    assert "Year 1" in pages[0]
    assert "Year 2" in pages[0]
    assert all(f"Page {number} of {len(pages)}" in pages[number - 1] for number in range(2, len(pages)))


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_from_signing_in_to_the_report_in_four_clicks_by_keyboard(
    fresh_site: Site, window: Window, evaluator: str, width: int
) -> None:
    page = window(fresh_site, width=width).page
    keys = sign_in(page, evaluator)
    keys.press(page.get_by_role("button", name="See what changed"))
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    keys.press(page.get_by_role("button", name="Make the report"))
    expect(page.get_by_role("progressbar")).to_be_visible()
    step = page.locator("[data-progress-step]")
    expect(step).to_contain_text(re.compile("^(Reading|Drawing|Setting) the"), timeout=60_000)
    brought(page, ready(page), javascript=True)
    is_the_report(taken(page, lambda: keys.press(ready(page))))
    assert keys.pressed <= 4


@pytest.mark.usefixtures("working")
def test_without_javascript_the_report_is_asked_for_watched_and_fetched(
    fresh_site: Site, window: Window, evaluator: str
) -> None:
    page = window(fresh_site, width=PHONE, javascript=False).page
    sign_in(page, evaluator)
    page.get_by_role("button", name="See what changed").click()
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    brought(page, ready(page), javascript=False)
    is_the_report(taken(page, ready(page).click))
    page.get_by_role("link", name="Comparative reports").first.click()
    asked = page.get_by_role("listitem").filter(has_text="Year 1, Year 2")
    expect(asked).to_contain_text("Ready")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_which_release_is_current_what_it_corrects_and_which_it_supersedes(
    page_as: PageAs, width: int
) -> None:
    page = page_as(Role.EVALUATOR, width=width)
    page.goto("/p/northbridge/")
    page.get_by_role("button", name="See what changed").click()
    expect(page.get_by_text("Current release: Year 2, release 2.2")).to_be_visible()
    expect(page.get_by_text("A correction: A form was keyed twice").first).to_be_visible()
    expect(page.get_by_role("heading", name="What changed since Year 1, and how sure we are")).to_be_visible()
    page.get_by_role("link", name="Year 2, release 2.2").first.click()
    corrects = page.get_by_role("heading", name="What this release corrects")
    expect(corrects).to_be_visible()
    expect(page.get_by_text("No table changed.")).to_be_visible()

    page.get_by_role("link", name="All results").click()
    page.get_by_role("link", name="Year 2, release 2", exact=True).click()
    expect(page.get_by_text("This release has been superseded.")).to_be_visible()
    page.get_by_role("link", name="Go to release 2.2").click()
    expect(corrects).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_table_with_its_chart_its_files_a_line_to_cite_and_why_a_cell_is_blank(
    page_as: PageAs, width: int
) -> None:
    page = page_as(Role.EVALUATOR, width=width)
    page.goto(f"{RESULTS}/2.2/")
    page.get_by_role("listitem").filter(has_text="Criteria then and now").get_by_role("link").click()
    expect(page.get_by_role("img", name=re.compile("without telling who gave"))).to_be_visible()
    total = page.get_by_role("table").get_by_role("row", name=re.compile("^Total"))
    expect(total).to_contain_text("450")
    expect(total).to_contain_text("withheld")
    why = page.get_by_text("The figure is withheld so that nobody can be picked out")
    expect(why).to_be_hidden()
    page.get_by_text("Why do some cells show [c]?").click()
    expect(why).to_be_visible()
    cited = page.get_by_text(CITE)
    expect(cited).to_contain_text("“Criteria then and now”")

    table = taken(page, page.get_by_role("link", name="This table (CSV)").click).read_text("utf-8-sig")
    assert CITE.search(table)
    assert "[c]" in table
    assert "450" in table
    drawing = ElementTree.parse(taken(page, page.get_by_role("link", name="This chart (SVG)").click))
    assert drawing.getroot().tag == f"{SVG}svg"
    assert drawing.find(f"{SVG}title") is not None
    workbook = taken(page, page.get_by_role("link", name="All tables of the release (XLSX)").click)
    book = CalamineWorkbook.from_filelike(BytesIO(workbook.read_bytes()))
    sheets = book.sheet_names
    assert len(sheets) > 12
    assert "Criteria then and now" in str(
        [book.get_sheet_by_name(each).to_python() for each in book.sheet_names]
    )


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_released_story_is_read_from_its_release_with_how_it_counts(page_as: PageAs, width: int) -> None:
    page = page_as(Role.EVALUATOR, width=width)
    page.goto(f"{RESULTS}/1/")
    page.get_by_role("link", name="Canary lamps along the towpath").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Canary lamps along the towpath")
    expect(page.get_by_text("Counts as value added")).to_be_visible()
    expect(page.get_by_text("The lamps of the canary were lit on a Tuesday").first).to_be_visible()
    expect(page.get_by_text("Northbridge Partnership, release 1, published")).to_be_visible()
    for personal in ("Canary Teller", "Canary-Witness"):
        expect(page.get_by_text(personal)).to_have_count(0)
    assert opened_and_looked_at(page, page.url) == []
