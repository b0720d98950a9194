"""Direction of travel: over comparable periods only, and only where the move is outside the interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lsp_assess.outcomes.indicators import (
    Indicator,
    Measurement,
    Polarity,
    Season,
    SeriesBreak,
    broken_between,
)
from lsp_assess.outcomes.trajectory import Expected
from lsp_assess.partnerships.periods import Period


class Direction(StrEnum):
    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    NO_CLEAR_CHANGE = "no_clear_change"
    NOT_COMPARABLE = "not_comparable"


class Movement(StrEnum):
    """The arrow, whatever is the better way."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Travel:
    """`since` is the period compared with; there is none where nothing is comparable."""

    direction: Direction
    movement: Movement | None = None
    change: Fraction | None = None
    since: Period | None = None


def direction_of_travel(
    series: Sequence[Measurement],
    *,
    indicator: Indicator,
    breaks: tuple[SeriesBreak, ...] = (),
    aim: Expected | None = None,
) -> Travel:
    """The latest value against the last one before it that compares. `aim` is the range that a measure of
    the polarity `range` should keep to; without it its direction cannot be called better or worse."""
    known = sorted((m for m in series if m.value is not None), key=lambda m: m.period)
    if not known:
        return Travel(Direction.NOT_COMPARABLE)
    latest = known[-1]
    earlier = _last_comparable(latest.period, known[:-1], indicator.season, breaks)
    if earlier is None or earlier.value is None or latest.value is None:
        return Travel(Direction.NOT_COMPARABLE)
    before, after = Fraction(earlier.value), Fraction(latest.value)
    movement = Movement.SAME if after == before else Movement.UP if after > before else Movement.DOWN
    return Travel(
        _judged(earlier, latest, better=_gain(before, after, indicator.polarity, aim)),
        movement,
        after - before,
        earlier.period,
    )


def _last_comparable(
    latest: Period,
    earlier: Sequence[Measurement],
    season: Season,
    breaks: tuple[SeriesBreak, ...],
) -> Measurement | None:
    for candidate in reversed(earlier):
        period = candidate.period
        if broken_between(period, latest, breaks):
            return None
        if period.overlaps(latest) or not period.comparable_with(latest):
            continue
        if season is Season.NONE or period.same_season_as(latest):
            return candidate
    return None


def _gain(before: Fraction, after: Fraction, polarity: Polarity, aim: Expected | None) -> Fraction | None:
    """How much better the later value is; None where the better way is not known."""
    if polarity is Polarity.HIGHER:
        return after - before
    if polarity is Polarity.LOWER:
        return before - after
    return None if aim is None else _outside(before, aim) - _outside(after, aim)


def _outside(value: Fraction, aim: Expected) -> Fraction:
    return max(Fraction(0), aim.low - value, value - aim.high)


def _judged(earlier: Measurement, latest: Measurement, *, better: Fraction | None) -> Direction:
    if earlier.value == latest.value:
        return Direction.UNCHANGED
    if better is None or _inside_interval(earlier, latest):
        return Direction.NO_CLEAR_CHANGE
    if better == 0:  # a move within the range that is aimed at
        return Direction.UNCHANGED
    return Direction.IMPROVED if better > 0 else Direction.WORSENED


def _inside_interval(earlier: Measurement, latest: Measurement) -> bool:
    """Whether 0 lies in the interval of the difference of two independent values: (A₂ − A₁)² ≤ w₁² + w₂²,
    where w is the half of each interval that faces the other value."""
    lower, upper = sorted((earlier, latest), key=lambda m: m.value or 0)
    if lower.value is None or upper.value is None:
        return True
    above = Fraction(lower.high - lower.value) if lower.high is not None else Fraction(0)
    below = Fraction(upper.value - upper.low) if upper.low is not None else Fraction(0)
    if not (above or below):
        return False
    return Fraction(upper.value - lower.value) ** 2 <= above**2 + below**2
