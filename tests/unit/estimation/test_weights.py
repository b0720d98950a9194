"""Weights that can be counted by hand, what is kept of them, and what is refused."""

from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    Adjustment,
    Distance,
    EstimationRefused,
    Statistic,
    Weighting,
    address_weights,
    attrition,
    calibrated,
    margin,
    mean,
    population_total,
    post_stratified,
    raked,
    starting_weights,
    stated_design,
    total,
    trimmed,
    trimmed_and_raked,
    weights_report,
)
from lsp_assess.residents.sample import design_weight


def eight() -> pd.DataFrame:
    """Five women and three men; two of the women and two of the men are old."""
    return pd.DataFrame(
        {
            "sex": ["f"] * 5 + ["m"] * 3,
            "age": ["young", "young", "young", "old", "old", "young", "old", "old"],
            "weight": [1.0] * 8,
            "score": [1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 6.0, 8.0],
        }
    )


def start(frame: pd.DataFrame, **more: Any) -> Weighting:
    return starting_weights(frame, weights="weight", **more)


def refusal(found: pytest.ExceptionInfo[EstimationRefused]) -> dict[str, Any]:
    (problem,) = found.value.problems
    return {"code": problem.code.removeprefix("estimation."), **problem.what.params}


def test_an_adult_of_a_household_stands_for_its_adults_over_the_chance_of_the_address() -> None:
    frame = pd.DataFrame({"chance": [0.025, 1.0, 0.5], "adults": [3, 1, 2]})
    made = address_weights(frame, probability="chance", adults="adults")
    assert made.weights == pytest.approx([120, 1, 4])
    alone = [
        design_weight(adults=a, probability=p) for a, p in zip(frame["adults"], frame["chance"], strict=True)
    ]
    assert made.weights.tolist() == alone


def test_those_who_stayed_stand_for_those_of_their_class_who_left() -> None:
    # North: weights 1, 2, 3, of whom the one of 2 left: 6/4. South: 4 stays, 6 left: 10/4.
    frame = pd.DataFrame(
        {"weight": [1, 2, 3, 4, 6], "ward": ["n", "n", "n", "s", "s"], "stayed": [1, 0, 1, 1, 0]}
    )
    made = attrition(start(frame), stayed="stayed", classes=("ward",))
    assert made.weights == pytest.approx([1.5, 0, 4.5, 10, 0])
    whole = attrition(start(frame), stayed="stayed")
    assert whole.weights == pytest.approx(np.array([1, 0, 3, 4, 0]) * 16 / 8)


def test_attrition_is_made_up_for_within_each_round() -> None:
    frame = pd.DataFrame({"round": [1, 1, 2, 2], "weight": [1, 1, 5, 5], "stayed": [1, 1, 1, 0]})
    made = attrition(start(frame, rounds="round"), stayed="stayed")
    assert made.weights == pytest.approx([1, 1, 10, 0])


def test_post_stratified_weights_and_their_standard_error() -> None:
    # 50 women, 50 men: the five women weigh 10 each, the three men 50/3. ȳ = (3 + 6)/2 = 4.5.
    # Residuals about the sexes' means are −2 … 2 and −2, 0, 2, each times its weight / 100:
    #   Σz² = (10/100)²·10 + (1/6)²·8 = 0.1 + 2/9, z̄ = 0, V = 8/7 · (0.1 + 2/9) = 116/315.
    made = post_stratified(start(eight()), margin("sex", {"f": 50, "m": 50}))
    assert made.weights == pytest.approx([10] * 5 + [50 / 3] * 3, rel=1e-12)
    (found,) = mean(stated_design(eight(), weights=made), "score").estimates
    assert found.value == pytest.approx(4.5, rel=1e-12)
    assert found.se == pytest.approx(sqrt(116 / 315), rel=1e-10)


def test_the_standard_error_is_not_that_of_weights_that_were_given() -> None:
    # About the common mean 4.5 the residuals are −3.5 … 0.5 and −0.5, 1.5, 3.5: as though the sexes'
    # shares had been drawn by chance.
    made = post_stratified(start(eight()), margin("sex", {"f": 50, "m": 50}))
    (told,) = mean(stated_design(eight(), weights=made), "score").estimates
    given = eight().assign(weight=made.weights)
    (wrong,) = mean(stated_design(given, weights="weight"), "score").estimates
    assert wrong.value == pytest.approx(told.value, rel=1e-12)
    assert told.se is not None
    assert wrong.se is not None
    assert told.se < 0.85 * wrong.se


