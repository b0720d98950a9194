"""Natural limits and the four rules."""

from datetime import date

import pytest

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.xmr import Signal, Xmr, xmr


def chart(*values: float) -> Xmr:
    return xmr([(date(2000 + i, 1, 1), date(2000 + i, 12, 31)) for i in range(len(values))], values)


def test_limits_by_hand() -> None:
    # 10 12 alternating: mean 11, every range 2: limits 11 ± 5.32, ranges up to 6.534.
    found = chart(10, 12, 10, 12, 10, 12, 10, 12)
    assert (found.mean, found.mean_range) == (11, 2)
    assert (found.lower, found.upper) == (pytest.approx(5.68), pytest.approx(16.32))
    assert found.range_limit == pytest.approx(6.534)
    assert found.signals == ((),) * 8


def test_seven_points_are_refused_and_eleven_are_provisional() -> None:
    with pytest.raises(EstimationRefused) as refused:
        chart(1, 2, 1, 2, 1, 2, 1)
    assert refused.value.problems[0].code == "estimation.series_too_short"
    assert chart(*([1, 2] * 4)).provisional
    assert chart(*([1, 2] * 5), 1).provisional
    assert not chart(*([1, 2] * 6)).provisional


def test_a_point_outside_the_limits() -> None:
    # Mean 208/15, thirteen ranges of 4 and one of 26: MR̄ = 78/14, the upper limit 28.7.
    found = chart(*([10, 14] * 7), 40)
    assert found.upper == pytest.approx(208 / 15 + 2.66 * 78 / 14)
    assert found.signals == (*[()] * 14, (Signal.OUTSIDE,))


def test_two_of_three_beyond_two_sigma() -> None:
    # Mean 186/14, eleven ranges of 4, one of 7, one of 0: a sigma is 2.66·(51/13)/3 = 3.48.
    found = chart(*([10, 14] * 6), 21, 21)
    assert found.signals == (*[()] * 13, (Signal.TWO_OF_THREE,))


def test_eight_running_on_one_side_and_four_of_five_beyond_one_sigma() -> None:
    found = chart(1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2)
    marked = [i for i, one in enumerate(found.signals) if Signal.EIGHT_RUNNING in one]
    assert marked == [7, 15]
    assert [i for i, one in enumerate(found.signals) if Signal.FOUR_OF_FIVE in one] == [
        *range(3, 8),
        *range(11, 16),
    ]


def test_a_flat_series_gives_no_signal() -> None:
    found = chart(*([0.3, 0.1 + 0.2] * 4))
    assert (found.mean_range, found.signals) == (0, ((),) * 8)


def test_points_are_taken_in_the_order_of_time() -> None:
    values = [31.0, 28, 35, 33, 30, 41, 29, 32]
    spans = [(date(2000 + i, 1, 1), date(2000 + i, 12, 31)) for i in range(8)]
    assert xmr(spans[::-1], values[::-1]) == xmr(spans, values)


def test_shifting_and_scaling_moves_the_limits_with_the_values() -> None:
    values = [31.0, 28, 35, 33, 30, 41, 29, 32, 60]
    one, other = chart(*values), chart(*(0.1 * v - 7 for v in values))
    assert (other.lower, other.upper) == (
        pytest.approx(0.1 * one.lower - 7),
        pytest.approx(0.1 * one.upper - 7),
    )
    assert one.signals == other.signals


def test_as_many_periods_as_values() -> None:
    with pytest.raises(EstimationRefused) as refused:
        xmr([], [1.0] * 8)
    assert refused.value.problems[0].code == "estimation.series_lengths"
