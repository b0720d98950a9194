"""A file of indicators: each row becomes a planned measurement, or the whole file is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lsp_assess.exchange.cells import check_visible, identity, read_number, tidy
from lsp_assess.exchange.columns import column_positions
from lsp_assess.exchange.faults import Faults
from lsp_assess.exchange.indicator_mapping import IndicatorDefinition, IndicatorMapping
from lsp_assess.exchange.indicator_plans import (
    IndicatorPlan,
    MeasurementKey,
    PlannedBreak,
    PlannedMeasurement,
    Reading,
)
from lsp_assess.exchange.sheets import Row, Sheet
from lsp_assess.kernel.errors import DomainError, Invalid, Place, Problem, problem
from lsp_assess.partnerships.areas import Area
from lsp_assess.partnerships.periods import Period, PeriodType
from lsp_assess.partnerships.written_periods import parse_period


def plan_indicators(sheet: Sheet, mapping: IndicatorMapping) -> IndicatorPlan:
    """Raises Invalid with every row that cannot be taken."""
    columns = column_positions(sheet, mapping.columns.used(), mapping.head.ignored)
    planning = _Planning(sheet.file, mapping, columns, mapping.by_series())
    for row in sheet.rows:
        try:
            planning.take(row)
        except DomainError as error:
            planning.faults.take(error)
    planning.faults.raise_any()
    used = {measurement.indicator for measurement in planning.measurements.values()}
    return IndicatorPlan(
        file=sheet.file,
        digest=sheet.digest,
        mapping=mapping,
        indicators=tuple(one for one in mapping.indicators if one.code in used),
        areas=tuple(planning.areas.values()),
        measurements=tuple(planning.measurements.values()),
        breaks=_breaks(mapping, used),
        blank_rows=sheet.blank_rows,
        notes=(*planning.notes, *_absent(mapping, planning.series_met, sheet.file)),
    )


@dataclass(slots=True)
class _Planning:
    file: str
    mapping: IndicatorMapping
    columns: Mapping[str, int]
    series: Mapping[tuple[str, ...], IndicatorDefinition]
    areas: dict[str, Area] = field(default_factory=dict)
    names_met: set[tuple[str, str]] = field(default_factory=set)
    bearers: dict[str, str] = field(default_factory=dict)
    periods: dict[tuple[str, PeriodType], Period] = field(default_factory=dict)
    series_met: set[tuple[str, ...]] = field(default_factory=set)
    measurements: dict[MeasurementKey, PlannedMeasurement] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    notes: list[Problem] = field(default_factory=list)

    def take(self, row: Row) -> None:
        indicator = self._indicator(row)
        area = self._area(row)
        period = self._period(row, indicator.period)
        reading = self._reading(row, indicator)
        planned = PlannedMeasurement(row.number, indicator.code, area.code, period, reading)
        first = self.measurements.setdefault(planned.key, planned)
        if first is not planned:
            column = self.mapping.columns.value
            raise Invalid(problem("import_measured_twice", self._place(row, column), first=first.row))

    def _cell(self, row: Row, column: str) -> str:
        return tidy(row.cells[self.columns[column]])

    def _place(self, row: Row, column: str) -> Place:
        value = row.cells[self.columns[column]][:100]
        return Place(file=self.file, row=row.number, line=row.line, column=column, value=value)

    def _indicator(self, row: Row) -> IndicatorDefinition:
        names = tuple(self._cell(row, column) for column in self.mapping.columns.series)
        found = self.series.get(names)
        if found is None:
            place = self._place(row, self.mapping.columns.series[0])
            raise Invalid(problem("import_unknown_series", place, series=" · ".join(names)))
        self.series_met.add(names)
        return found

    def _area(self, row: Row) -> Area:
        columns = self.mapping.columns
        code = self._cell(row, columns.area_code)
        name = self._cell(row, columns.area_name) if columns.area_name else code
        known = self.areas.get(identity(code))
        if known is not None and (known.code, name) in self.names_met:
            return known
        self._check_name(row, columns.area_code, code)
        self._check_name(row, columns.area_name or columns.area_code, name)
        if known is None:
            known = self._new_area(code, name, row)
        elif known.name != name:
            place = self._place(row, columns.area_name or columns.area_code)
            note = problem("import_area_other_name", place, area=code, first=known.name, other=name)
            self.notes.append(note)
        self.names_met.add((known.code, name))
        return known

    def _check_name(self, row: Row, column: str, written: str) -> None:
        place = self._place(row, column)
        if not written:
            raise Invalid(problem("import_area_empty", place))
        check_visible(written, place)

    def _new_area(self, code: str, name: str, row: Row) -> Area:
        place = self._place(row, self.mapping.columns.area_code)
        rule = next((rule for rule in self.mapping.areas if rule.fits(code)), None)
        if rule is None:
            raise Invalid(problem("import_area_not_declared", place, area=code))
        other = self.bearers.setdefault(identity(name), code)
        if other != code:
            self.notes.append(problem("import_area_look_alike", place, area=code, other=other, name=name))
        area = Area(code, name, rule.type, standing=rule.standing)
        self.areas[identity(code)] = area
        return area

    def _period(self, row: Row, type_: PeriodType) -> Period:
        column = self.mapping.columns.period
        written = self._cell(row, column)
        found = self.periods.get((written, type_))
        if found is None:
            found = parse_period(written, type_, place=self._place(row, column))
            self.periods[written, type_] = found
        return found

    def _reading(self, row: Row, indicator: IndicatorDefinition) -> Reading:
        columns = self.mapping.columns
        written = self._cell(row, columns.value)
        if written in self.mapping.missing:
            return Reading(None, self.mapping.missing[written])
        place = self._place(row, columns.value)
        if not written:
            raise Invalid(problem("import_value_empty", place))
        value = read_number(written, place)
        if _outside(value, indicator):
            low, high = indicator.minimum, indicator.maximum
            raise Invalid(problem("import_value_out_of_range", place, value=value, low=low, high=high))
        lower, upper = self._optional(row, columns.lower), self._optional(row, columns.upper)
        if (lower is not None and lower > value) or (upper is not None and upper < value):
            raise Invalid(problem("import_interval_misses_value", place, value=value, low=lower, high=upper))
        numerator = self._optional(row, columns.numerator)
        return Reading(value, None, lower, upper, numerator, self._optional(row, columns.denominator))

    def _optional(self, row: Row, column: str | None) -> float | None:
        if column is None:
            return None
        written = self._cell(row, column)
        if not written or written in self.mapping.missing:
            return None
        return read_number(written, self._place(row, column))


def _outside(value: float, indicator: IndicatorDefinition) -> bool:
    too_low = indicator.minimum is not None and value < indicator.minimum
    return too_low or (indicator.maximum is not None and value > indicator.maximum)


def _breaks(mapping: IndicatorMapping, used: set[str]) -> tuple[PlannedBreak, ...]:
    return tuple(
        PlannedBreak(indicator.code, parse_period(one.begins, indicator.period), one.note)
        for indicator in mapping.indicators
        if indicator.code in used
        for one in indicator.breaks
    )


def _absent(mapping: IndicatorMapping, met: set[tuple[str, ...]], file: str) -> list[Problem]:
    return [
        problem("import_series_not_in_file", Place(file=file), series=" · ".join(series))
        for series in mapping.by_series()
        if series not in met
    ]
