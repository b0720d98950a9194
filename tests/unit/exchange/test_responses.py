"""Rows of a survey: each a planned response, or the file is refused. # trust E"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lsp_assess.exchange.answer_cells import split_labels
from lsp_assess.exchange.mapping_files import read_response_mapping
from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.response_mapping import BetweenPoints, ResponseMapping
from lsp_assess.exchange.response_plans import HeldResponse, ResponsePlan, compare
from lsp_assess.exchange.responses import plan_responses
from lsp_assess.instruments import Answered, Instrument, Missing, MissingKind, parse
from lsp_assess.instruments.instrument import Comparability
from lsp_assess.kernel.errors import Invalid, Problem
from lsp_assess.rendering.wording import say
from tests.patience import within

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"

SURVEY = """
name: small
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Small}
scales:
  five:
    points: [{value: 1, label: {en: Low}}, {value: 5, label: {en: High}}]
    range: {from: 1, to: 5}
    missing: [refused]
sections:
  - name: only
    title: {en: Only}
    items:
      - {name: mood, type: scale, text: {en: How are you?}, scale: five}
      - name: home
        type: single
        text: {en: Rent or own?}
        choices: [{value: rent, label: {en: Rent}}, {value: own, label: {en: Own}}]
      - name: origin
        type: multiple
        text: {en: Origin?}
        choices:
          - {value: white, label: {en: White}}
          - {value: hispanic, label: {en: Hispanic}}
          - {value: none, label: {en: None}, exclusive: yes}
      - {name: age, type: number, text: {en: Age?}, range: {from: 0, to: 120}}
      - {name: born, type: date, text: {en: Born?}}
      - {name: words, type: short_text, text: {en: Words?}, length: 20}
"""
MAPPING = """
mapping: responses
title: Small
source: {title: Small file, licence: Own}
questionnaire: {name: small, version: "1.0"}
rounds:
  column: wave
  values:
    "1": {name: First, starts_on: "2024-01-01", ends_on: "2024-02-01"}
    "2": {name: Second, starts_on: "2025-01-01", ends_on: "2025-02-01"}
respondents: {column: id, across_rounds: not_linked}
area: {column: ward, codes: {"1": W1}, missing: {"": not asked for}}
areas: [{code: W1, name: Ward 1, type: ward}]
missing: {NA: unanswered, "": unanswered, R: refused}
unusable: [{values: [X], as: unanswered, because: not readable}]
questions:
  - item: mood
    asked:
      - {rounds: ["1"], column: mood_then, kind: reworded, wording: How do you do?}
      - {rounds: ["2"], column: mood_now}
  - {item: home, codes: {Rents: rent, Owns: own}, asked: [{rounds: ["1", "2"], column: home}]}
  - item: origin
    separator: ","
    codes: {White: white, "White, Hispanic": hispanic, None: none}
    asked: [{rounds: ["2"], column: origin}]
  - {item: age, asked: [{rounds: ["2"], column: age}]}
  - {item: born, asked: [{rounds: ["2"], column: born}]}
  - {item: words, asked: [{rounds: ["2"], column: words}]}