def test_what_was_fitted_to_is_known_without_error() -> None:
    frame = eight().assign(woman=[1] * 5 + [0] * 3, one=1)
    made = raked(start(frame), margin("sex", {"f": 60, "m": 40}), margin("age", {"young": 55, "old": 45}))
    design = stated_design(frame, weights=made)
    (women,) = mean(design, "woman").estimates
    assert (women.value, women.se) == (pytest.approx(0.6, rel=1e-10), 0)
    by_age = total(design, "one", by=("age",))
    assert [e.value for e in by_age.estimates] == pytest.approx([45, 55], rel=1e-10)
    assert [e.se for e in by_age.estimates] == [0, 0]


def test_raking_to_one_margin_is_post_stratification_and_to_a_product_table_a_product() -> None:
    sexes = margin("sex", {"f": 50, "m": 50})
    assert raked(start(eight()), sexes).weights == pytest.approx(
        post_stratified(start(eight()), sexes).weights, rel=1e-10
    )
    # One person in each of the four combinations: the raked table is that of independence.
    four = pd.DataFrame({"sex": list("ffmm"), "age": list("yoyo"), "weight": 1.0})
    made = raked(start(four), margin("sex", {"f": 60, "m": 40}), margin("age", {"y": 30, "o": 70}))
    assert made.weights == pytest.approx([18, 42, 12, 28], rel=1e-10)


def test_margins_of_several_columns_as_shares() -> None:
    cells = {("f", "young"): 0.3, ("f", "old"): 0.2, ("m", "young"): 0.1, ("m", "old"): 0.4}
    made = post_stratified(start(eight()), margin(("sex", "age"), cells))
    assert made.weights == pytest.approx([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2], rel=1e-12)


@pytest.mark.parametrize("kind", ["int8", "uint8", "Int64", "float64", "str", "category"])
def test_categories_of_any_kind_of_column(kind: str) -> None:
    # Two of five are in the first category; far apart, and beyond what eight bits can tell apart.
    values = [100, 100, 120, 120, 120] if kind in ("uint8", "str") else [-100, -100, 100, 100, 100]
    column = pd.Series(values).astype("str" if kind == "str" else kind)
    frame = pd.DataFrame({"group": column, "weight": 1.0})
    low, high = sorted(frame["group"].unique().tolist(), key=str)
    made = raked(start(frame), margin("group", {low: 30, high: 60}))
    assert sorted(made.weights) == pytest.approx([15, 15, 20, 20, 20])


def test_rows_outside_the_sample_need_no_category() -> None:
    frame = eight().assign(weight=[1.0] * 7 + [0.0], sex=["f"] * 5 + ["m"] * 2 + [None])
    made = raked(start(frame), margin("sex", {"f": 50, "m": 50}))
    assert made.weights == pytest.approx([10] * 5 + [25] * 2 + [0])
    (found,) = mean(stated_design(frame, weights=made), "score").estimates
    assert (found.value, found.n) == (pytest.approx(4), 7)


def test_a_total_that_no_row_adds_to_is_out_of_reach() -> None:
    frame = eight().assign(nothing=0.0)
    with pytest.raises(EstimationRefused) as found:
        calibrated(start(frame), margin("sex", {"f": 5, "m": 3}), population_total("nothing", 4))
    assert refusal(found)["code"] == "margins_out_of_reach"
    assert refusal(found)["column"] == "nothing"
    even = calibrated(start(frame), margin("sex", {"f": 5, "m": 3}), population_total("nothing", 0))
    (score,) = mean(stated_design(frame, weights=even), "score").estimates
    assert score.se is not None
    assert score.se > 0


def test_a_calibrated_total_is_met_and_bounds_are_kept() -> None:
    known = (margin("sex", {"f": 4, "m": 4}), population_total("score", 34.0))
    for distance in Distance:
        made = calibrated(start(eight()), *known, distance=distance, bounds=(0.4, 1.8))
        factors = made.weights
        assert factors @ eight()["score"] == pytest.approx(34, rel=1e-9)
        assert factors[:5].sum() == pytest.approx(4, rel=1e-9)
        assert factors.min() >= 0.4 - 1e-12
        assert factors.max() <= 1.8 + 1e-12


def test_trimming_shares_what_is_cut_off_and_keeps_the_sum() -> None:
    # Mean 2, limit 4: 6 is cut to 4, the 2 left over shared among the other four.
    frame = pd.DataFrame({"weight": [1.0, 1.0, 1.0, 1.0, 6.0]})
    made = trimmed(start(frame), upper=2)
    assert made.weights == pytest.approx([1.5, 1.5, 1.5, 1.5, 4])
    assert made.stages[-1].limits[0].outside == 0


