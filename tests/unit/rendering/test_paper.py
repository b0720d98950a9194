"""The paper twin: every question with the codes that it is keyed back by, and for whom it is."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from lsp_assess.instruments import Instrument, parse
from lsp_assess.instruments.expressions.grammar import parse_expression
from lsp_assess.instruments.paper import questions_on_paper, values_by_code
from lsp_assess.rendering.paper import PaperGrid, PaperQuestion, paper_sections, render_paper
from lsp_assess.rendering.paper_conditions import condition
from lsp_assess.rendering.wording import say
from tests.pdf_pages import elements, texts

SHIPPED = Path(__file__).parents[3] / "questionnaires"


def read(name: str) -> Instrument:
    return parse((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), file=f"{name}.yaml")


SURVEY, DRIVER = read("resident_survey"), read("lsp_driver")


def printed(instrument: Instrument) -> dict[int, tuple[str, ...]]:
    """The codes of each number."""
    found: dict[int, tuple[str, ...]] = {}
    for section in paper_sections(instrument):
        for item in section.items:
            if isinstance(item, PaperQuestion):
                found[item.number] = tuple(code.code for code in item.codes)
            elif isinstance(item, PaperGrid):
                found |= {number: tuple(code.code for code in item.codes) for number, _ in item.rows}
    return found


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_question_is_printed_once_with_the_codes_that_are_keyed(path: Path) -> None:
    instrument = read(path.stem)
    found = printed(instrument)
    asked = [each for each in instrument.questions if each.name.partition(".")[0] not in instrument.offered]
    assert list(found) == list(range(1, len(asked) + 1))
    for number, question in enumerate(asked, start=1):
        codes = values_by_code(question)
        assert found[number][: len(codes)] == tuple(codes)
        assert len(found[number]) == len(codes) + len(question.missing)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_questionnaire_that_ships_prints_as_an_accessible_form_with_its_codes(
    path: Path, language: str
) -> None:
    instrument = read(path.stem)
    assert language in {each.code for each in instrument.languages}
    pdf = render_paper(instrument, partnership="Northbridge", language=language)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == language
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
    kinds = {str(element.S) for element in elements(pdf)}
    assert {"/H1", "/H2", "/P"} <= kinds
    text = " ".join(" ".join(texts(pdf)).split())
    for number, question in enumerate(questions_on_paper(instrument), start=1):
        assert " ".join(question.text.say(language).split())[:30] in text
        assert f"{number}" in text
    coded = {code for codes in printed(instrument).values() for code in codes}
    assert coded <= set(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("crime_victim == 'yes'", "your answer to question {crime_victim} is 1"),
        ("'yes' == crime_victim", "your answer to question {crime_victim} is 1"),
        ("'other' in priorities", "your answer to question {priorities} is 18"),
        ("residence_length != 'under_2_years'", "your answer to question {residence_length} is not 1"),
        ("adults_in_household > 2", "your answer to question {adults_in_household} is more than 2"),
        ("2 > adults_in_household", "your answer to question {adults_in_household} is less than 2"),
        ("answered(sex)", "you answered question {sex}"),
        (
            "sex in ['female', 'other'] and not answered(tenure)",
            "your answer to question {sex} is 1 or 3 and it is not so that you answered question {tenure}",
        ),
    ],
)
def test_for_whom_a_question_is_is_said_in_numbers_and_codes(written: str, said: str) -> None:
    numbers = {question.name: n for n, question in enumerate(SURVEY.questions, start=1)}
    told = condition(
        parse_expression(written), numbers, {question.name: question for question in SURVEY.questions}
    )
    assert told is not None
    assert say(told) == f"Only if {said.format_map(numbers)}."


def test_everybody_is_asked_what_has_no_condition() -> None:
    assert condition(None, {}, {}) is None


def test_the_printed_form_holds_every_question_in_its_language() -> None:
    text = " ".join(" ".join(texts(render_paper(DRIVER, partnership="Northbridge", language="cy"))).split())
    assert "Northbridge" in text
    assert "{partnership}" not in text
    for question in DRIVER.questions:
        assert " ".join(question.text.say("cy").split())[:40] in text
