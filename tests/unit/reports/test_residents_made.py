"""How the survey's figures were made, and what is to be said beside them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest

from lsp_assess.disclosure.decoding import table_of
from lsp_assess.disclosure.gate import Gated
from lsp_assess.disclosure.release import table_json
from lsp_assess.disclosure.rules import SurveyEstimate
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Caution, Estimate, IntervalMethod, Missing, Number, Verdict, Words
from lsp_assess.estimation import Flag, Lonely, stated_design
from lsp_assess.exchange.export_tables import Origin, export_table
from lsp_assess.kernel.messages import given, message
from lsp_assess.rendering.findings import show_finding
from lsp_assess.rendering.tables import show_table
from lsp_assess.rendering.wording import say
from lsp_assess.reports.draft import gated
from lsp_assess.reports.findings import choose
from lsp_assess.reports.measured import CAUTIONS
from lsp_assess.reports.method import OF_RESIDENTS
from lsp_assess.reports.survey import ResidentSurvey, RoundDesign
from lsp_assess.reports.tables_residents import resident_tables
from lsp_assess.reports.tables_residents_methods import method_table
from lsp_assess.residents.weight_stages import WeightStage
from tests.unit.reports.surveys import answers, satisfaction, survey, unweighted, wellbeing

WARDS = {"a1": 120, "a2": 100, "b1": 110, "b2": 110}
AREAS = "level_two.residents.areas.satisfied"
WEIGHTS, METHODS = f"{OF_RESIDENTS}weights", f"{OF_RESIDENTS}methods"
KEPT = (WeightStage.DESIGN, WeightStage.TRIMMED, WeightStage.FINAL)


def drawn(round_: str, *stages: WeightStage) -> RoundDesign:
    return RoundDesign(round=round_, has_strata=bool(stages), has_clusters=bool(stages), stages=stages)


def of_stated_design(frame: pd.DataFrame) -> object:
    return stated_design(
        frame, weights="w", strata="area", clusters="cluster", rounds="round", lonely=Lonely.ADJUST
    )


def weighted(frame: pd.DataFrame, *weights: float) -> ResidentSurvey:
    """The weights in turn, in the second round; the first stands as a simple random sample."""
    second = (frame["round"] == "r2").to_numpy()
    values = np.where(second, np.resize(weights, len(frame)), 1.0)
    return survey(
        frame.assign(w=values),
        satisfaction(),
        design=of_stated_design,
        designs=(drawn("r1"), drawn("r2", *KEPT)),
    )


def tables(of: ResidentSurvey) -> Sequence[SafeTable]:
    passed: Gated = gated(resident_tables(of))
    return (*passed.tables, *gated(method_table(passed.tables)).tables)


def table(of: ResidentSurvey, table_id: str) -> SafeTable:
    return next(one for one in tables(of) if one.id == table_id)


def words(of: SafeTable, row: str, column: str) -> str:
    value = of.cell(row, column).value
    assert isinstance(value, Words)
    return say(value.message)


def test_weights_of_one_half_and_three_halves_cost_a_fifth_of_the_interviews() -> None:
    """Mean 1, half each: Kish's effect is (0.25 + 2.25) ÷ 2 = 1.25, and 440 ÷ 1.25 = 352 in effect."""
    told = table(weighted(answers(WARDS), 0.5, 1.5), WEIGHTS)
    shown = [told.cell("r2", key).value for key in ("interviews", "smallest_weight", "largest_weight")]
    assert shown == [Number(440), Number(0.5), Number(1.5)]
    assert told.cell("r2", "weight_effect").value == Number(1.3)
    assert told.cell("r2", "effective").value == Number(350)


def test_weights_are_told_against_their_mean_whatever_they_add_up_to() -> None:
    told = table(weighted(answers(WARDS), 50, 150), WEIGHTS)
    assert told.cell("r2", "largest_weight").value == Number(1.5)


def test_each_stage_that_the_weights_went_through_is_named_in_its_order() -> None:
    told = table(weighted(answers(WARDS), 0.5, 1.5), WEIGHTS)
    assert words(told, "r2", "stages") == "chance of being asked, trimmed"
    assert words(told, "r2", "drawn") == "strata and sampling points"


def test_a_round_without_weights_says_so() -> None:
    told = table(weighted(answers(WARDS), 0.5, 1.5), WEIGHTS)
    assert words(told, "r1", "stages") == "no weights: every interview counts the same"
    assert told.cell("r1", "effective").missing is Missing.NOT_APPLICABLE
    assert told.cell("r1", "interviews").value == Number(440)


