"""Which periods are points."""

from datetime import date

import pytest

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.points import Span, apart
from lsp_assess.estimation.xmr import xmr


def rolling(year: int, month: int) -> Span:
    """Twelve months up to the end of a quarter."""
    end = {3: 31, 6: 30, 9: 30, 12: 31}[month]
    start = date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1)
    return start, date(year, month, end)


def test_of_rolling_years_told_each_quarter_one_in_four_is_a_point() -> None:
    spans = [rolling(2019, 12), *(rolling(2020, m) for m in (3, 6, 9, 12)), rolling(2021, 3)]
    found = apart(spans)
    assert (found.points, found.overlapping) == ((1, 5), (0, 2, 3, 4))


def test_the_latest_is_always_a_point_in_whatever_order_they_come() -> None:
    spans = [rolling(2021, 3), rolling(2020, 3), rolling(2020, 12)]
    assert apart(spans) == apart(spans)
    assert (apart(spans).points, apart(spans).overlapping) == ((1, 0), (2,))


def test_years_and_instants_are_all_points() -> None:
    years = [(date(y, 4, 1), date(y + 1, 3, 31)) for y in range(2010, 2020)]
    days = [(date(y, 6, 30), date(y, 6, 30)) for y in range(2010, 2020)]
    for spans in (years, days):
        assert (apart(spans).points, apart(spans).overlapping) == (tuple(range(10)), ())
    assert apart([]).points == ()


def test_one_period_told_twice_is_one_point() -> None:
    year = (date(2020, 1, 1), date(2020, 12, 31))
    assert len(apart([year, year]).overlapping) == 1


def test_control_limits_of_overlapping_periods_are_refused() -> None:
    quarters = [rolling(y, m) for y in (2018, 2019, 2020) for m in (3, 6, 9, 12)]
    with pytest.raises(EstimationRefused) as refused:
        xmr(quarters, [float(i % 5) for i in range(12)])
    problem = refused.value.problems[0]
    assert (problem.code, dict(problem.what.params)["count"]) == ("estimation.periods_overlap", 9)
