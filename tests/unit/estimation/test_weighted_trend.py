"""Slopes weighted by 1/se²."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.weighted_trend import weighted_trend


def test_a_slope_by_hand() -> None:
    # Equal weights of 4, times −1 0 1: Σw t² = 8, slope (3 − 1)/2 = 1, residuals 0: se √(1/8).
    found = weighted_trend([0, 1, 2], [1, 2, 3], [0.5, 0.5, 0.5])
    assert (found.slope, found.se, found.df) == (pytest.approx(1), pytest.approx(8**-0.5), 1)
    assert found.upper == pytest.approx(1 + 1.959964 * 8**-0.5)
    assert (found.q, found.q_p) == (pytest.approx(0, abs=1e-12), pytest.approx(1))


def test_a_precise_point_counts_for_more() -> None:
    equal = weighted_trend([0, 1, 2, 3], [1, 2, 3, 10], [1, 1, 1, 1])
    doubtful = weighted_trend([0, 1, 2, 3], [1, 2, 3, 10], [1, 1, 1, 100])
    assert equal.slope == pytest.approx(2.8)
    assert doubtful.slope == pytest.approx(1, abs=0.01)


def test_the_wider_of_two_intervals() -> None:
    # One line with errors large and small: by the errors (Σ(t − t̄)² = 5), or by the scatter about it.
    values = [1.01, 1.98, 3.02, 3.99]
    near, far = (weighted_trend([0, 1, 2, 3], values, [error] * 4) for error in (1, 0.001))
    assert near.upper - near.slope == pytest.approx(1.959964 * 5**-0.5)
    residual = sum((v - (1.003 + 0.998 * t)) ** 2 for t, v in enumerate(values)) / 2
    assert far.upper - far.slope == pytest.approx(4.302653 * (residual / 5) ** 0.5, rel=1e-6)
    assert far.q_p < 0.001 < 0.9 < near.q_p


def test_either_interval_leaves_out_nought_where_its_p_says_so() -> None:
    for error in (0.05, 0.4, 1.5):
        found = weighted_trend([0, 1, 2, 3, 4], [1, 2.2, 2.1, 3.4, 3.2], [error] * 5)
        level = 1 - found.p
        at = weighted_trend([0, 1, 2, 3, 4], [1, 2.2, 2.1, 3.4, 3.2], [error] * 5, level=level)
        assert at.lower == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("times", "values", "errors", "code"),
    [
        ([1, 2], [1, 2], [1, 1], "series_too_short"),
        ([1, 2, 2], [1, 2, 3], [1, 1, 1], "time_twice"),
        ([1, 2, 3], [1, 2, 3], [1, 1], "series_lengths"),
        ([1, 2, 3], [1, 2, 3], [1, 0, 1], "standard_error_impossible"),
        ([1, 2, 3], [1, 2, 3], [1, -2, 1], "standard_error_impossible"),
        ([1, 2, 3], [1, 2, float("nan")], [1, 1, 1], "not_finite"),
    ],
)
def test_what_is_no_survey_series_is_refused(
    times: list[float], values: list[float], errors: list[float], code: str
) -> None:
    with pytest.raises(EstimationRefused) as refused:
        weighted_trend(times, values, errors)
    assert refused.value.problems[0].code == f"estimation.{code}"


POINTS = st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 9)), min_size=3, max_size=8)


@given(POINTS, st.sampled_from([0.01, 7.0]), st.integers(-90, 90))
@settings(max_examples=25, deadline=None)
def test_scaling_shifting_and_turning_time(points: list[tuple[int, int]], factor: float, shift: int) -> None:
    values, errors = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    times = np.arange(len(points), dtype=float)
    one = weighted_trend(times, values, errors)
    scaled = weighted_trend(times + 2000, factor * values + shift, factor * errors)
    turned = weighted_trend(-times, values, errors)
    assert scaled.slope == pytest.approx(factor * one.slope, abs=1e-8)
    assert (scaled.se, scaled.p) == (pytest.approx(factor * one.se), pytest.approx(one.p, abs=1e-6))
    assert (turned.slope, turned.lower) == (pytest.approx(-one.slope), pytest.approx(-one.upper))