def test_the_weights_of_twenty_interviews_are_withheld() -> None:
    told = table(weighted(answers({"a1": 20}), 0.5, 1.5), WEIGHTS)
    keys = ("interviews", "smallest_weight", "largest_weight", "weight_effect", "effective")
    assert {told.cell("r2", key).state for key in keys} == {State.WITHHELD}


def test_figures_of_a_round_without_a_design_beside_one_that_has_one_are_marked() -> None:
    wards = table(weighted(answers(WARDS), 0.5, 1.5), AREAS)
    marked = [
        Caution.SIMPLE_RANDOM_SAMPLE in wards.cell("all", f"value:{r}").value.cautions for r in ("r1", "r2")
    ]
    assert marked == [True, False]
    assert Caution.SIMPLE_RANDOM_SAMPLE in wards.cell("all", "change:r1").value.cautions


def test_where_no_round_has_a_design_one_footnote_says_so_and_no_figure_is_marked() -> None:
    of = survey(answers(WARDS), satisfaction(), design=unweighted, designs=(drawn("r1"), drawn("r2")))
    wards = table(of, AREAS)
    assert "estimation.caveat.simple_random_sample" in {note.code for note in wards.heading.footnotes}
    assert all(Caution.SIMPLE_RANDOM_SAMPLE not in one.cautions for one in estimates(wards))


def estimates(of: SafeTable) -> list[Estimate]:
    return [cell.value for cell in of.cells() if isinstance(cell.value, Estimate)]


def test_a_stratum_with_one_sampling_point_is_told_under_every_table() -> None:
    frame = answers(WARDS)
    frame.loc[frame["area"] == "b2", "cluster"] = "b2-only"
    for one in tables(weighted(frame, 1.0)):
        if one.id != METHODS:
            assert "residents.note.lonely_adjusted" in {note.code for note in one.heading.footnotes}
    for one in tables(weighted(answers(WARDS), 1.0)):
        assert "residents.note.lonely_adjusted" not in {note.code for note in one.heading.footnotes}


@pytest.mark.parametrize(("people", "small"), [(60, True), (99, True), (160, False)])
def test_a_ward_of_30_to_99_answers_is_flagged_in_its_figures_and_their_change(
    people: int, small: bool
) -> None:
    wards = table(survey(answers({"a1": 300, "a2": 300, "b1": 300, "b2": people})), AREAS)
    for key in ("value:r1", "value:r2", "change:r1"):
        assert (Caution.SMALL_BASE in wards.cell("b2", key).value.cautions) is small
        assert Caution.SMALL_BASE not in wards.cell("all", key).value.cautions


def test_a_change_is_flagged_where_weights_leave_fewer_than_100_answers_in_effect() -> None:
    """Of 400 answers, one in seven weighs 30 times the others: a seventh of 400 in effect and little more."""
    uneven = weighted(answers({"a1": 400, "a2": 160}), *([1.0] * 6), 30.0)
    wards = table(uneven, AREAS)
    shown = [wards.cell("a1", key) for key in ("value:r2", "change:r1")]
    assert all(Caution.SMALL_BASE in cell.value.cautions for cell in shown)
    assert Caution.SMALL_BASE not in wards.cell("a1", "value:r1").value.cautions


def test_a_ward_of_few_sampling_points_is_marked_in_its_change_too() -> None:
    frame = answers({"a1": 200, "a2": 200, "b1": 200, "b2": 200})
    last = frame["area"] == "b2"
    frame.loc[last, "cluster"] = "b2-" + (frame.index[last] % 4).astype(str)
    wards = table(survey(frame), AREAS)
    for key in ("value:r1", "change:r1"):
        assert Caution.FEW_DEGREES_OF_FREEDOM in wards.cell("b2", key).value.cautions
        assert wards.cell("b2", key).value.df == 0
        assert Caution.FEW_DEGREES_OF_FREEDOM not in wards.cell("a1", key).value.cautions


def test_a_distribution_of_few_answers_is_flagged_beside_its_base() -> None:
    few = table(
        survey(answers({"a1": 45, "a2": 45}), satisfaction()), "level_two.residents.answers.satisfied"
    )
    assert few.cell("r1", "base").value == Number(90, cautions=(Caution.SMALL_BASE,))
    many = table(survey(answers(WARDS), satisfaction()), "level_two.residents.answers.satisfied")
    assert many.cell("r1", "base").value.cautions == ()


def test_an_interval_that_the_design_cannot_give_is_said_to_be_missing() -> None:
    frame = answers(WARDS).assign(cluster="one", w=1.0)
    of = survey(
        frame,
        satisfaction(),
        design=lambda f: stated_design(f, clusters="cluster", rounds="round", lonely=Lonely.ADJUST),
    )
    told = table(of, AREAS).cell("all", "value:r1").value
    assert (told.low, told.method) == (None, IntervalMethod.NONE)
    assert Caution.NO_INTERVAL in told.cautions


