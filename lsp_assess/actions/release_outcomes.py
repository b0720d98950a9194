"""Indicators as publishing sees them: records of the database as the types of the domain."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.database import release_data, release_records
from lsp_assess.database.models import outcomes as rows
from lsp_assess.database.release_data import AreaRow
from lsp_assess.database.release_records import IndicatorRecord, MeasurementRow
from lsp_assess.kernel.messages import Message, given, message
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
from lsp_assess.outcomes.trajectory import LineStanding, PlanLine, PlanPoint
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.periods import Period, PeriodType
from lsp_assess.reports.outcomes import Comparator, OutcomeSeries

MOST_DECIMALS = 2
MOST_COMPARATORS = 3
WIDEST = (AreaType.COUNTRY, AreaType.REGION, AreaType.COUNTY, AreaType.GROUP_OF_AREAS)
PERCENT = ("%", "percent", "per cent")


def outcomes_of(session: Session) -> tuple[OutcomeSeries, ...]:
    """The series of the partnership's own area of each indicator that has one."""
    areas = {area.id: area for area in release_data.areas(session)}
    made = (outcome_series(record, areas) for record in release_records.indicators(session))
    return tuple(series for series in made if series is not None)


def outcome_series(record: IndicatorRecord, areas: dict[UUID, AreaRow]) -> OutcomeSeries | None:
    """None without any measurement of an area of the partnership. Where several of its areas are
    measured, the whole is the one that is nobody's part: the first that belongs to no group."""
    own = _own_area(record, areas)
    if own is None:
        return None
    row, unit = record.row, record.row.unit or ""
    return OutcomeSeries(
        indicator=indicator_of(record),
        title=given(row.title),
        unit=given(unit),
        is_percent=unit.strip().lower().startswith(PERCENT),
        decimals=_decimals(record.measurements),
        measurements=_measurements(record, own.id),
        lines=_lines(record),
        breaks=tuple(_break(found) for found in record.breaks),
        comparators=tuple(
            Comparator(given(area.name), _measurements(record, area.id))
            for area in _comparators(record, areas)
        ),
        source=_source(record),
    )


def _own_area(record: IndicatorRecord, areas: dict[UUID, AreaRow]) -> AreaRow | None:
    measured = {m.area_id for m in record.measurements}
    own = [area for area in areas.values() if area.id in measured and not area.comparator]
    return next((area for area in own if area.group_id is None), own[0] if own else None)


def _comparators(record: IndicatorRecord, areas: dict[UUID, AreaRow]) -> list[AreaRow]:
    """The widest areas first, and no more than a chart can tell apart; all are with the indicator."""
    measured = {m.area_id for m in record.measurements}
    found = [area for area in areas.values() if area.comparator and area.id in measured]
    found.sort(key=lambda area: (WIDEST.index(area.type) if area.type in WIDEST else len(WIDEST), area.name))
    return found[:MOST_COMPARATORS]


def indicator_of(record: IndicatorRecord) -> Indicator:
    row, details = record.row, record.row.details
    amount = Decimal(str(row.tolerance)) if row.tolerance is not None else Decimal(0)
    kind = ToleranceKind(row.tolerance_kind)
    relative, absolute = (amount, Decimal(0)) if kind is ToleranceKind.RELATIVE else (Decimal(0), amount)
    return Indicator(
        code=row.code,
        title=row.title,
        unit=row.unit or "",
        kind=Kind(details.get("kind", Kind.MEASURE)),
        polarity=Polarity(row.polarity),
        tolerance=Tolerance(kind, relative, absolute),
        period_type=_period_type(record),
        publication_lag=int(details.get("publication_lag", 0)),
        season=Season(details.get("season", Season.NONE)),
        definition=row.definition or "",
        source=record.source.title if record.source is not None else "",
    )


def _period_type(record: IndicatorRecord) -> PeriodType:
    if "period_type" in record.row.details:
        return PeriodType(record.row.details["period_type"])
    return record.measurements[-1].period_type if record.measurements else PeriodType.CALENDAR_YEAR


def _measurements(record: IndicatorRecord, area_id: UUID) -> tuple[Measurement, ...]:
    return tuple(_measurement(m) for m in record.measurements if m.area_id == area_id)


def _measurement(row: MeasurementRow) -> Measurement:
    return Measurement(
        period=Period(row.period_start, row.period_end, row.period_type),
        value=_exact(row.value),
        low=_exact(row.lower),
        high=_exact(row.upper),
        numerator=_exact(row.numerator),
        denominator=_exact(row.denominator),
        missing=None if row.missing is None else NoValue(row.missing),
    )


def _exact(number: float | None) -> Decimal | None:
    """As it was written: the shortest decimal that is stored as this float."""
    return None if number is None else Decimal(str(number))


def _lines(record: IndicatorRecord) -> tuple[PlanLine, ...]:
    """The plan; for a measure that should keep to a range, the range itself, from the first day measured."""
    row = record.row
    if Polarity(row.polarity) is not Polarity.RANGE:
        return tuple(_line(line, points) for line, points in record.lines if points)
    low, high = _exact(row.range_low), _exact(row.range_high)
    if low is None or high is None or not record.measurements:
        return ()
    first = min(m.period_start for m in record.measurements)
    return (PlanLine(row.title, (PlanPoint(first, low, high),)),)


def _line(line: rows.PlanLine, points: Sequence[rows.PlanPoint]) -> PlanLine:
    return PlanLine(
        line.name,
        tuple(PlanPoint(p.on_date, Decimal(str(p.value))) for p in points),
        LineStanding.THE_LINE if line.is_the_line else LineStanding.SHOWN,
    )


def _break(row: rows.SeriesBreak) -> SeriesBreak:
    return SeriesBreak(row.on_date, BreakCause.DEFINITION, row.note)


def _decimals(measurements: Sequence[MeasurementRow]) -> int:
    """As many as the source gives."""
    values = [exact for m in measurements if (exact := _exact(m.value)) is not None]
    places = [-int(value.normalize().as_tuple().exponent) for value in values]
    return max(0, min(MOST_DECIMALS, max(places, default=0)))


def _source(record: IndicatorRecord) -> Message:
    source = record.source
    if source is None:
        return message("outcomes.source.unstated")
    if source.attribution:
        return message("outcomes.source.attributed", title=source.title, attribution=source.attribution)
    return message("outcomes.source.licensed", title=source.title, licence=source.licence)
