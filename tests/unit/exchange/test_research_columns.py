"""The cells of a research file: codes, and a point before what is outside the base."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from lsp_assess.exchange.research_codebook import Named, codebook_rows
from lsp_assess.exchange.research_columns import Cell, research_columns
from lsp_assess.instruments import Instrument, parse
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.askings import RoundInstrument

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
SHIPPED = Path(__file__).parents[3] / "questionnaires"


def read(path: Path) -> Instrument:
    return parse(path.read_text(encoding="utf-8"), file=path.name)


def asking(instrument: Instrument, key: str = "r1", **more: Any) -> RoundInstrument:
    return RoundInstrument(round=key, instrument=instrument, wordings={}, **more)


def row(instrument: Instrument, submission: Mapping[str, Any]) -> dict[str, Cell]:
    columns = research_columns([asking(instrument)])
    return {column.name: column.reader("r1")(submission) for column in columns}


BASES = read(QUESTIONNAIRES / "bases.yaml")
MULTIPLE = read(QUESTIONNAIRES / "multiple.yaml")
SURVEY = read(SHIPPED / "resident_survey.yaml")
PARTS = ("noise", "loitering", "litter", "damage", "drugs", "drunkenness")


@pytest.mark.parametrize(
    ("entry", "cell"),
    [
        ({"value": 2}, 2),
        ({"value": 0}, ".outside_0"),
        ({"missing": "dont_know"}, ".dont_know"),
        ({"missing": "unanswered"}, ".unanswered"),
    ],
)
def test_an_answer_that_is_no_opinion_stands_outside_the_base(entry: dict[str, Any], cell: Cell) -> None:
    assert row(BASES, {"get_on": entry})["get_on"] == cell


def test_where_the_base_is_everybody_a_missing_answer_stands_in_it() -> None:
    assert row(BASES, {"heard": {"missing": "dont_know"}})["heard"] == "dont_know"
    assert row(BASES, {})["heard"] == ".not_asked"


def test_a_base_by_another_answer_is_followed() -> None:
    for heard, cell in (("yes", 2), ("no", ".outside_2")):
        given_ = {"heard": {"value": heard}, "satisfied": {"value": 2}}
        assert row(BASES, given_)["satisfied"] == cell


def test_each_of_several_choices_has_a_column() -> None:
    assert row(MULTIPLE, {"problems": {"value": ["litter", "dogs"]}}) == {
        "problems.litter": 1,
        "problems.noise": 0,
        "problems.dogs": 1,
        "problems.none": 0,
    }
    assert set(row(MULTIPLE, {"problems": {"missing": "dont_know"}}).values()) == {".dont_know"}


def test_a_sum_needs_every_part() -> None:
    parts = {f"asb.{name}": {"value": 2} for name in PARTS}
    assert row(SURVEY, parts)["asb_index"] == ".incomplete"
    assert row(SURVEY, {**parts, "asb.vehicles": {"value": 3}})["asb_index"] == 15


def test_what_was_said_in_words_and_consents_have_no_column() -> None:
    names = {column.name.partition(".")[0] for column in research_columns([asking(SURVEY)])}
    assert names & {"likes", "dislikes", "what_changed", "priorities_other", "consent_linking"} == set()
    assert {"area_satisfaction", "priorities", "asb", "age_group", "adults_in_household"} <= names


def test_a_round_that_did_not_ask_leaves_the_cell_empty() -> None:
    columns = research_columns([asking(BASES, "old", not_asked=frozenset({"get_on"})), asking(BASES, "new")])
    cells = {c.name: c.reader("old")({"get_on": {"value": 2}}) for c in columns}
    assert cells["get_on"] == ""


def test_the_codebook_says_of_each_code_how_it_counts() -> None:
    columns = research_columns([asking(BASES)])
    rounds = [Named(1, given("Year 1"), "r1")]
    rows = list(codebook_rows(columns, lambda c: c.name, leading=(), rounds=rounds, say=say))
    told = {row[4]: (row[3], row[5], row[6]) for row in rows if row[0] == "get_on"}
    assert told[".outside_0"] == ("1", "All the same background", "no")
    assert told[2] == ("1", "Agree", "yes")
    assert [row[6] for row in rows if row[:5:4] == ("heard", "dont_know")] == ["yes"]
    said = {row[1:3] for row in rows if row[0] == "satisfied"}
    assert said == {("Satisfied with us?", "People who have heard of us")}
