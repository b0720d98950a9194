"""Tables of the resident survey; hand-worked where a number is claimed."""

from itertools import product
from math import sqrt

import pandas as pd
import pytest

from lsp_assess.disclosure.gate import Gated, RestrictedValue
from lsp_assess.disclosure.tables import Role, RowRole, SafeTable, State
from lsp_assess.disclosure.values import Caution, Estimate, Missing, Number, Verdict, VerdictCode
from lsp_assess.kernel.messages import given
from lsp_assess.reports.draft import gated
from lsp_assess.reports.survey import ResidentSurvey
from lsp_assess.reports.survey_asked import Asking, Standing
from lsp_assess.reports.tables_residents import resident_tables
from tests.unit.reports.surveys import answers, satisfaction, survey, unweighted, wellbeing

WARDS = {"a1": 120, "a2": 100, "b1": 110, "b2": 110}
CHANGE = "level_two.residents.change.shares.r1"


def passed(of: ResidentSurvey) -> Gated:
    return gated(resident_tables(of))


def table(of: ResidentSurvey, table_id: str) -> SafeTable:
    return next(one for one in passed(of).tables if one.id == table_id)


def exact(found: Gated, table_id: str, row: str, column: str) -> Estimate:
    value: RestrictedValue = next(
        one for one in found.restricted if (one.table, one.row, one.column) == (table_id, row, column)
    )
    assert isinstance(value.value, Estimate)
    return value.value


def clusters(yes: dict[tuple[str, str], int], size: int = 10) -> pd.DataFrame:
    """`size` answers a cluster and round, of which so many are favourable (4) and the rest not (2)."""
    rows = [
        (round_key, "a1", "a", cluster, 4 if i < n else 2)
        for (round_key, cluster), n in yes.items()
        for i in range(size)
    ]
    return pd.DataFrame(rows, columns=["round", "area", "group", "cluster", "satisfied"])


FAVOURABLE = {
    **dict(zip(product(["r1"], "ABCDEF"), (2, 4, 5, 3, 6, 4), strict=True)),
    **dict(zip(product(["r2"], "ABCDEF"), (4, 5, 7, 4, 8, 8), strict=True)),
}


def test_a_published_percentage_has_the_standard_error_of_its_clusters() -> None:
    """24 of 60 in six clusters of ten: 40 %; V = 6/5 · Σ(y_c − 10·0.4)² / 60²."""
    found = passed(survey(clusters(FAVOURABLE), satisfaction()))
    told = exact(found, CHANGE, "satisfied", "value:r1")
    spread = sum((n - 4) ** 2 for n in (2, 4, 5, 3, 6, 4))
    assert told.amount == pytest.approx(40)
    assert told.standard_error == pytest.approx(100 * sqrt(6 / 5 * spread) / 60, rel=1e-8)


def test_a_change_carries_the_covariance_of_clusters_visited_twice() -> None:
    """From 40 % to 60 % in the same six clusters: V = v₁ + v₂ − 2c₁₂, each a sum over clusters."""
    found = passed(survey(clusters(FAVOURABLE), satisfaction()))
    told = exact(found, CHANGE, "satisfied", "change:r1")
    first = [n - 4 for n in (2, 4, 5, 3, 6, 4)]
    second = [n - 6 for n in (4, 5, 7, 4, 8, 8)]
    v1, v2 = (6 / 5 * sum(e * e for e in each) / 60**2 for each in (first, second))
    c12 = 6 / 5 * sum(a * b for a, b in zip(first, second, strict=True)) / 60**2
    assert c12 > 0
    assert told.amount == pytest.approx(20)
    assert told.standard_error == pytest.approx(100 * sqrt(v1 + v2 - 2 * c12), rel=1e-8)


def test_what_is_shown_is_rounded_and_says_how_much_it_moved() -> None:
    shown = table(survey(answers(WARDS, lift=0.4)), CHANGE)
    change = shown.cell("satisfied", "change:r1").value
    verdict = shown.cell("satisfied", "verdict:r1").value
    assert isinstance(change, Estimate)
    assert change.amount > 5
    assert verdict == Verdict(VerdictCode.MATERIAL_CHANGE)
    assert shown.finding.code == "residents.finding.moved"


