import re
from xml.etree import ElementTree

import pytest

from lsp_assess.disclosure.tables import Purpose
from lsp_assess.rendering import charts
from lsp_assess.rendering.chart_files import chart_file
from lsp_assess.rendering.charts import chart_svg
from tests.unit.rendering import sample_tables as sample

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("purpose", sample.MAKERS)
def test_a_drawing_is_one_image_with_a_name_and_a_description(purpose: Purpose) -> None:
    root = ElementTree.fromstring(chart_svg(sample.MAKERS[purpose]()))
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == f"Sample of {purpose.value}"
    assert "All who answered" in root[1].text
    assert [element for element in root.iter() if element is not root and element.get("role")] == []


@pytest.mark.parametrize("purpose", sample.MAKERS)
def test_a_drawing_needs_no_leave_of_the_content_policy(purpose: Purpose) -> None:
    svg = chart_svg(sample.MAKERS[purpose]())
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=|url\(", svg)


def test_what_people_wrote_is_shown_and_never_run() -> None:
    svg = chart_svg(sample.areas('<script>alert("x")</script>', "Tom & Jerry's"))
    root = ElementTree.fromstring(svg)
    shown = " ".join(" ".join(element.itertext()) for element in root.iter(f"{SVG}text"))
    assert 'alert("x")' in shown
    assert "Tom & Jerry's" in shown
    assert not list(root.iter("script"))
    assert not list(root.iter(f"{SVG}script"))


def test_the_axis_is_labelled() -> None:
    texts = [t.text for t in ElementTree.fromstring(chart_svg(sample.scores())).iter(f"{SVG}text")]
    assert {"0", "25", "50", "75", "100"} <= set(texts)


def test_the_same_table_is_drawn_once() -> None:
    charts._drawing.cache_clear()
    first, second = chart_svg(sample.wheel()), chart_svg(sample.wheel())
    assert first == second
    assert charts._drawing.cache_info().hits == 1


def test_a_chart_that_leaves_the_page_takes_its_heading_base_and_source_along() -> None:
    root = ElementTree.fromstring(chart_file(sample.areas(sample.LONG)))
    texts = [element.text for element in root if element.tag == f"{SVG}text"]
    assert texts == ["Sample of areas", "Base: All who answered. Source: Sample survey."]
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    drawing = next(element for element in root if element.tag == f"{SVG}svg")
    assert float(drawing.get("y")) + float(drawing.get("height")) < float(root.get("height"))
    assert float(drawing.get("x")) + float(drawing.get("width")) < float(root.get("width"))
    assert drawing.get("role") is None


def test_a_table_without_a_chart_has_no_drawing() -> None:
    assert chart_svg(sample.no_rows(Purpose.AREAS)) is None


def test_words_of_several_lines_are_a_text_for_each_line_since_the_printer_aligns_texts_as_a_whole() -> None:
    root = ElementTree.fromstring(chart_svg(sample.areas(sample.LONG)))
    lines = [text for text in root.iter(f"{SVG}text") if text.text and text.text in sample.LONG]
    assert " ".join(text.text for text in lines) == sample.LONG
    assert len({text.get("transform") for text in lines}) == 1
    assert [text.get("dy") for text in lines] == [None, "13"][: len(lines)]
    assert list(root.iter(f"{SVG}tspan")) == []
