"""The report as text, tags, bookmarks and pages; never as bytes."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from lsp_assess.rendering.report import render_report, report_html
from tests.pdf_pages import bookmarks, elements, numbers_in_contents, pages_that_end_with_a_heading, texts
from tests.unit.rendering import sample_reports, sample_tables


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_report(sample_reports.report())


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return texts(pdf)


def test_the_pdf_says_its_language_its_title_and_that_it_is_tagged_for_everybody(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "en"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        assert str(opened.docinfo.Title) == "Northern Borough Partnership: Comparative report"


def test_every_figure_has_words_in_its_place(pdf: bytes) -> None:
    told = [str(each.get("/Alt", "")) for each in elements(pdf) if each.S == "/Figure"]
    assert told == ["Sample of change", "Sample of areas"]


def test_headings_go_down_one_level_at_a_time(pdf: bytes) -> None:
    levels = [int(str(e.S)[2]) for e in elements(pdf) if str(e.S)[:2] == "/H" and str(e.S)[2:].isdigit()]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_tables_have_heads_for_their_columns_and_rows(pdf: bytes) -> None:
    kinds = [str(each.S) for each in elements(pdf)]
    assert kinds.count("/Table") == kinds.count("/THead") == 3
    assert kinds.count("/TH") > kinds.count("/Table")


def test_the_story_fills_page_two_and_the_contents_follow(pages: list[str]) -> None:
    assert all(f"More residents feel safe after dark ({i})" in pages[1] for i in range(5))
    assert "+9.1" in pages[1]
    assert "percentage points interval +4.0 to +14.2" in pages[1]
    assert "Material change: even the least that it can have been matters." in pages[1]
    assert "Five of nine are done." in pages[1]
    assert pages[2].count("Contents") >= 1


def test_pages_are_referred_to_by_their_true_numbers(pages: list[str]) -> None:
    change = next(i for i, page in enumerate(pages, 1) if "A note of the table" in page)
    assert f"page {change}" in pages[1]
    assert f"Sample of change {change}" in " ".join(pages[2].replace(".", " ").split())


def test_the_contents_say_what_the_bookmarks_say(pdf: bytes, pages: list[str]) -> None:
    places = bookmarks(pdf)
    told = numbers_in_contents(pages, list(places))
    assert {"Section level_two", "Sample of change", "Versions"} <= set(told)
    assert told == {title: places[title] for title in told}


def test_no_page_ends_with_a_heading(pdf: bytes) -> None:
    assert pages_that_end_with_a_heading(pdf) == []


def test_every_page_but_the_cover_says_whose_it_is_which_release_and_what_it_shows(pages: list[str]) -> None:
    for number, page in enumerate(pages[1:], 2):
        assert "Northern Borough Partnership · release c0ffee12" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Demonstration data" in page
        assert "Section " in page or "Contents" in page or "Versions" in page
    assert "Demonstration data" in pages[0]
    assert "14 March 2026" in pages[0]


def test_a_report_of_real_data_has_no_mark() -> None:
    assert "Demonstration data" not in report_html(sample_reports.report(mark=None))


def test_bookmarks_are_the_sections_with_their_tables(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        names = {item.title: [child.title for child in item.children] for item in outline.root}
    assert list(names)[:3] == ["Section what_changed", "Contents", "Section last_actions"]
    assert names["Section level_two"] == ["Sample of change", "Sample of areas", "Sample of scores"]
    assert names["Section level_three"] == ["The allotment behind the library"]


def test_no_page_is_blank(pages: list[str]) -> None:
    furniture = 120
    assert all(len(page) > furniture for page in pages)


def test_a_section_without_data_says_why(pages: list[str]) -> None:
    assert any("No driver was asked." in page for page in pages)


def test_a_withdrawn_story_leaves_a_sign_and_no_text(pages: list[str]) -> None:
    whole = " ".join(pages)
    assert "Its teller has withdrawn consent" in whole
    assert "Forty people meet." in whole


def test_what_is_all_withheld_says_so_instead_of_a_chart(pages: list[str]) -> None:
    assert any("every figure in the table is withheld or missing" in page for page in pages)


def test_hashes_of_all_releases_are_printed_in_full(pages: list[str]) -> None:
    whole = "".join(pages[-1].split())
    assert all(each in whole for each in sample_reports.HASHES)


def test_long_names_still_leave_the_story_on_one_page() -> None:
    tables = (sample_tables.change(sample_tables.LONG), sample_tables.areas(sample_tables.LONG))
    sentence = f"{sample_tables.LONG}: {sample_tables.LONG} {sample_tables.LONG} {sample_tables.LONG}"
    made = texts(
        render_report(sample_reports.report(tables=tables, sentence=sentence, partnership=sample_tables.LONG))
    )
    assert f"{sentence} (4)" in made[1]
    assert "Five of nine are done." in made[1]
    assert "Contents" in made[2]


def test_markup_in_names_is_shown_as_it_was_written() -> None:
    name = '<img src=x onerror=alert(1)> & "partners" } @page { margin: 0 }'
    html = report_html(sample_reports.report(partnership=name))
    assert "<img src=x" not in html
    styles = "".join(part.split("</style>")[0] for part in html.split("<style>")[1:])
    assert "@page { margin: 0 }" not in styles
    assert "partners" in styles
