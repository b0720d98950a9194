"""Answers come from forms and as JSON; what is not one is refused with its question. # trust E"""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.instruments import (
    Answered,
    Instrument,
    Missing,
    MissingKind,
    answers_from_json,
    answers_to_json,
    parse_section,
)
from lsp_assess.instruments.forms import Parsed
from lsp_assess.rendering.wording import say
from tests.unit.instruments.conftest import TODAY, read_tiny

Tiny = Callable[[str], Instrument]
UNANSWERED = Missing(MissingKind.UNANSWERED)
DONT_KNOW = Missing(MissingKind.DONT_KNOW)


def from_form(name: str, /, **fields: str | list[str]) -> Parsed:
    """Fields as keywords; `grid.row` and `item--missing` are written grid__row and item___missing."""
    instrument = read_tiny(name)
    form = {
        key.replace("___", "--").replace("__", "."): [value] if isinstance(value, str) else value
        for key, value in fields.items()
    }
    return parse_section(instrument, instrument.sections[0], form, today=TODAY)


def from_json(name: str, item: str, entry: object) -> Parsed:
    return answers_from_json(read_tiny(name), {item: entry}, today=TODAY)


def codes(parsed: Parsed) -> list[str]:
    return [each.code for each in parsed.problems]


FORMS = [
    ("single", {"area_change": "no"}, "area_change", Answered("no")),
    ("single", {"area_change___missing": "refused"}, "area_change", Missing(MissingKind.REFUSED)),
    ("single", {"area_change": "--dont_know"}, "area_change", DONT_KNOW),
    ("single", {"area_change": ""}, "area_change", UNANSWERED),
    ("single", {}, "area_change", UNANSWERED),
    ("multiple", {"problems": ["noise", "litter"]}, "problems", Answered(("litter", "noise"))),
    ("multiple", {"problems": ["--dont_know"]}, "problems", DONT_KNOW),
    ("multiple", {"problems": ["none"]}, "problems", Answered(("none",))),
    ("scale", {"satisfied": "3"}, "satisfied", Answered(3)),
    ("scale", {"score": "35"}, "score", Answered(35)),
    ("grid", {"asb__litter": "2"}, "asb.litter", Answered(2)),
    ("grid", {"asb__noise___missing": "dont_know"}, "asb.noise", DONT_KNOW),
    ("number", {"adults": " 2 "}, "adults", Answered(2)),
    ("number", {"balance": "−1.50"}, "balance", Answered(-1.5)),
    ("number", {"balance": "-0"}, "balance", Answered(0.0)),
    ("number", {"balance": "12,345.5"}, "balance", Answered(12345.5)),
    ("date", {"born": "2000-02-29"}, "born", Answered(date(2000, 2, 29))),
    (
        "date",
        {"born___day": "1", "born___month": "3", "born___year": "1999"},
        "born",
        Answered(date(1999, 3, 1)),
    ),
    ("date", {"born": "2026-03-14"}, "born", Answered(TODAY)),
    ("date", {"born___day": "", "born___month": "", "born___year": ""}, "born", UNANSWERED),
    ("texts", {"street": " Stryd Fawr "}, "street", Answered("Stryd Fawr")),
    ("texts", {"likes": "a\r\nb"}, "likes", Answered("a\nb")),
    ("texts", {"likes": "--refused"}, "likes", Answered("--refused")),
    ("consent", {"may_use": "no"}, "may_use", Answered("no")),
]


@pytest.mark.parametrize(("name", "form", "question", "answer"), FORMS)
def test_a_form_gives_an_answer(name: str, form: dict[str, str], question: str, answer: object) -> None:
    parsed = from_form(name, **form)
    assert parsed.problems == ()
    assert parsed.answers[question] == answer
    assert type(parsed.answers[question]) is type(answer)


