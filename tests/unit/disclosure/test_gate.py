"""domain.md §9, trust C5."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import lsp_assess
from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.rules import Figure, SmallGroup, SurveyCount, SurveyEstimate
from lsp_assess.disclosure.tables import Cell, Column, Kind, RawCell, RawRow, SafeTable, State, Unit
from lsp_assess.disclosure.values import (
    Bound,
    Caution,
    Estimate,
    Missing,
    Number,
    Verdict,
    VerdictCode,
    Words,
)
from lsp_assess.kernel.messages import given, message
from tests.unit.disclosure.tables import heading, number, one_column

COUNT = Column(key="value", kind=Kind.COUNT, heading=given("Number"), unit=Unit.PEOPLE)
MEDIAN = Column(key="value", kind=Kind.SCORE, heading=given("Median"), unit=Unit.SCORE, decimals=1)
SHARE = Column(key="value", kind=Kind.ESTIMATE, heading=given("%"), unit=Unit.PERCENT)
CHANGE = Column(key="value", kind=Kind.ESTIMATE, heading=given("Change"), unit=Unit.POINTS, decimals=1)


def through(value, rule, column):
    (table,) = pass_gate([one_column({"a": (value, rule)}, column=column)]).tables
    return table.cell("a", "value")


def test_nobody_but_the_disclosure_package_makes_a_safe_table() -> None:
    with pytest.raises(TypeError, match="disclosure gate"):
        SafeTable(heading=heading(), finding=None, columns=(), rows=(), seal=object())


def test_a_safe_table_cannot_be_copied_with_other_content() -> None:
    (table,) = pass_gate([one_column({"a": (number(40), None)})]).tables
    with pytest.raises((TypeError, ValueError)):
        replace(table, rows=())


def test_the_seal_is_held_inside_disclosure_alone() -> None:
    holders = set()
    for path in Path(lsp_assess.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if name == "SEAL":
                holders.add(path.parent.name)
    assert holders == {"disclosure"}


@pytest.mark.parametrize(("n", "state"), [(0, "withheld"), (4, "withheld"), (5, "shown")])
def test_a_group_under_five_shows_no_statistic(n: int, state: str) -> None:
    assert through(number(50), SmallGroup(n), MEDIAN).state == state


def test_a_group_under_five_shows_no_number_of_people() -> None:
    assert through(number(4), SmallGroup(4), COUNT) == Cell(State.WITHHELD)


def test_a_group_under_five_shows_no_text() -> None:
    text = Column(key="value", kind=Kind.TEXT, heading=given("Said"))
    assert through(Words(given("CANARY-7781")), SmallGroup(3), text) == Cell(State.WITHHELD)


def test_the_threshold_of_small_groups_is_a_setting() -> None:
    assert through(number(50), SmallGroup(9, threshold=10), MEDIAN).state is State.WITHHELD


def test_nine_tenths_in_one_category_tell_what_each_gave() -> None:
    assert through(number(75), SmallGroup(10, dominant_share=0.9), MEDIAN).state is State.WITHHELD
    assert through(number(75), SmallGroup(10, dominant_share=0.8), MEDIAN).state is State.SHOWN


@pytest.mark.parametrize(
    ("count", "expected"), [(8, 10), (12, 10), (13, 15), (22, 20), (23, 25), (1196, 1195)]
)
def test_survey_counts_go_to_the_nearest_five(count: int, expected: int) -> None:
    assert through(number(count), SurveyCount(count), COUNT) == Cell(State.SHOWN, Number(expected))


@pytest.mark.parametrize("count", [1, 4, 7])
def test_survey_counts_of_one_to_seven_are_withheld(count: int) -> None:
    assert through(number(count), SurveyCount(count), COUNT) == Cell(State.WITHHELD)


def test_nought_stays_nought() -> None:
    assert through(number(0), SurveyCount(0), COUNT) == Cell(State.ZERO, Number(0))


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        (SurveyEstimate(30, 30.0), "shown"),
        (SurveyEstimate(29, 29.0), "withheld"),
        (SurveyEstimate(90, 29.9), "withheld"),
        (SurveyEstimate(100, 90.0, count=7), "withheld"),
        (SurveyEstimate(100, 90.0, count=93), "withheld"),
        (SurveyEstimate(100, 90.0, count=8), "shown"),
        (SurveyEstimate(100, 90.0, count=0), "shown"),
        (SurveyEstimate(40, 40.0, count=20, least_answers=50), "withheld"),
    ],
)
def test_a_survey_estimate_needs_thirty_answers_also_in_effect(rule: SurveyEstimate, state: str) -> None:
    assert through(Estimate(40.0, 35.0, 45.0), rule, SHARE).state == state


def test_an_estimate_is_rounded_until_its_base_stays_hidden() -> None:
    raw = Estimate(41.7123, 33.412, 50.499, 4.3571, n=128, effective_n=111.37)
    cell = through(raw, SurveyEstimate(128, 111.37, count=53), SHARE)
    assert cell.value == Estimate(42.0, 33.0, 50.0, 4.4, n=130, effective_n=110.0)


@pytest.mark.parametrize(("df", "told"), [(0, 0), (7, 0), (8, 8), (29, 8), (30, 30), (99, 30), (127, 100)])
def test_degrees_of_freedom_are_told_in_bands(df: int, told: int) -> None:
    """Of a simple random sample they are the number of answers less one."""
    raw = Estimate(40.0, 35.0, 45.0, df=df)
    assert through(raw, SurveyEstimate(128, 128.0), SHARE).value.df == told


def test_a_standard_error_does_not_give_the_number_of_answers_back() -> None:
    """At full precision each of 33 to 37 answers has a standard error of its own."""
    errors = [
        through(
            Estimate(40.0, 24.0, 58.0, 100 * (0.24 / n) ** 0.5, n=n), SurveyEstimate(n, n), SHARE
        ).value.standard_error
        for n in range(33, 38)
    ]
    assert len(set(errors)) < len(errors)


def test_small_bases_are_flagged() -> None:
    assert through(Estimate(40.0, 30.0, 50.0), SurveyEstimate(99, 95.0), SHARE).value.cautions == (
        Caution.SMALL_BASE,
    )
    assert through(Estimate(40.0, 30.0, 50.0), SurveyEstimate(400, 350.0), SHARE).value.cautions == ()


def test_tenths_of_a_point_are_shown_only_of_large_bases() -> None:
    raw = Estimate(4.26, 1.14, 7.38, 1.59)
    assert through(raw, SurveyEstimate(1200, 900.0), CHANGE).value.amount == 4.3
    assert through(raw, SurveyEstimate(200, 150.0), CHANGE).value.amount == 4.0


@pytest.mark.parametrize(
    ("p", "expected"),
    [(0.03125, Number(0.03)), (0.0004, Number(0.01, Bound.BELOW)), (0.5, Number(0.5))],
)
def test_p_is_rounded_to_hundredths(p: float, expected: Number) -> None:
    column = Column(key="value", kind=Kind.P, heading=given("p"))
    assert through(Number(p), SmallGroup(12), column).value == expected


def test_what_would_have_been_detected_is_rounded_like_a_standard_error() -> None:
    verdict = Column(key="value", kind=Kind.VERDICT, heading=given("Verdict"))
    value = Verdict(VerdictCode.INCONCLUSIVE, detectable=11.9871)
    assert through(value, SurveyEstimate(110, 100.0), verdict).value.detectable == 12.0


def test_a_change_is_withheld_when_one_of_its_rounds_is() -> None:
    table = one_column({"then": (number(1), None)}, column=SHARE)
    figures = (Figure("then", SurveyEstimate(12, 12.0)), Figure("now", SurveyEstimate(300, 280.0)))
    row = RawRow(key="change", cells=(RawCell(Words(given("x"))), RawCell(Estimate(5.0), figures)))
    (safe,) = pass_gate([replace(table, rows=(row,))]).tables
    assert safe.cell("change", "value") == Cell(State.WITHHELD)


def test_every_withholding_looks_the_same() -> None:
    values = {
        "small": (number(60), SmallGroup(4)),
        "alike": (number(60), SmallGroup(20, dominant_share=0.95)),
        "few": (number(60), SurveyEstimate(20, 20.0)),
        "count": (number(3), SurveyCount(3)),
    }
    (table,) = pass_gate([one_column(values)]).tables
    assert {row.cells[1] for row in table.rows} == {Cell(State.WITHHELD)}


def test_missing_is_typed_and_not_withheld() -> None:
    raw = one_column({"a": (None, None)})
    row = replace(raw.rows[0], cells=(raw.rows[0].cells[0], RawCell(missing=Missing.NOT_ASKED)))
    (table,) = pass_gate([replace(raw, rows=(row,))]).tables
    assert table.cell("a", "value") == Cell(State.MISSING, missing=Missing.NOT_ASKED)


def test_full_precision_goes_to_the_restricted_store_only() -> None:
    gated = pass_gate([one_column({"a": (Estimate(41.7123), SurveyEstimate(500, 400.0))}, column=SHARE)])
    assert [value.value for value in gated.restricted] == [Estimate(41.7123)]
    assert "41.71" not in repr(gated.tables)


def test_a_finding_sees_only_what_is_shown() -> None:
    def finding(table: SafeTable):
        return message("test.finding", share=table.cell("a", "value").value.amount)

    raw = one_column({"a": (number(41.7123), SurveyEstimate(500, 400.0))})
    (table,) = pass_gate([raw], findings={"residents.test": finding}).tables
    assert table.finding.params["share"] == 42


def test_a_number_in_the_words_around_a_table_is_refused() -> None:
    raw = one_column({"a": (number(1), None)})
    with pytest.raises(ValueError, match="carry a number"):
        pass_gate([replace(raw, heading=heading(base=message("base.n", n=17)))])


def test_one_figure_has_one_rule_wherever_it_stands() -> None:
    tables = [
        one_column({"a": (number(1), SmallGroup(9))}, table_id="one"),
        one_column({"a": (number(1), SmallGroup(8))}, table_id="two"),
    ]
    with pytest.raises(ValueError, match="two rules"):
        pass_gate(tables)
