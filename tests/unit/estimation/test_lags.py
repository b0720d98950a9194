"""Two short series on one clock."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.lags import Step, lagged, scan
from lsp_assess.estimation.series import rank_correlation

CRIME = [12.1, 11.8, 13.0, 14.2, 13.9, 15.5, 16.0, 15.2]
WORRY = [50.0, 51.0, 49.5, 53.0, 55.0, 54.0, 58.0, 59.5]


def rho(x: list[float], y: list[float]) -> float:
    """Spearman's from how many are less and how many more; 0 where one never varies."""
    a, b = ([sum((u > v) - (u < v) for v in values) for u in values] for values in (x, y))
    spread = sum(u * u for u in a) * sum(v * v for v in b)
    return sum(u * v for u, v in zip(a, b, strict=True)) / spread**0.5 if spread else 0.0


def test_the_following_series_is_read_so_many_periods_later() -> None:
    found = lagged(CRIME, WORRY, lag=2)
    assert (found.lag, found.pairs) == (2, 6)
    assert found.levels == rank_correlation(CRIME[:6], WORRY[2:])
    assert found.differences == rank_correlation(
        [round(b - a, 9) for a, b in pairwise(CRIME[:6])],
        [b - a for a, b in pairwise(WORRY[2:])],
    )


def test_two_series_that_both_grow_agree_in_levels_and_need_not_in_differences() -> None:
    # Differences 1 3 2 4 1 3 and 3 1 4 2 3 1: where the one leaps, the other hardly moves.
    one = [0.0, 1.0, 4.0, 6.0, 10.0, 11.0, 14.0]
    other = [0.0, 3.0, 4.0, 8.0, 10.0, 13.0, 14.0]
    found = lagged(one, other, lag=0)
    assert found.levels is not None
    assert found.differences is not None
    assert (found.levels.rho, found.levels.p) == (1, pytest.approx(2 / 5040))
    assert found.differences.rho is not None
    assert found.differences.rho < 0


def test_under_five_pairs_after_the_lag_there_are_only_directions() -> None:
    found = lagged([1, 2, 2, 4, 3], [7, 6, 6, 8, 9], lag=1)
    assert (found.pairs, found.levels, found.differences) == (4, None, None)
    assert found.steps == (Step(1, 1, 0), Step(2, 0, 1), Step(3, 1, 1))


def test_five_pairs_of_levels_may_be_four_of_differences() -> None:
    found = lagged([1, 2, 3, 5, 4], [2, 1, 3, 4, 5], lag=0)
    assert found.levels is not None
    assert (found.differences, len(found.steps)) == (None, 4)


def test_a_period_without_a_value_is_no_pair_and_breaks_two_differences() -> None:
    found = lagged([1, 2, None, 4, 3, 6, 5], [2, 1, 3, 4, 5, 7, 6], lag=0)
    assert found.pairs == 6
    assert found.levels == rank_correlation([1, 2, 4, 3, 6, 5], [2, 1, 4, 5, 7, 6])
    assert [step.period for step in found.steps] == [1, 4, 5, 6]


def test_a_lag_beyond_the_series_leaves_nothing() -> None:
    found = lagged([1, 2, 3], [1, 2, 3], lag=5)
    assert (found.pairs, found.levels, found.steps) == (0, None, ())


def test_the_search_over_lags_is_paid_for() -> None:
    lags = [0, 1, 2, 3]
    found = scan(CRIME, WORRY, lags=lags)
    alone = [one.levels for one in found.lags]
    best = max((one for one in alone if one is not None), key=lambda one: abs(one.rho or 0))
    assert found.levels is not None
    assert found.levels.rho == pytest.approx(best.rho)
    assert found.levels.p is not None
    assert best.p is not None
    assert found.levels.p > best.p


def test_the_largest_over_lags_counted_out_one_order_at_a_time() -> None:
    x, y, lags = [3.0, 1.0, 4.0, 2.0, 6.0, 2.0], [2.0, 2.0, 1.0, 5.0, 3.0, 7.0], [0, 1]

    def largest(order: tuple[float, ...]) -> float:
        return max(abs(rho(x[: 6 - lag], list(order[lag:]))) for lag in lags)

    seen = largest(tuple(y))
    share = np.mean([largest(order) >= seen - 1e-9 for order in permutations(y)])
    found = scan(x, y, lags=lags).levels
    assert found is not None
    assert abs(found.rho) == pytest.approx(seen)
    assert found.p == pytest.approx(share, rel=1e-9)


def test_a_search_with_periods_missing_orders_the_values_there_are() -> None:
    x = [3.0, 1.0, 4.0, 2.0, 6.0, 5.0, None]
    known = [2.0, 1.0, 5.0, 3.0, 7.0, 6.0]  # of the following series, whose first period is missing

    def largest(order: tuple[float, ...]) -> float:
        y = [None, *order]
        rhos = []
        for lag in (0, 1):
            both = [(a, b) for a, b in zip(x, y[lag:], strict=False) if a is not None and b is not None]
            if len(both) >= 5:
                rhos.append(abs(rho(*(list(column) for column in zip(*both, strict=True)))))
        return max(rhos)

    found = scan(x, [None, *known], lags=[0, 1]).levels
    share = np.mean([largest(order) >= largest(tuple(known)) - 1e-9 for order in permutations(known)])
    assert found is not None
    assert found.smallest_p is not None
    assert (found.lag, found.pairs) == (1, 6)
    assert found.p == pytest.approx(share, rel=1e-9)


def test_a_search_over_one_lag_is_that_lag_alone() -> None:
    found, alone = scan(CRIME, WORRY, lags=[1]).levels, lagged(CRIME, WORRY, lag=1).levels
    assert found is not None
    assert alone is not None
    assert (found.lag, found.pairs, found.p) == (1, 7, pytest.approx(alone.p))


def test_a_series_that_never_varies_has_no_strongest_lag() -> None:
    assert scan(CRIME, [5.0] * 8, lags=[0, 1]).levels is None
    assert scan([5.0] * 8, WORRY, lags=[0, 1]).levels is None
    assert scan([1, 2, 3], [1, 2, 3], lags=[0, 1]).levels is None


@pytest.mark.parametrize(
    ("leading", "following", "lag", "code"),
    [
        ([1, 2], [1, 2, 3], 0, "series_lengths"),
        ([1, 2, 3], [1, 2, 3], -1, "lag_negative"),
        (list(range(10)), list(range(10)), 0, "series_too_long"),
        ([1, 2, float("inf")], [1, 2, 3], 0, "not_finite"),
    ],
)
def test_what_is_no_pair_of_series_is_refused(
    leading: list[float], following: list[float], lag: int, code: str
) -> None:
    for attempt in (
        lambda: lagged(leading, following, lag=lag),
        lambda: scan(leading, following, lags=[lag]),
    ):
        with pytest.raises(EstimationRefused) as refused:
            attempt()
        assert refused.value.problems[0].code == f"estimation.{code}"


@given(
    st.lists(st.integers(0, 6), min_size=6, max_size=6), st.lists(st.integers(0, 6), min_size=6, max_size=6)
)
@settings(max_examples=20, deadline=None)
def test_shifting_scaling_and_turning_a_series(x: list[float], y: list[float]) -> None:
    one = scan(x, y, lags=[0, 1]).levels
    other = scan([10 * v - 3 for v in x], [-0.1 * v for v in y], lags=[0, 1]).levels
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert (one.rho, one.p, one.smallest_p) == (pytest.approx(-other.rho), other.p, other.smallest_p)
