"""Series of three to nine points."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.series import rank_correlation, trend


def test_mann_kendall_as_r_has_it(exact: dict[str, Any]) -> None:
    for case in exact["kendall"].values():
        assert trend(range(len(case["y"])), case["y"]).p == pytest.approx(case["p"], rel=1e-9)


def test_spearman_as_r_has_it(exact: dict[str, Any]) -> None:
    for case in exact["spearman"].values():
        found = rank_correlation(case["x"], case["y"])
        assert found.rho == pytest.approx(case["rho"], rel=1e-12)
        assert found.p == pytest.approx(case["p"], rel=1e-9)


def test_a_slope_and_its_interval_by_hand() -> None:
    # 1, 3, 4, 8, 9 in years 0–4. Slopes of the ten pairs, ordered:
    # 1 (3→4), 1 (8→9), 1.5 (1→4), 2 (1→3), 2 (1→9), 2 (3→9), 7/3 (1→8), 2.5 (3→8), 2.5 (4→9), 4 (4→8).
    # Median 2. All rise: S = 10, p = 2/120. Only 1 of 120 orders has no falling pair, 5 have under
    # two: the first and the last slope bound 98.3 %, the second ones too little for 95 %.
    found = trend([0, 1, 2, 3, 4], [1, 3, 4, 8, 9])
    assert (found.slope, found.lower, found.upper) == (2, 1, 4)
    assert (found.s, found.p) == (10, pytest.approx(2 / 120))


def test_four_points_cannot_reach_ninety_five_percent() -> None:
    found = trend([1, 2, 3, 4], [5, 6, 8, 9])
    assert (found.slope, found.s, found.lower, found.upper) == (pytest.approx(17 / 12), 6, None, None)
    assert (found.p, found.smallest_p) == (None, pytest.approx(2 / 24))
    assert trend([1, 2, 3, 4], [5, 6, 8, 9], level=0.9).p == pytest.approx(2 / 24)


def test_unequal_gaps_between_years_count() -> None:
    assert trend([2011, 2013, 2015.5], [10, 12, 14.5]).slope == 1


def test_ties_are_counted_over_all_orders() -> None:
    values = [1.0, 2.0, 2.0, 5.0, 3.0]
    found = trend(range(5), values)

    def kendall(order: tuple[float, ...]) -> float:
        return float(sum(np.sign(order[j] - order[i]) for i in range(5) for j in range(i + 1, 5)))

    everything = [kendall(order) for order in permutations(values)]
    assert found.s == kendall(tuple(values)) == 7
    assert found.p == pytest.approx(np.mean([abs(s) >= 7 for s in everything]), rel=1e-12)


def test_a_flat_series_has_no_trend_and_no_correlation() -> None:
    level = trend(range(6), [4, 4, 4, 4, 4, 4])
    assert (level.slope, level.s, level.p, level.smallest_p) == (0, 0, None, None)
    flat = rank_correlation([1, 2, 3, 4, 5], [7, 7, 7, 7, 7])
    assert (flat.rho, flat.p, flat.smallest_p) == (None, None, None)


def test_ties_too_many_to_reach_the_level_are_not_testable() -> None:
    # One value of five differs: it lies at an end in two of its five places.
    found = rank_correlation([1, 2, 3, 4, 5], [0, 0, 0, 0, 1])
    assert found.rho is not None
    assert (found.p, found.smallest_p) == (None, pytest.approx(2 / 5))
    assert trend(range(5), [0, 0, 0, 0, 1]).smallest_p == pytest.approx(2 / 5)


def test_values_apart_by_rounding_error_are_tied() -> None:
    assert trend(range(5), [0.3, 0.1 + 0.2, 0.4, 0.5, 0.6]).s == 9
    noisy = rank_correlation([1, 2, 3, 4, 5], [0.3, 0.1 + 0.2, 0.4, 0.5, 0.6])
    assert noisy == rank_correlation([1, 2, 3, 4, 5], [3, 3, 4, 5, 6])


def test_what_is_no_number_is_refused() -> None:
    for series in (trend, rank_correlation):
        with pytest.raises(EstimationRefused) as refused:
            series([1, 2, 3, 4, 5], [1, 2, float("nan"), 4, 5])
        assert refused.value.problems[0].code == "estimation.not_finite"


VALUES = st.lists(st.integers(0, 9), min_size=5, max_size=7)


@given(VALUES)
@settings(max_examples=25, deadline=None)
def test_turning_time_round_turns_the_slope(values: list[float]) -> None:
    n = len(values)
    one, other = trend(range(n), values), trend([-t for t in range(n)], values)
    assert (one.slope, one.s, one.p) == (-other.slope, -other.s, other.p)
    if one.lower is not None and one.upper is not None:
        assert (one.lower, one.upper) == (-other.upper, -other.lower)  # type: ignore[operator]
        assert one.lower <= one.slope <= one.upper


@given(VALUES, st.integers(-40, 40), st.sampled_from([0.1, 1 / 3, 25]))
@settings(max_examples=25, deadline=None)
def test_shifting_and_scaling_the_values_scales_the_slope(
    values: list[float], shift: int, factor: float
) -> None:
    n = len(values)
    one, other = trend(range(n), values), trend(range(n), [factor * v + shift for v in values])
    assert other.slope == pytest.approx(factor * one.slope, abs=1e-9)
    assert (one.s, one.p) == (other.s, other.p)


@given(VALUES, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_in_which_points_are_given_changes_nothing(values: list[float], chance: object) -> None:
    points = list(enumerate(values))
    chance.shuffle(points)  # type: ignore[attr-defined]
    assert trend(range(len(values)), values) == trend(*zip(*points, strict=True))


@pytest.mark.parametrize(
    ("times", "values", "code"),
    [
        ([1, 2], [1, 2], "series_too_short"),
        (list(range(10)), list(range(10)), "series_too_long"),
        ([1, 2, 2], [1, 2, 3], "time_twice"),
        ([1, 2, 3], [1, 2], "series_lengths"),
    ],
)
def test_what_is_no_series_is_refused(times: list[float], values: list[float], code: str) -> None:
    with pytest.raises(EstimationRefused) as refused:
        trend(times, values)
    assert refused.value.problems[0].code == f"estimation.{code}"


def test_four_pairs_are_too_few_for_a_correlation() -> None:
    with pytest.raises(EstimationRefused) as refused:
        rank_correlation([1, 2, 3, 4], [1, 2, 3, 4])
    assert refused.value.problems[0].code == "estimation.series_too_short"