REFUSED_FORMS = [
    ("single", {"area_change": "other"}, "A102"),
    ("single", {"area_change": ["better", "worse"]}, "A112"),
    ("single", {"area_change___missing": "not_applicable"}, "A111"),
    ("single", {"area_change___missing": "unanswered"}, "A111"),
    ("single", {"area_change": "better", "area_change___missing": "refused"}, "A118"),
    ("single", {"area_change___missing": ["refused", "dont_know"]}, "A118"),
    ("multiple", {"problems": ["litter", "noise", "dogs"]}, "A103"),
    ("multiple", {"problems": ["litter", "litter"]}, "A117"),
    ("multiple", {"problems": ["litter", "none"]}, "A116"),
    ("multiple", {"problems": ["rats"]}, "A102"),
    ("scale", {"satisfied": "4"}, "A102"),
    ("scale", {"satisfied": "3.0"}, "A102"),
    ("scale", {"satisfied": "٣"}, "A102"),
    ("scale", {"score": "36"}, "A102"),
    ("scale", {"satisfied___missing": "not_applicable"}, "A114"),
    ("scale", {"satisfied___missing": "not_applicable", "satisfied___reason": "  "}, "A114"),
    ("number", {"adults": "0"}, "A105"),
    ("number", {"adults": "21"}, "A105"),
    ("number", {"adults": "2.5"}, "A106"),
    ("number", {"balance": "1.234"}, "A106"),
    ("number", {"adults": "NaN"}, "A104"),
    ("number", {"adults": "Infinity"}, "A104"),
    ("number", {"adults": "1e309"}, "A104"),
    ("number", {"adults": "two"}, "A104"),
    ("number", {"adults": "9" * 400}, "A104"),
    ("date", {"born": "2001-02-29"}, "A107"),
    ("date", {"born": "0000-01-01"}, "A107"),
    ("date", {"born": "1 March 2000"}, "A107"),
    ("date", {"born___day": "31", "born___month": "4", "born___year": "2000"}, "A107"),
    ("date", {"born___day": "3", "born___month": "", "born___year": "2000"}, "A107"),
    ("date", {"born": "2026-03-15"}, "A119"),
    ("date", {"born": "1899-12-31"}, "A108"),
    ("texts", {"street": "thirteen long"}, "A109"),
    ("texts", {"street": "two\nlines"}, "A110"),
    ("texts", {"likes": "a\x00b"}, "A110"),
    ("texts", {"likes": "a\ud800b"}, "A110"),
    ("texts", {"likes": "x" * 100_000}, "A109"),
    ("consent", {"may_use": "on"}, "A102"),
]


@pytest.mark.parametrize(("name", "form", "code"), REFUSED_FORMS)
def test_a_form_that_is_no_answer_names_the_question(name: str, form: dict[str, str], code: str) -> None:
    parsed = from_form(name, **form)
    question = next(iter(form)).split("___")[0]
    assert [(each.code, each.place.question) for each in parsed.problems] == [(code, question)]
    assert question not in parsed.answers
    assert say(parsed.problems[0].what)
    assert say(parsed.problems[0].remedy)


REFUSED_JSON = [
    ("single", "area_change", {"value": 1}, "A115"),
    ("single", "area_change", {"value": None}, "A115"),
    ("single", "area_change", {"value": ["better"]}, "A115"),
    ("single", "area_change", "better", "A115"),
    ("single", "area_change", {}, "A115"),
    ("single", "area_change", {"value": "better", "missing": "refused"}, "A115"),
    ("single", "area_change", {"missing": ["refused"]}, "A111"),
    ("single", "area_change", {"missing": "lost"}, "A111"),
    ("single", "of_another_version", {"value": "better"}, "A113"),
    ("multiple", "problems", {"value": []}, "A115"),
    ("multiple", "problems", {"value": "litter"}, "A115"),
    ("multiple", "problems", {"value": [["litter"]]}, "A102"),
    ("scale", "satisfied", {"value": True}, "A115"),
    ("scale", "satisfied", {"value": "3"}, "A115"),
    ("scale", "satisfied", {"value": 3.0}, "A115"),
    ("scale", "satisfied", {"value": 10**5000}, "A102"),
    ("scale", "satisfied", {"missing": "not_applicable"}, "A114"),
    ("scale", "satisfied", {"missing": "not_applicable", "reason": 3}, "A115"),
    ("grid", "asb", {"value": 1}, "A113"),
    ("number", "adults", {"value": True}, "A104"),
    ("number", "adults", {"value": "2"}, "A104"),
    ("number", "adults", {"value": float("nan")}, "A104"),
    ("number", "adults", {"value": float("inf")}, "A104"),
    ("number", "adults", {"value": 10**5000}, "A105"),
    ("number", "balance", {"value": 1e-300}, "A106"),
    ("date", "born", {"value": 20000101}, "A107"),
    ("date", "born", {"value": "2000-01-01T00:00:00"}, "A107"),
    ("texts", "likes", {"value": 3}, "A115"),
    ("texts", "likes", {"value": "  "}, "A115"),
    ("consent", "may_use", {"value": True}, "A102"),
    ("consent", "about_consent", {"value": "yes"}, "A113"),
]