def test_an_inconclusive_change_says_what_would_have_been_found() -> None:
    shown = table(survey(answers(WARDS)), CHANGE)
    verdict = shown.cell("satisfied", "verdict:r1").value
    assert verdict.code is VerdictCode.INCONCLUSIVE
    assert verdict.detectable > 5


def test_the_whole_distribution_adds_up_to_a_hundred_before_rounding() -> None:
    shown = table(survey(answers(WARDS)), "level_two.residents.answers.satisfied")
    for row in shown.rows:
        shares = [
            cell.value.amount
            for cell, column in zip(row.cells, shown.columns, strict=True)
            if column.role is Role.CATEGORY
        ]
        assert sum(shares) == pytest.approx(100, abs=2.5)


def test_an_answer_of_three_people_is_withheld_with_another_of_its_end_of_the_scale() -> None:
    frame = answers({"a1": 300})
    first = frame[(frame["round"] == "r2") & (frame["satisfied"] == 1)].index
    frame.loc[first[3:], "satisfied"] = 2
    shown = table(survey(frame, satisfaction()), "level_two.residents.answers.satisfied")
    withheld = [i for i in range(1, 6) if shown.cell("r2", f"answer:{i}").state is State.WITHHELD]
    assert withheld == [1, 2]
    assert shown.cell("r1", "balance").state is State.SHOWN


def test_a_question_asked_otherwise_without_a_crosswalk_is_not_compared() -> None:
    question = satisfaction(asked={"r1": Asking.NOT_COMPARABLE, "r2": Asking.SAME})
    shown = table(survey(answers(WARDS), question), CHANGE)
    assert shown.cell("satisfied", "change:r1").missing is Missing.NOT_COMPARABLE
    assert shown.cell("satisfied", "verdict:r1").value == Verdict(VerdictCode.NOT_COMPARED)


def test_a_question_asked_otherwise_with_a_crosswalk_is_compared_and_marked() -> None:
    question = satisfaction(
        asked={"r1": Asking.MARKED, "r2": Asking.SAME}, marks={"r1": given("asked of the city")}
    )
    shown = table(survey(answers(WARDS), question), CHANGE)
    assert Caution.SERIES_BREAK in shown.cell("satisfied", "change:r1").value.cautions
    assert "residents.note.break" in {note.code for note in shown.heading.footnotes}


def test_a_question_that_was_not_asked_before_says_so() -> None:
    question = satisfaction(asked={"r2": Asking.SAME})
    shown = table(survey(answers(WARDS), question), CHANGE)
    assert shown.cell("satisfied", "value:r1").missing is Missing.NOT_ASKED
    assert shown.finding.code == "residents.finding.nothing_compared"


def test_a_simple_random_sample_says_so() -> None:
    of = survey(answers(WARDS), satisfaction(), design=unweighted)
    notes = {note.code for note in table(of, CHANGE).heading.footnotes}
    assert "estimation.caveat.simple_random_sample" in notes
    assert "estimation.caveat.simple_random_sample" in {c.code for c in resident_tables(of).caveats}


def test_a_ward_of_twenty_hides_with_its_neighbour_and_not_through_its_group() -> None:
    of = survey(answers({"a1": 120, "a2": 100, "b1": 110, "b2": 20}))
    wards = table(of, "level_two.residents.areas.satisfied")
    hidden = {row.key for row in wards.rows if row.cells[1].state is State.WITHHELD}
    assert hidden == {"b1", "b2"}
    groups = table(of, "level_two.residents.groups.satisfied")
    assert {row.cells[1].state for row in groups.rows} == {State.SHOWN}


def test_where_most_wards_are_too_small_none_is_shown() -> None:
    of = survey(answers({f"{group}{i}": 25 for group in "abc" for i in range(3)}))
    wards = table(of, "level_two.residents.areas.satisfied")
    parts = [row for row in wards.rows if row.role is RowRole.PART]
    assert {cell.state for row in parts for cell in row.cells[1:]} == {State.WITHHELD}
    assert wards.is_all_withheld
    assert wards.finding.code == "residents.finding.areas_withheld"


def test_means_stand_apart_from_shares() -> None:
    of = survey(answers(WARDS), satisfaction(), wellbeing(standing=Standing.HEADLINE))
    means = table(of, "level_two.residents.change.means.r1")
    assert [row.key for row in means.rows] == ["life"]
    # A twentieth of a scale of ten.
    assert means.cell("life", "delta:r1").value == Number(0.5)