def test_trimming_and_raking_by_turns_until_both_hold() -> None:
    frame = eight().assign(weight=[9.0, 1, 1, 1, 1, 1, 1, 5])
    margins = (margin("sex", {"f": 60, "m": 40}), margin("age", {"young": 55, "old": 45}))
    made = trimmed_and_raked(start(frame), *margins, lower=0.4, upper=1.8)
    average = made.weights.mean()
    assert made.weights.max() <= 1.8 * average * (1 + 2e-6)
    assert made.weights.min() >= 0.4 * average * (1 - 2e-6)
    assert made.weights[:5].sum() == pytest.approx(60, rel=1e-9)
    assert [stage.name for stage in made.stages] == ["design", "trimmed", "raked"]
    assert made.stages[-1].limits[0].outside == 0
    assert made.stages[-1].limits[0].passes > 1


def test_limits_that_the_margins_do_not_allow_are_said_not_to_hold() -> None:
    # Three men of eight have to stand for 90 of 100: about 30 each, while 1.8 times the mean is 22.5.
    made = trimmed_and_raked(start(eight()), margin("sex", {"f": 10, "m": 90}), upper=1.8)
    assert made.weights[5:].sum() == pytest.approx(90, rel=1e-9)
    assert made.stages[-1].limits[0].outside > 0


def test_each_stage_is_kept_by_name() -> None:
    frame = eight().assign(stayed=[1, 1, 1, 1, 1, 1, 1, 0])
    sexes = margin("sex", {"f": 50, "m": 50})
    made = raked(trimmed(raked(attrition(start(frame), stayed="stayed"), sexes), upper=1.2), sexes)
    assert list(made.by_stage) == ["design", "attrition", "raked", "trimmed", "raked_2"]
    assert made.stages[-1].adjustment is Adjustment.RAKED
    assert made.by_stage["design"].tolist() == [1.0] * 8
    assert made.by_stage["attrition"][7] == 0
    assert made.weights is made.by_stage["raked_2"]


def test_a_round_without_a_margin_keeps_its_weights_and_rounds_have_margins_of_their_own() -> None:
    frame = pd.concat([eight().assign(round=r) for r in (1, 2, 3)], ignore_index=True)
    made = raked(
        start(frame, rounds="round"),
        margin("sex", {"f": 50, "m": 50}, round=1),
        margin("sex", {"f": 25, "m": 75}, round=3),
    )
    assert made.weights == pytest.approx([10] * 5 + [50 / 3] * 3 + [1] * 8 + [5] * 5 + [25] * 3, rel=1e-10)
    assert [fit.round for fit in made.stages[-1].fits] == [1, 3]
    # The standard error of each round is that of the round fitted alone; the second's is unchanged.
    by_round = mean(stated_design(frame, weights=made, rounds="round"), "score", by=("round",))
    alone = post_stratified(start(eight()), margin("sex", {"f": 50, "m": 50}))
    (first,) = mean(stated_design(eight(), weights=alone), "score").estimates
    (given,) = mean(stated_design(eight(), weights="weight"), "score").estimates
    assert by_round.pick(Statistic.MEAN, round=1).se == pytest.approx(first.se, rel=1e-9)
    assert by_round.pick(Statistic.MEAN, round=2).se == pytest.approx(given.se, rel=1e-9)


def test_a_report_tells_the_spread_of_each_stage_and_what_the_margins_were() -> None:
    # Weights 10 (five) and 50/3 (three): Σw = 100, Σw² = 500 + 2500/3 = 4000/3, so
    # effective n = 10⁴·3/4000 = 7.5 and 1 + cv² = 8/7.5.
    report = weights_report(post_stratified(start(eight()), margin("sex", {"f": 50, "m": 50})))
    before, after = report.spreads
    assert (before.stage, before.n, before.ratio, before.cv, before.effective_n) == ("design", 8, 1, 0, 8)
    assert (after.stage, after.n, after.total) == ("post_stratified", 8, pytest.approx(100))
    assert (after.smallest, after.largest) == pytest.approx((10, 50 / 3))
    assert after.ratio == pytest.approx(5 / 3)
    assert after.effective_n == pytest.approx(7.5)
    assert after.design_effect == pytest.approx(8 / 7.5)
    women, men = report.fitted
    assert (women.columns, women.category, women.target) == (("sex",), ("f",), 50)
    assert (women.before, women.after) == pytest.approx((5, 50))
    assert men.shares is not None
    assert (men.shares.target, men.shares.before, men.shares.after) == pytest.approx((0.5, 3 / 8, 0.5))
    ((stage, of_round, convergence),) = report.convergence
    assert (stage, of_round) == ("post_stratified", None)
    assert convergence.iterations >= 1
    assert convergence.gap < 1e-10


