"""Traffic lights (`domain.md` §6).

Expected value T at the end of the period measured; d = p·(A − T)/|T|, p = +1 where higher is better, −1 where
lower is; for a range [L, U] d = min(0, (A − L)/|L|, (U − A)/|U|). Green d ≥ 0, amber −tolerance ≤ d < 0, red
below. The colours are found from the bands that these conditions cut on the axis of A, which is the same, is
exact on the boundaries, and serves where the divisor is 0 (absolute tolerance) and for intervals.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from lsp_assess.disclosure.values import Colour, Light
from lsp_assess.outcomes.indicators import (
    MONTHS_BETWEEN,
    Indicator,
    Measurement,
    Polarity,
    Tolerance,
    ToleranceKind,
)
from lsp_assess.outcomes.trajectory import Expected, PlanLine, expected
from lsp_assess.partnerships.periods import add_months

FROM_WORST = (Colour.RED, Colour.AMBER, Colour.GREEN)


class WhyGrey(StrEnum):
    MISSING = "missing"
    LATE = "late"
    NO_LINE = "no_line"


@dataclass(frozen=True, slots=True)
class Reading:
    """A light with what it was read from. `d` is None where it is grey or where the divisor is 0."""

    light: Light
    expected: Expected | None = None
    d: Fraction | None = None
    why_grey: WhyGrey | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Green from `green_low` to `green_high`, amber outside that to the amber ends, red beyond them; an end
    is None where there is no limit."""

    amber_low: Fraction | None
    green_low: Fraction | None
    green_high: Fraction | None
    amber_high: Fraction | None

    def touched(self, low: Fraction, high: Fraction) -> tuple[Colour, ...]:
        """The colours of the values from low to high, worst first."""
        found = set()
        if _below(low, self.amber_low) or _above(high, self.amber_high):
            found.add(Colour.RED)
        if _reaches(low, high, self.amber_low, self.green_low):
            found.add(Colour.AMBER)
        if _reaches(-high, -low, _mirrored(self.amber_high), _mirrored(self.green_high)):
            found.add(Colour.AMBER)
        if not _below(high, self.green_low) and not _above(low, self.green_high):
            found.add(Colour.GREEN)
        return tuple(colour for colour in FROM_WORST if colour in found)


def _reaches(low: Fraction, high: Fraction, amber: Fraction | None, green: Fraction | None) -> bool:
    """Whether low to high meets the half-open band from `amber` up to, not including, `green`; without
    tolerance there is no such band."""
    return amber is not None and green is not None and amber < green and low < green and high >= amber


def _mirrored(limit: Fraction | None) -> Fraction | None:
    return None if limit is None else -limit


def _below(value: Fraction, limit: Fraction | None) -> bool:
    return limit is not None and value < limit


def _above(value: Fraction, limit: Fraction | None) -> bool:
    return limit is not None and value > limit


def slack(at: Fraction, tolerance: Tolerance) -> Fraction:
    """How far from `at` amber reaches, in the indicator's unit."""
    if tolerance.kind is ToleranceKind.RELATIVE and at != 0:
        return Fraction(tolerance.relative) * abs(at)
    return Fraction(tolerance.absolute)


def bands(line: Expected, polarity: Polarity, tolerance: Tolerance) -> Bands:
    low, high = line.low, line.high
    amber_low, amber_high = low - slack(low, tolerance), high + slack(high, tolerance)
    if polarity is Polarity.HIGHER:
        return Bands(amber_low, low, None, None)
    if polarity is Polarity.LOWER:
        return Bands(None, None, high, amber_high)
    return Bands(amber_low, low, high, amber_high)


def distance(actual: Fraction, line: Expected, polarity: Polarity) -> Fraction | None:
    """d of the formula above; None where a divisor is 0."""
    low, high = line.low, line.high
    if polarity is Polarity.HIGHER:
        return (actual - low) / abs(low) if low else None
    if polarity is Polarity.LOWER:
        return (high - actual) / abs(high) if high else None
    if not (low and high):
        return None
    return min(Fraction(0), (actual - low) / abs(low), (high - actual) / abs(high))


def read_light(
    measurement: Measurement | None,
    *,
    indicator: Indicator,
    line: PlanLine | None,
    on: date,
) -> Reading:
    """The light of the latest measurement, as it stands on a day."""
    if measurement is None or measurement.value is None:
        return _grey(WhyGrey.MISSING)
    if is_late(measurement, indicator, on=on):
        return _grey(WhyGrey.LATE)
    aim = None if line is None else expected(line, measurement.period.end)
    if aim is None:
        return _grey(WhyGrey.NO_LINE)
    actual = Fraction(measurement.value)
    low = actual if measurement.low is None else Fraction(measurement.low)
    high = actual if measurement.high is None else Fraction(measurement.high)
    colours = bands(aim, indicator.polarity, indicator.tolerance).touched(low, high)
    light = Light(colours[0]) if len(colours) == 1 else Light(Colour.CANNOT_TELL, colours)
    return Reading(light, aim, distance(actual, aim, indicator.polarity))


def _grey(why: WhyGrey) -> Reading:
    return Reading(Light(Colour.GREY), why_grey=why)


def is_late(latest: Measurement, indicator: Indicator, *, on: date) -> bool:
    """True once the next value should have been published: its period has ended and the lag has run out."""
    if indicator.frequency is None:
        return False
    first_day_after = latest.period.end + timedelta(days=1)
    same_month = add_months(first_day_after.replace(day=1), MONTHS_BETWEEN[indicator.frequency])
    next_end = same_month + timedelta(days=first_day_after.day - 2)
    return on > next_end + timedelta(days=indicator.publication_lag)
