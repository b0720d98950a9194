"""Level two, facts: one indicator over time, with its trajectory, comparators, breaks and light."""

from collections.abc import Iterator
from datetime import date

from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    SafeTable,
    Unit,
)
from lsp_assess.disclosure.values import Estimate, Light, Moment, Words
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.outcomes.indicators import Kind as Counted
from lsp_assess.outcomes.indicators import Measurement, SeriesBreak
from lsp_assess.outcomes.trajectory import expected, the_line
from lsp_assess.partnerships.periods import Period
from lsp_assess.reports.charts.words import as_rounded, number_with_unit
from lsp_assess.reports.columns import label, label_column
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.outcomes import Comparator, Standing, expected_cell, value_cell


def series_table(one: Standing) -> Draft:
    series = one.series
    table = RawTable(
        heading=Heading(
            id=f"level_two.outcomes.series.{series.indicator.code}",
            title=series.title,
            purpose=Purpose.SERIES,
            base=message("outcomes.base.unit", unit=series.unit),
            source=series.source,
            footnotes=tuple(_notes(one)),
        ),
        columns=_columns(one),
        rows=tuple(_row(one, period) for period in _periods(one)),
    )
    return Draft(tables=(table,), findings={table.heading.id: series_finding})


def _notes(one: Standing) -> Iterator[Message]:
    if one.series.comparators and _is_count(one):
        yield message("outcomes.note.counts_of_others")
    yield from (_break_note(found) for found in one.series.breaks)


def _is_count(one: Standing) -> bool:
    """A larger area counts more, so that its line says nothing beside the partnership's own."""
    return one.series.indicator.kind is Counted.COUNT


def _break_note(found: SeriesBreak) -> Message:
    cause = message(f"outcomes.break.{found.cause.value}")
    return message("outcomes.note.break", since=found.since, cause=cause, what=given(found.what))


def _columns(one: Standing) -> tuple[Column, ...]:
    unit = Unit.PERCENT if one.series.is_percent else Unit.PLAIN
    beside = Role.DETAIL if _is_count(one) else Role.COMPARATOR

    def numbers(key: str, heading: Message, role: Role) -> Column:
        decimals = one.series.plan_decimals if role is Role.EXPECTED else one.series.decimals
        return Column(key=key, kind=Kind.ESTIMATE, heading=heading, role=role, unit=unit, decimals=decimals)

    return (
        label_column(message("outcomes.column.period")),
        Column(key="time", kind=Kind.TIME, heading=message("outcomes.column.ends"), role=Role.TIME),
        numbers("value", message("outcomes.column.value"), Role.VALUE),
        numbers("expected", message("outcomes.column.expected"), Role.EXPECTED),
        *(
            numbers(f"comparator:{i}", comparator.name, beside)
            for i, comparator in enumerate(one.series.comparators)
        ),
        Column(key="break", kind=Kind.TEXT, heading=message("outcomes.column.break"), role=Role.BREAK),
        Column(key="light", kind=Kind.LIGHT, heading=message("outcomes.column.light"), role=Role.LIGHT),
    )


def _periods(one: Standing) -> tuple[Period, ...]:
    """Every period that anybody has a value for, or a reason why not."""
    found = {m.period for m in one.series.measurements}
    found |= {m.period for comparator in one.series.comparators for m in comparator.measurements}
    return tuple(sorted(found))


def _row(one: Standing, period: Period) -> RawRow:
    series = one.series
    line = the_line(series.lines)
    own = _at(series.measurements, period)
    latest = series.latest is not None and series.latest.period == period
    return RawRow(
        key=f"{period.type.value}:{period.start.isoformat()}",
        cells=(
            label(period.label),
            RawCell(Moment(period.end)),
            value_cell(own, series.decimals),
            expected_cell(None if line is None else expected(line, period.end), series.plan_decimals),
            *(_comparator(comparator, period, series.decimals) for comparator in series.comparators),
            RawCell(_break(one, period)),
            RawCell(one.reading.light if latest else None),
        ),
    )


def _at(measurements: tuple[Measurement, ...], period: Period) -> Measurement | None:
    return next((m for m in measurements if m.period == period), None)


def _comparator(comparator: Comparator, period: Period, decimals: int) -> RawCell:
    return value_cell(_at(comparator.measurements, period), decimals)


def _break(one: Standing, period: Period) -> Words | None:
    """In the first period that begins after the break."""
    periods = _periods(one)
    before = max((p.start for p in periods if p.start < period.start), default=date.min)
    here = [found for found in one.series.breaks if before < found.since <= period.start]
    return Words(message(f"outcomes.break.{here[-1].cause.value}")) if here else None


def series_finding(table: SafeTable) -> Message | None:
    """The latest value beside what was expected of it."""
    value, aim, light = (table.column(key) for key in ("value", "expected", "light"))
    row = next((row for row in reversed(table.rows) if isinstance(row.cells[light].value, Light)), None)
    if row is None:
        return message("outcomes.finding.no_value")
    latest, planned, period = row.cells[value].value, row.cells[aim].value, row.cells[0].value
    if not isinstance(latest, Estimate) or not isinstance(period, Words):
        return message("outcomes.finding.no_value")
    columns = as_rounded(table)
    told = number_with_unit(latest.amount, columns[value])
    if not isinstance(planned, Estimate):
        return message("outcomes.finding.value", value=told, period=period.message)
    return message(
        "outcomes.finding.value_planned",
        value=told,
        period=period.message,
        expected=number_with_unit(planned.amount, columns[aim]),
    )
