"""English that stands in for a translation says that it is English, for whoever has the page read aloud."""

from collections import Counter
from io import BytesIO

import pikepdf
import pytest

from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.rendering.charts import chart_svg
from lsp_assess.rendering.report import render_report, report_html
from lsp_assess.rendering.wording import bound, marked_up, say, saying, speak
from tests.pdf_pages import elements
from tests.unit.rendering import sample_reports
from tests.unit.rendering import sample_tables as sample


@pytest.fixture
def half(monkeypatch: pytest.MonkeyPatch) -> None:
    wording = {
        "en": {"hello": "Good day, {name}!", "both": "{one} and {two}", "n": "{n} stories"},
        "cy": {"hello": "Dydd da, {name}!", "both": "{one} a {two}"},
    }
    monkeypatch.setattr(saying, "texts", lambda language: wording[language])


@pytest.mark.usefixtures("half")
@pytest.mark.parametrize(
    ("said", "html"),
    [
        (message("hello", name=given("Ann")), 'Dydd da, <span lang="en">Ann!</span>'),
        (message("hello", name=given(en="Ann", cy="Non")), "Dydd da, Non!"),
        (message("n", n=3), '<span lang="en">3 stories</span>'),
        (message("both", one=given("7"), two=given(cy="wyth")), "7 a wyth"),
        (message("hello", name=given("<b>")), 'Dydd da, <span lang="en">&lt;b&gt;!</span>'),
    ],
)
def test_only_the_words_of_another_language_are_marked(said: Message, html: str) -> None:
    spoken = speak(said, "cy")
    assert str(marked_up(spoken)) == html
    assert spoken == say(said, "cy")


@pytest.mark.usefixtures("half")
def test_an_english_page_marks_nothing() -> None:
    spoken = speak(message("hello", name=given("Ann")))
    assert marked_up(spoken) is spoken
    assert marked_up("plain") == "plain"


@pytest.mark.usefixtures("half")
def test_a_number_stays_with_its_name_and_in_its_language() -> None:
    kept = bound(speak(message("hello", name=given("Round 1 of 2024")), "cy"))
    assert str(marked_up(kept)) == 'Dydd da, <span lang="en">Round\u00a01 of 2024!</span>'


def test_a_welsh_report_marks_english_names_and_no_welsh_words() -> None:
    html = report_html(sample_reports.report(), language="cy")
    body = html[html.index("<body>") :]
    assert '<html lang="cy"' in html
    assert '<span lang="en">Northern Borough Partnership</span>' in body
    assert '<span lang="en">Cynnwys</span>' not in body
    assert ">Cynnwys</h2>" in body
    assert "lang" not in html[html.index("<title>") : html.index("</title>")]


def test_the_language_of_an_element_reaches_its_tag_in_the_pdf() -> None:
    pdf = render_report(sample_reports.report(), language="cy")
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "cy"
    marked = Counter(
        (str(each.S), str(each.Lang)) for each in elements(pdf) if "/Lang" in each and each.S == "/Span"
    )
    assert set(marked) == {("/Span", "en")}
    assert marked.total() >= 40
    assert not any("/Lang" in each for each in elements(render_report(sample_reports.report())))


def test_a_chart_named_in_english_says_so() -> None:
    assert 'lang="en"' in str(chart_svg(sample.areas(), "cy"))
    assert "lang=" not in str(chart_svg(sample.areas()))