REFUSED: dict[str, tuple[Any, dict[str, Any]]] = {
    "a category of the sample without a target": (
        lambda: raked(start(eight()), margin("sex", {"f": 50})),
        {"code": "category_without_margin", "column": "sex", "category": "m"},
    ),
    "a target for nobody": (
        lambda: raked(start(eight()), margin("sex", {"f": 50, "m": 40, "x": 10})),
        {"code": "margin_without_anybody", "column": "sex", "category": "x"},
    ),
    "margins of two populations": (
        lambda: raked(start(eight()), margin("sex", {"f": 5, "m": 5}), margin("age", {"young": 5, "old": 6})),
        {"code": "margin_totals_differ", "column": "sex", "total": 10, "other": "age", "other_total": 11},
    ),
    "a target of nought": (
        lambda: margin("sex", {"f": 0, "m": 1}),
        {"code": "margin_not_positive", "column": "sex", "category": "f", "target": 0},
    ),
    "a class that nobody stayed in": (
        lambda: attrition(start(eight().assign(stayed=[1] * 5 + [0] * 3)), stayed="stayed", classes=("sex",)),
        {"code": "nobody_stayed", "column": "sex", "category": "m"},
    ),
    "weights below nought": (
        lambda: calibrated(start(eight()), margin("sex", {"f": 5, "m": 3}), population_total("score", 60)),
        {"code": "weights_below_zero", "rows": 3},
    ),
    "a margin of a round that is not there": (
        lambda: raked(start(eight()), margin("sex", {"f": 5, "m": 3}, round=2)),
        {"code": "margin_of_another_round", "column": "sex", "round": "2"},
    ),
    "two margins to post-stratify by": (
        lambda: post_stratified(
            start(eight()), margin("sex", {"f": 5, "m": 3}), margin("age", {"young": 4, "old": 4})
        ),
        {"code": "one_margin_a_round", "column": "sex × age"},
    ),
    "no margin": (lambda: raked(start(eight())), {"code": "nothing_known"}),
    "bounds on one side of 1": (
        lambda: calibrated(start(eight()), margin("sex", {"f": 5, "m": 3}), bounds=(1.1, 2)),
        {"code": "bounds_impossible", "lower": 1.1, "upper": 2},
    ),
    "logit without bounds": (
        lambda: calibrated(start(eight()), margin("sex", {"f": 5, "m": 3}), distance=Distance.LOGIT),
        {"code": "bounds_needed"},
    ),
    "limits above the mean": (
        lambda: trimmed(start(eight()), lower=1.1),
        {"code": "limits_impossible", "lower": 1.1, "upper": np.inf},
    ),
    "a probability over 1": (
        lambda: address_weights(eight().assign(p=25, a=1), probability="p", adults="a"),
        {"code": "probability_impossible", "column": "p"},
    ),
    "a household of nobody": (
        lambda: address_weights(eight().assign(p=0.5, a=0), probability="p", adults="a"),
        {"code": "household_without_adults", "column": "a"},
    ),
    "weights of other rows": (
        lambda: stated_design(eight().head(5), weights=start(eight())),
        {"code": "weights_of_other_rows", "weights": 8, "rows": 5},
    ),
    "an empty value of a margin": (
        lambda: raked(start(eight().replace("m", None)), margin("sex", {"f": 5})),
        {"code": "design_value_missing", "column": "sex", "rows": 3},
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_by_name(case: str) -> None:
    attempt, expected = REFUSED[case]
    with pytest.raises(EstimationRefused) as found:
        attempt()
    assert refusal(found) == expected


def test_bounds_too_narrow_name_the_category_that_is_not_reached() -> None:
    with pytest.raises(EstimationRefused) as found:
        calibrated(
            start(eight()),
            margin("sex", {"f": 2, "m": 6}),
            margin("age", {"young": 4, "old": 4}),
            distance=Distance.RAKING,
            bounds=(0.9, 1.5),
        )
    said = refusal(found)
    assert said["code"] == "bounds_too_narrow"
    assert (said["column"], said["lower"], said["upper"]) == ("sex", 0.9, 1.5)


def test_margins_that_empty_combinations_make_impossible_name_the_category() -> None:
    # All women are young and all men old: 60 women and 50 young cannot both be.
    frame = pd.DataFrame({"sex": list("fffmmm"), "age": ["young"] * 3 + ["old"] * 3, "weight": 1.0})
    with pytest.raises(EstimationRefused) as found:
        raked(start(frame), margin("sex", {"f": 60, "m": 40}), margin("age", {"young": 50, "old": 50}))
    assert refusal(found)["code"] == "margins_out_of_reach"


def test_a_combination_that_would_have_to_weigh_nothing_is_named() -> None:
    # Nobody is a man and old: 50 men are all young, so that none of 50 young can be women.
    frame = pd.DataFrame({"sex": list("fffm"), "age": ["young", "old", "old", "young"], "weight": 1.0})
    with pytest.raises(EstimationRefused) as found:
        raked(start(frame), margin("sex", {"f": 50, "m": 50}), margin("age", {"young": 50, "old": 50}))
    assert refusal(found) == {
        "code": "cell_would_weigh_nothing",
        "column": "sex × age",
        "category": "f × young",
    }
