from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lsp_assess.outcomes.direction import Direction, Movement, direction_of_travel
from lsp_assess.outcomes.indicators import (
    BreakCause,
    Indicator,
    Kind,
    Measurement,
    NoValue,
    Polarity,
    Season,
    SeriesBreak,
    Tolerance,
    ToleranceKind,
)
from lsp_assess.outcomes.trajectory import Expected
from lsp_assess.partnerships.periods import Period, PeriodType, month, rolling_year, year


def indicator(polarity: Polarity, season: Season = Season.NONE) -> Indicator:
    return Indicator(
        code="I1",
        title="An indicator",
        unit="%",
        kind=Kind.MEASURE,
        polarity=polarity,
        tolerance=Tolerance(ToleranceKind.RELATIVE),
        period_type=PeriodType.CALENDAR_YEAR,
        season=season,
    )


def in_year(first: int) -> Period:
    return year(PeriodType.CALENDAR_YEAR, first)


def measured(period: Period, value: int, half_width: int | None = None) -> Measurement:
    if half_width is None:
        return Measurement(period=period, value=Decimal(value))
    low, high = Decimal(value - half_width), Decimal(value + half_width)
    return Measurement(period=period, value=Decimal(value), low=low, high=high)


@pytest.mark.parametrize(
    ("polarity", "after", "direction", "movement"),
    [
        (Polarity.HIGHER, 52, Direction.IMPROVED, Movement.UP),
        (Polarity.HIGHER, 48, Direction.WORSENED, Movement.DOWN),
        (Polarity.LOWER, 48, Direction.IMPROVED, Movement.DOWN),
        (Polarity.LOWER, 52, Direction.WORSENED, Movement.UP),
        (Polarity.LOWER, 50, Direction.UNCHANGED, Movement.SAME),
    ],
)
def test_better_is_what_the_polarity_says(
    polarity: Polarity, after: int, direction: Direction, movement: Movement
) -> None:
    travel = direction_of_travel(
        [measured(in_year(2020), 50), measured(in_year(2021), after)], indicator=indicator(polarity)
    )
    assert (travel.direction, travel.movement) == (direction, movement)
    assert (travel.change, travel.since) == (Fraction(after - 50), in_year(2020))


@pytest.mark.parametrize(
    ("after", "expected"),
    [(55, Direction.NO_CLEAR_CHANGE), (56, Direction.IMPROVED), (44, Direction.WORSENED)],
)
def test_a_move_inside_the_interval_of_the_difference_is_no_clear_change(
    after: int, expected: Direction
) -> None:
    # half widths 3 and 4: the difference has 5
    series = [measured(in_year(2020), 50, 3), measured(in_year(2021), after, 4)]
    assert direction_of_travel(series, indicator=indicator(Polarity.HIGHER)).direction is expected


def test_a_missing_year_is_stepped_over() -> None:
    missing = Measurement(period=in_year(2021), value=None, missing=NoValue.NOT_PUBLISHED)
    series = [measured(in_year(2022), 60), missing, measured(in_year(2020), 50)]
    assert direction_of_travel(series, indicator=indicator(Polarity.HIGHER)).since == in_year(2020)


def test_nothing_is_compared_across_a_series_break() -> None:
    series = [measured(in_year(2018), 10), measured(in_year(2019), 13)]
    breaks = (SeriesBreak(date(2019, 1, 1), BreakCause.DEFINITION),)
    travel = direction_of_travel(series, indicator=indicator(Polarity.LOWER), breaks=breaks)
    assert (travel.direction, travel.change) == (Direction.NOT_COMPARABLE, None)
    later = [*series, measured(in_year(2020), 12)]
    after = direction_of_travel(later, indicator=indicator(Polarity.LOWER), breaks=breaks)
    assert (after.direction, after.since) == (Direction.IMPROVED, in_year(2019))


def test_a_rolling_year_is_compared_with_the_last_one_that_it_does_not_overlap() -> None:
    ends = [date(2022, 9, 30), date(2022, 12, 31), date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)]
    series = [measured(rolling_year(end), value) for value, end in enumerate(ends, start=70)]
    travel = direction_of_travel(series, indicator=indicator(Polarity.HIGHER))
    assert (travel.since, travel.change) == (rolling_year(date(2022, 9, 30)), Fraction(4))
    assert direction_of_travel(series[:4], indicator=indicator(Polarity.HIGHER)).direction is (
        Direction.NOT_COMPARABLE
    )


def test_a_month_with_a_season_faces_the_same_month_of_last_year() -> None:
    series = [measured(month(2022, 6), 30), measured(month(2023, 5), 20), measured(month(2023, 6), 28)]
    seasonal = direction_of_travel(series, indicator=indicator(Polarity.LOWER, Season.YEARLY))
    assert (seasonal.since, seasonal.direction) == (month(2022, 6), Direction.IMPROVED)
    plain = direction_of_travel(series, indicator=indicator(Polarity.LOWER))
    assert (plain.since, plain.direction) == (month(2023, 5), Direction.WORSENED)


def test_a_month_never_faces_a_year() -> None:
    series = [measured(in_year(2022), 30), measured(month(2023, 6), 28)]
    travel = direction_of_travel(series, indicator=indicator(Polarity.LOWER))
    assert travel.direction is Direction.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (10, 18, Direction.IMPROVED),
        (22, 45, Direction.WORSENED),
        (22, 38, Direction.UNCHANGED),
        (10, 50, Direction.UNCHANGED),  # as far below the range as it is now above it
    ],
)
def test_within_a_range_better_means_nearer_to_it(before: int, after: int, expected: Direction) -> None:
    series = [measured(in_year(2020), before), measured(in_year(2021), after)]
    aim = Expected(Fraction(20), Fraction(40))
    travel = direction_of_travel(series, indicator=indicator(Polarity.RANGE), aim=aim)
    assert travel.direction is expected


def test_without_a_value_there_is_no_direction() -> None:
    assert direction_of_travel([], indicator=indicator(Polarity.LOWER)).direction is Direction.NOT_COMPARABLE
