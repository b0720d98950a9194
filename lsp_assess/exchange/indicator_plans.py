"""What a file of indicators would write, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lsp_assess.exchange.indicator_mapping import IndicatorDefinition, IndicatorMapping
from lsp_assess.kernel.errors import Problem
from lsp_assess.outcomes.indicators import NoValue
from lsp_assess.partnerships.areas import Area
from lsp_assess.partnerships.periods import Period

MeasurementKey = tuple[str, str, Period]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured: a value, or the reason why there is none."""

    value: float | None
    missing: NoValue | None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedMeasurement:
    row: int
    indicator: str
    area: str
    period: Period
    reading: Reading

    @property
    def key(self) -> MeasurementKey:
        return self.indicator, self.area, self.period


@dataclass(frozen=True, slots=True)
class PlannedBreak:
    indicator: str
    period: Period
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    """Every data row of the file is one planned measurement. `notes` are doubts, not errors."""

    file: str
    digest: str
    mapping: IndicatorMapping
    indicators: tuple[IndicatorDefinition, ...]
    areas: tuple[Area, ...]
    measurements: tuple[PlannedMeasurement, ...]
    breaks: tuple[PlannedBreak, ...]
    blank_rows: int
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class IndicatorReconciliation:
    """The account of every row: read = written + revised + unchanged, and
    read = values + the sum of `missing`."""

    read: int
    blank_rows: int
    values: int
    missing: Mapping[str, int]
    written: int
    revised: int
    unchanged: int

    @property
    def is_balanced(self) -> bool:
        written = self.written + self.revised + self.unchanged
        return self.read == written == self.values + sum(self.missing.values())


@dataclass(frozen=True, slots=True)
class IndicatorChanges:
    """`revised` are those whose old value is kept, superseded."""

    new: tuple[PlannedMeasurement, ...]
    revised: tuple[PlannedMeasurement, ...]
    reconciliation: IndicatorReconciliation


def compare(plan: IndicatorPlan, held: Mapping[MeasurementKey, Reading]) -> IndicatorChanges:
    """What of the plan the partnership does not hold yet, or holds otherwise."""
    new = tuple(one for one in plan.measurements if one.key not in held)
    revised = tuple(one for one in plan.measurements if one.key in held and held[one.key] != one.reading)
    missing = Counter(one.reading.missing.value for one in plan.measurements if one.reading.missing)
    read = len(plan.measurements)
    return IndicatorChanges(
        new,
        revised,
        IndicatorReconciliation(
            read=read,
            blank_rows=plan.blank_rows,
            values=read - missing.total(),
            missing=dict(sorted(missing.items())),
            written=len(new),
            revised=len(revised),
            unchanged=read - len(new) - len(revised),
        ),
    )