def test_every_flag_of_an_estimate_withholds_it_or_is_said_beside_it() -> None:
    withheld = {Flag.NOBODY, Flag.SMALL_N, Flag.SMALL_EFFECTIVE_N}
    assert withheld | set(CAUTIONS) == set(Flag)
    assert SurveyEstimate(29, 29.0).forbids
    assert SurveyEstimate(60, 29.9).forbids


def test_every_doubt_has_words() -> None:
    assert all(say(message(f"shown.caution.{caution.value}")) for caution in Caution)


def test_each_figure_carries_the_method_of_its_interval_and_its_degrees_of_freedom() -> None:
    """Forty sampling points without strata leave 39 degrees of freedom, told as at least 30."""
    told = table(survey(answers(WARDS)), "level_two.residents.change.shares.r1")
    value, change = (told.cell("satisfied", key).value for key in ("value:r2", "change:r1"))
    assert (value.method, value.df) == (IntervalMethod.LOGIT, 30)
    assert (change.method, change.df) == (IntervalMethod.T, 30)


def test_the_method_table_names_what_the_shown_figures_were_made_with() -> None:
    of = survey(answers(WARDS), satisfaction(), wellbeing())
    made = table(of, METHODS)
    assert words(made, "change.r1", "intervals") == "t interval; logit interval"
    assert words(made, "change.r1", "df") == "30–99"
    assert words(made, "change.r1", "test") == "Holm, 5% (tested together: 1)"
    assert words(made, "explored.r1", "test") == "Benjamini and Hochberg, 10% (tested together: 1)"
    assert words(made, "areas", "df") == "8–29"
    assert words(made, "answers", "test") == "none"
    assert made.cell("areas", "delta").value == Number(5)


def test_the_method_of_a_withheld_figure_is_not_named() -> None:
    """All of the small ward say yes: its interval would be Korn and Graubard's, and it is not shown."""
    frame = answers({"a1": 200, "a2": 200, "b1": 200, "b2": 25})
    frame.loc[frame["area"] == "b2", "satisfied"] = 5
    made = table(survey(frame, satisfaction()), METHODS)
    assert "Korn" not in words(made, "areas", "intervals")


def test_an_inconclusive_verdict_holds_what_could_have_been_found() -> None:
    for one in tables(survey(answers(WARDS))):
        for cell in one.cells():
            if isinstance(cell.value, Verdict) and cell.value.code == "inconclusive":
                assert cell.value.detectable


def test_a_release_keeps_doubts_methods_and_degrees_of_freedom() -> None:
    for one in tables(weighted(answers({"a1": 60, "a2": 200}), 0.5, 1.5)):
        assert table_of(table_json(one)) == one


def test_a_page_letters_the_doubts_of_counts_as_of_estimates() -> None:
    few = table(
        survey(answers({"a1": 45, "a2": 45}), satisfaction()), "level_two.residents.answers.satisfied"
    )
    shown = show_table(few)
    assert shown.marks[0][:2] == (Caution.SMALL_BASE, "a")
    assert shown.mark(shown.rows[0].cells[-1]) == "a"


def test_a_finding_of_page_two_tells_the_doubts_about_its_number() -> None:
    few = table(survey(answers({"a1": 45, "a2": 45}, lift=0.9)), "level_two.residents.change.shares.r1")
    (found,) = choose([few])
    shown = show_finding(found, few, "en")
    assert shown.doubts == ("Small base: fewer than 100 answers in effect. Read with care.",)


def exported(of: SafeTable) -> dict[str, object]:
    """The last row of a file of the table, by heading."""
    origin = Origin(given("Northbank, release 1"), "ab" * 32, date(2026, 3, 14), None)
    file = export_table(of, origin, say)
    return dict(zip(file.header, file.rows[-1], strict=True))


def test_a_file_of_a_table_names_the_interval_the_degrees_of_freedom_and_the_doubts_of_each_figure() -> None:
    wards = exported(table(survey(answers({"a1": 300, "a2": 300, "b1": 300, "b2": 60})), AREAS))
    assert wards["2025 (%): interval by"] == "logit interval"
    assert wards["2025 (%): degrees of freedom, at least"] == 8
    for heading in ("2025 (%)", "Change since 2024 (percentage points)"):
        assert str(wards[f"{heading}: read with care"]).startswith("Small base: fewer than 100 answers")


def test_a_file_of_a_distribution_says_beside_its_base_that_it_is_small() -> None:
    few = survey(answers({"a1": 45, "a2": 45}), satisfaction())
    told = exported(table(few, "level_two.residents.answers.satisfied"))
    assert str(told["Answers (people): read with care"]).startswith("Small base: fewer than 100 answers")
