"""The pages of the demonstration's comparative report, as far as a machine can look at them."""

import pytest

from lsp_assess.demonstration.loading import demonstration_report
from lsp_assess.rendering.report import render_report
from tests.integration.demonstration.conftest import Demonstration
from tests.pdf_pages import bookmarks, numbers_in_contents, pages_that_end_with_a_heading, texts
from tests.printed_numbers import compared
from tests.trust_run import Figure

FURNITURE = 130
"""Letters of the header and the footer."""


@pytest.fixture(scope="module")
def pdf(demonstration: Demonstration) -> bytes:
    return render_report(demonstration_report(demonstration.engine))


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return texts(pdf)


def test_no_page_is_nearly_empty(pages: list[str]) -> None:
    assert [number for number, page in enumerate(pages[1:], 2) if len(page) < FURNITURE + 200] == []


def test_no_page_ends_with_a_heading_or_the_head_of_a_table(pdf: bytes) -> None:
    assert pages_that_end_with_a_heading(pdf) == []


def test_the_contents_name_the_pages_where_things_are(pdf: bytes, pages: list[str]) -> None:
    places = bookmarks(pdf)
    told = numbers_in_contents(pages, list(places))
    assert len(told) > 50
    assert told == {title: places[title] for title in told}


def test_the_whole_story_is_page_two(pages: list[str]) -> None:
    assert pages[2].startswith("Contents")
    assert "What became of the last actions" in pages[1]
    assert "Actions decided after Round 1 (2024): 3 of 5 actions are done." in pages[1]
    assert pages[1].count("page ") >= 6


def test_no_table_of_nothing_but_withheld_figures_is_printed(pages: list[str]) -> None:
    assert [number for number, page in enumerate(pages, 1) if page.count("[c]") > 40] == []
    assert any("Medians by sector – nothing can be shown here." in page for page in pages)


def test_every_page_says_that_the_data_are_made_up(pages: list[str]) -> None:
    assert all("Demonstration data" in page for page in pages)


def test_stories_are_named_in_the_table_of_their_grades(pages: list[str]) -> None:
    (grades,) = [page for page in pages if "Contribution (median)" in page]
    assert grades.count("The night of the flood") >= 2


def test_each_number_of_each_table_is_that_of_the_release(
    demonstration: Demonstration, pdf: bytes, figure: Figure
) -> None:  # trust C7
    number, faults = compared(demonstration_report(demonstration.engine), pdf)
    assert faults == []
    assert number > 4000
    figure(f"{number} numbers printed in the tables of the demonstration's report: not in the release 0")