"""
COLUMNS = ("id", "wave", "ward", "mood_then", "mood_now", "home", "origin", "age", "born", "words")


def mapping(**changes: object) -> ResponseMapping:
    return replace(read_response_mapping(MAPPING, file="m.yaml"), **changes)


def instrument() -> Instrument:
    return parse(SURVEY, file="q.yaml")


def row(**cells: str) -> str:
    given = {"id": "a", "wave": "2", "ward": "1", **cells}
    return ",".join('"{}"'.format(given.get(column, "").replace('"', '""')) for column in COLUMNS)


def plan(*rows: str, **changes: object) -> ResponsePlan:
    content = "\n".join((",".join(COLUMNS), *rows)).encode()
    return plan_responses(read_file(content, file="f.csv"), mapping(**changes), instrument())


def refusals(*rows: str, **changes: object) -> list[Problem]:
    with pytest.raises(Invalid) as refused:
        plan(*rows, **changes)
    for one in refused.value.problems:
        assert say(one.what)
        assert say(one.remedy)
    return list(refused.value.problems)


def answer(item: str, cell: str, **changes: object) -> object:
    column = {"mood": "mood_now"}.get(item, item)
    return plan(row(**{column: cell}), **changes).responses[0].answers[item]


@pytest.mark.parametrize(
    ("item", "cell", "value"),
    [
        ("mood", "4", 4),
        ("home", "Rents", "rent"),
        ("origin", "White, Hispanic", ("hispanic",)),
        ("origin", "White, White, Hispanic", ("white", "hispanic")),
        ("age", "44", 44),
        ("words", "Tŷ Gŵyr 🏡", "Tŷ Gŵyr 🏡"),
        ("words", '"Home" :)', '"Home" :)'),
        ("words", "two\nlines", "two\nlines"),
    ],
)
def test_a_cell_answers_by_the_codes_of_the_mapping(item: str, cell: str, value: object) -> None:
    assert answer(item, cell) == Answered(value)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("NA", MissingKind.UNANSWERED), ("", MissingKind.UNANSWERED), ("R", MissingKind.REFUSED)],
)
def test_missing_is_typed(cell: str, kind: MissingKind) -> None:
    assert answer("mood", cell) == Missing(kind)


def test_what_was_not_asked_in_a_round_is_not_asked_in_its_submission() -> None:
    found = plan(row(wave="1", mood_then="3"))
    assert found.submission(found.responses[0])["origin"] == {"missing": "not_asked"}
    assert found.rounds[0].not_asked == ("origin", "age", "born", "words")


def test_a_wording_of_its_own_round_is_kept_as_a_break() -> None:
    found = plan(row(wave="1", mood_then="3"), row())
    kinds = {planned.round.name: planned.wordings[0].kind for planned in found.rounds}
    assert kinds == {"First": Comparability.REWORDED, "Second": Comparability.SAME}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (BetweenPoints.ROUND_HALF_UP, [(Answered(5), 1), (Answered(3), 1), (Answered(4), 1)]),
        (BetweenPoints.MISSING, [(Missing(MissingKind.UNANSWERED), 1)] * 3),
    ],
)
def test_a_half_point_follows_the_stated_rule_and_is_reported(
    rule: BetweenPoints, expected: list[tuple[object, int]]
) -> None:
    found = []
    for cell in ("4.5", "2.5", "3.9"):
        made = plan(row(mood_now=cell), between_points=rule)
        found.append((made.responses[0].answers["mood"], len(made.notes)))
    assert found == expected


def test_a_half_point_is_refused_where_no_rule_is_stated() -> None:
    (found,) = refusals(row(mood_now="4.5"))
    assert (found.code, found.place.column, found.place.value) == ("import_between_points", "mood_now", "4.5")


def test_an_entry_declared_unusable_is_counted_with_its_reason() -> None:
    found = plan(row(mood_now="X"), row(id="b", mood_now="X"))
    (note,) = found.notes
    assert (note.what.params["n"], note.what.params["because"]) == (2, "not readable")
    assert found.account.unusable == 2


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"mood_now": "6"}, "import_not_a_point", "mood_now"),
        ({"mood_now": "0"}, "import_not_a_point", "mood_now"),
        ({"mood_now": "NaN"}, "import_not_a_number", "mood_now"),
        ({"mood_now": "1e309"}, "import_not_a_number", "mood_now"),
        ({"mood_now": "-0"}, "import_minus_nought", "mood_now"),
        ({"mood_now": "6/1/2011"}, "import_not_a_number", "mood_now"),
        ({"home": "rents"}, "import_not_a_choice", "home"),
        ({"home": "R"}, "import_missing_not_offered", "home"),
        ({"origin": "White; None"}, "import_not_a_choice", "origin"),
        ({"origin": "White, None"}, "import_too_many_choices", "origin"),
        ({"age": "150"}, "import_value_out_of_range", "age"),
        ({"age": "44.5"}, "import_too_many_decimals", "age"),
        ({"born": "2023-02-29"}, "import_not_a_day", "born"),
        ({"born": "0000-01-01"}, "import_not_a_day", "born"),
        ({"words": "far too many words for it"}, "import_answer_too_long", "words"),
        ({"wave": "3"}, "import_unknown_round", "wave"),
        ({"id": ""}, "import_respondent_unreadable", "id"),
        ({"id": "a\u200b"}, "import_invisible_character", "id"),
        ({"ward": "9"}, "import_area_not_declared", "ward"),
        ({"mood_then": "4"}, "import_answer_outside_crosswalk", "mood_then"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_place(
    cells: dict[str, str], code: str, column: str
) -> None:
    (found,) = refusals(row(id="first"), row(**cells))
    assert (found.code, found.place.row, found.place.column) == (code, 3, column)


def test_a_respondent_answers_once_a_round() -> None:
    (found,) = refusals(row(), row(wave="1"), row())
    assert (found.code, found.what.params["first"]) == ("import_respondent_twice", 2)


def test_the_mapping_fits_the_questionnaire_or_nothing_is_read() -> None:
    content = ",".join(COLUMNS).encode() + b"\n" + row().encode()
    other = parse(SURVEY.replace("name: mood", "name: humour"), file="q.yaml")
    with pytest.raises(Invalid) as refused:
        plan_responses(read_file(content, file="f.csv"), mapping(), other)
    assert [one.code for one in refused.value.problems] == ["import_unknown_item"]
    newer = parse(SURVEY.replace('"1.0"', '"1.1"'), file="q.yaml")
    with pytest.raises(Invalid) as refused:
        plan_responses(read_file(content, file="f.csv"), mapping(), newer)
    assert refused.value.problems[0].code == "import_other_questionnaire"


def test_what_is_held_already_is_unchanged_and_what_differs_is_revised() -> None:
    found = plan(row(mood_now="4"), row(id="b", mood_now="3"), row(id="c"))
    first, second, _ = found.responses
    held = {
        ("2", found.respondent_id(first)): HeldResponse("W1", found.submission(first)),
        ("2", found.respondent_id(second)): HeldResponse(None, found.submission(second)),
    }
    account = compare(found, held).reconciliation
    assert (account.unchanged, account.revised, account.written) == (1, 1, 1)
    assert account.is_balanced


def test_an_empty_cell_is_not_asked_where_routing_passed_by_and_an_answer_is_kept() -> None:
    text = SURVEY.replace("{name: age, ", "{name: age, show_if: home == 'rent', ")
    rows = (row(home="Owns", age=""), row(id="b", home="Owns", age="40"), row(id="c", home="Rents", age=""))
    content = "\n".join((",".join(COLUMNS), *rows)).encode()
    found = plan_responses(read_file(content, file="f.csv"), mapping(), parse(text, file="q"))
    ages = [response.answers["age"] for response in found.responses]
    assert ages == [Missing(MissingKind.NOT_ASKED), Answered(40), Missing(MissingKind.UNANSWERED)]
    assert compare(found, {}).reconciliation.is_balanced


def test_labels_that_hold_the_separator_are_told_apart_by_the_longest() -> None:
    labels = {"White": "w", "White, Hispanic": "h", "Asian": "a"}
    assert split_labels("White, Hispanic,Asian", labels, ",") == ["h", "a"]
    assert split_labels("White, Asian", labels, ",") == ["w", "a"]
    assert split_labels("White Asian", labels, ",") is None
    assert split_labels("White,", labels, ",") is None


def test_labels_are_split_in_time_that_grows_with_the_text() -> None:
    labels = {"a" * n: str(n) for n in range(1, 40)}
    with within(seconds=2):
        split_labels("a," * 8000 + "!", labels, ",")


def test_every_cell_of_somerville_is_accounted_for(shared: Path) -> None:
    path = shared / "data" / "residents" / "somerville_2011_2013_2015.csv"
    survey = parse((EXAMPLES / "somerville_survey.yaml").read_text("utf-8"), file="q.yaml")
    read = read_response_mapping((EXAMPLES / "somerville_responses.yaml").read_text("utf-8"), file="m.yaml")
    found = plan_responses(read_file(path.read_bytes(), file=path.name), read, survey)
    account = compare(found, {}).reconciliation
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    columns = [
        (code, asking.column, question.item)
        for question in read.questions
        for asking in question.askings
        for code in asking.rounds
    ]
    refused = sum(raw.loc[raw["Year"] == code, column].isin(["R", "r"]).sum() for code, column, _ in columns)
    empty = sum(raw.loc[raw["Year"] == code, column].isin(["NA", ""]).sum() for code, column, _ in columns)
    asked = sum((raw["Year"] == code).sum() for code, _, _ in columns)
    assert account.is_balanced
    assert account.missing["refused"] == refused
    assert account.missing["unanswered"] == empty + account.unusable
    assert account.cells == len(raw) * len(list(survey.questions))
    assert account.answered == asked - refused - empty - account.unusable
    scales = {one.name for one in survey.questions if one.type == "scale"}
    halves = sum(
        raw.loc[raw["Year"] == code, column].str.fullmatch(r"\d\.5").sum()
        for code, column, item in columns
        if item in scales
    )
    assert account.rounded == halves == 410