@pytest.mark.parametrize(("name", "item", "entry", "code"), REFUSED_JSON)
def test_json_that_is_no_answer_names_the_question(name: str, item: str, entry: object, code: str) -> None:
    parsed = from_json(name, item, entry)
    assert [(each.code, each.place.question) for each in parsed.problems] == [(code, item)]
    assert parsed.answers == {}


@pytest.mark.parametrize("raw", [None, [], "x", 3])
def test_answers_that_are_no_mapping_are_refused(raw: object, tiny: Tiny) -> None:
    assert codes(answers_from_json(tiny("single"), raw, today=TODAY)) == ["A115"]


@pytest.mark.parametrize(("name", "form", "question", "answer"), FORMS)
def test_answers_stored_as_json_come_back_the_same(
    name: str, form: dict[str, str], question: str, answer: object
) -> None:
    answers = from_form(name, **form).answers
    stored = json.loads(json.dumps(answers_to_json(answers)))
    assert answers_from_json(read_tiny(name), stored, today=TODAY) == Parsed(answers, ())


@pytest.mark.parametrize(
    "text",
    [
        "O'Brien",
        "Ng",
        "Łukasz",
        "Llŷn",
        "عربى",
        "👩‍👩‍👧",
        "\u202eright to left\u202c",
        "zero\u200bwidth",
        "½",
    ],
)
def test_names_and_scripts_come_through_as_they_were_written(text: str) -> None:
    assert from_form("texts", likes=text).answers["likes"] == Answered(text)


def test_composed_and_decomposed_letters_are_one_text() -> None:
    assert from_form("texts", likes="Llŷn") == from_form("texts", likes="Lly\u0302n")


def test_not_applicable_keeps_its_reason() -> None:
    parsed = from_form(
        "scale", satisfied___missing="not_applicable", satisfied___reason=" We have no wardens "
    )
    assert parsed.answers["satisfied"] == Missing(MissingKind.NOT_APPLICABLE, "We have no wardens")
    stored = answers_to_json(parsed.answers)["satisfied"]
    assert stored == {"missing": "not_applicable", "reason": "We have no wardens"}


def test_a_page_says_nothing_of_questions_that_it_did_not_ask(tiny: Tiny) -> None:
    instrument = tiny("routing")
    draft = {"why": Answered("It used to be quiet")}
    parsed = parse_section(
        instrument, instrument.sections[0], {"change": ["better"]}, today=TODAY, draft=draft
    )
    assert "why" not in parsed.answers
    assert parsed.answers["age"] == UNANSWERED


def test_one_wrong_field_loses_no_other_answer() -> None:
    parsed = from_form("number", adults="many", balance="3")
    assert codes(parsed) == ["A104"]
    assert parsed.answers == {"balance": Answered(3.0)}


def test_what_was_sent_is_repeated_short_and_printable() -> None:
    parsed = from_form("number", adults="<b>\u202e" + "9" * 500)
    assert parsed.problems[0].place.value == "<b>?" + "9" * 56


ENTRIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "missing", "reason", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
FEATURES = ["single", "multiple", "scale", "grid", "number", "date", "texts", "consent"]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(FEATURES))
def test_any_json_is_an_answer_or_a_problem_with_its_question(data: st.DataObject, name: str) -> None:
    instrument = read_tiny(name)
    question = data.draw(st.sampled_from([each.name for each in instrument.questions]))
    parsed = answers_from_json(instrument, {question: data.draw(ENTRIES)}, today=TODAY)
    assert len(parsed.answers) + len(parsed.problems) == 1


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(FEATURES))
def test_any_form_is_an_answer_or_a_problem_for_each_question(data: st.DataObject, name: str) -> None:
    instrument = read_tiny(name)
    names = [each.name for each in instrument.questions]
    fields = [f"{each}{end}" for each in names for end in ("", "--missing", "--reason", "--day", "--year")]
    values = st.lists(
        st.text(max_size=10) | st.sampled_from(["1", "yes", "--refused", "dont_know"]), max_size=3
    )
    form = data.draw(st.dictionaries(st.sampled_from(fields), values))
    parsed = parse_section(instrument, instrument.sections[0], form, today=TODAY)
    wrong = {each.place.question for each in parsed.problems}
    assert wrong.isdisjoint(parsed.answers)
