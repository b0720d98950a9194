"""Series of three to nine points."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

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
    assert (found.lower, found.upper, found.p) == (None, None, pytest.approx(2 / 24))


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
    assert (trend([1, 2, 3], [4, 4, 4]).slope, trend([1, 2, 3], [4, 4, 4]).p) == (0, 1)
    flat = rank_correlation([1, 2, 3, 4, 5], [7, 7, 7, 7, 7])
    assert (flat.rho, flat.p) == (None, None)


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
