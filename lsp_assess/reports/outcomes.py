"""What the tables of the outcome indicators are made from, and how each indicator stands on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from lsp_assess.disclosure.tables import RawCell
from lsp_assess.disclosure.values import Estimate
from lsp_assess.kernel.messages import Message
from lsp_assess.outcomes.direction import Travel, direction_of_travel
from lsp_assess.outcomes.indicators import Indicator, Measurement, SeriesBreak
from lsp_assess.outcomes.lights import Reading, read_light
from lsp_assess.outcomes.ratio import RatioChange, ratio_change
from lsp_assess.outcomes.trajectory import Expected, PlanLine, the_line


@dataclass(frozen=True, slots=True)
class Comparator:
    name: Message
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSeries:
    """`measurements` are those of the partnership's own area that count today, in any order. `decimals`
    are those in which the source gives its values, at most MOST_DECIMALS."""

    indicator: Indicator
    title: Message
    unit: Message
    is_percent: bool
    decimals: int
    measurements: tuple[Measurement, ...]
    lines: tuple[PlanLine, ...]
    breaks: tuple[SeriesBreak, ...]
    comparators: tuple[Comparator, ...]
    source: Message

    @property
    def plan_decimals(self) -> int:
        """A line runs between whole numbers: rounded as the values are, it would look met where it is just
        missed."""
        return max(1, self.decimals)

    @property
    def known(self) -> tuple[Measurement, ...]:
        return tuple(sorted((m for m in self.measurements if m.value is not None), key=lambda m: m.period))

    @property
    def latest(self) -> Measurement | None:
        return self.known[-1] if self.known else None


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator as it stands on the day of publication."""

    series: OutcomeSeries
    reading: Reading
    travel: Travel
    ratio: RatioChange | None


def standing(series: OutcomeSeries, *, on: date) -> Standing:
    line, latest = the_line(series.lines), series.latest
    reading = read_light(latest, indicator=series.indicator, line=line, on=on)
    travel = direction_of_travel(
        series.measurements, indicator=series.indicator, breaks=series.breaks, aim=reading.expected
    )
    before = next((m for m in series.known if m.period == travel.since), None)
    ratio = None if latest is None or before is None else ratio_change(before, latest)
    return Standing(series, reading, travel, ratio)


def value_cell(measurement: Measurement | None, decimals: int) -> RawCell:
    if measurement is None or measurement.value is None:
        return RawCell()
    low, high = measurement.low, measurement.high
    return RawCell(
        Estimate(
            amount=places(Fraction(measurement.value), decimals),
            low=None if low is None else places(Fraction(low), decimals),
            high=None if high is None else places(Fraction(high), decimals),
        )
    )


def expected_cell(aim: Expected | None, decimals: int) -> RawCell:
    """A range is shown as its middle with its ends."""
    if aim is None:
        return RawCell()
    low, high = places(aim.low, decimals), places(aim.high, decimals)
    if low == high:
        return RawCell(Estimate(low))
    return RawCell(Estimate((low + high) / 2, low, high))


def places(value: Fraction, decimals: int) -> float:
    """As many as the source gives; the gate rounds no further than the column says."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
