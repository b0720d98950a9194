"""Indicators as their pages show them. They are public: the one thing that is read as it stands today; it
passes the gate all the same, since templates take nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lsp_assess.actions.release_outcomes import outcome_series
from lsp_assess.database.models.outcomes import Indicator as Row
from lsp_assess.database.release_data import AreaRow
from lsp_assess.database.release_records import IndicatorRecord
from lsp_assess.disclosure.tables import Role, SafeTable
from lsp_assess.disclosure.values import Light
from lsp_assess.kernel.messages import Message, message
from lsp_assess.outcomes.indicators import Sharedness
from lsp_assess.rendering.cells import EMPTY, ShownCell, show_cell
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts.words import as_rounded
from lsp_assess.reports.draft import gated
from lsp_assess.reports.tables_outcomes import outcome_tables

LIGHTS = "level_two.outcomes.lights"
HEADLINE, UNSTATED = "headline", "unstated"
GROUPS = (HEADLINE, *(shared.value for shared in reversed(Sharedness)), UNSTATED)


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """How an indicator stands; `light` is empty where it has no value yet."""

    id: UUID
    title: str
    unit: str
    light: ShownCell
    value: ShownCell
    period: str
    expected: ShownCell
    direction: str
    since: str
    remark: str

    @property
    def has_value(self) -> bool:
        return self.value is not EMPTY


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    heading: str
    indicators: tuple[ShownIndicator, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """`lights` counts the colours; None where nothing was measured."""

    lights: SafeTable | None
    series: dict[str, SafeTable]
    shown: dict[UUID, ShownIndicator]


def standings(
    records: Sequence[IndicatorRecord], areas: Mapping[UUID, AreaRow], *, on: date, language: str
) -> Standings:
    made = {record.row.code: outcome_series(record, dict(areas)) for record in records}
    known = [series for series in made.values() if series is not None]
    tables = {table.id: table for table in gated(outcome_tables(known, on=on)).tables}
    lights = tables.pop(LIGHTS, None)
    series = {table.id.removeprefix("level_two.outcomes.series."): table for table in tables.values()}
    shown = {
        record.row.id: _shown(record.row, lights, series.get(record.row.code), language) for record in records
    }
    return Standings(lights, series, shown)


def measured_areas(record: IndicatorRecord, areas: Mapping[UUID, AreaRow]) -> tuple[AreaRow, ...]:
    """The partnership's own areas that have values, first the one that releases tell of."""
    measured = {m.area_id for m in record.measurements}
    own = [area for area in areas.values() if area.id in measured and not area.comparator]
    return tuple(sorted(own, key=lambda area: area.group_id is not None))


def narrowed(record: IndicatorRecord, areas: Mapping[UUID, AreaRow], to: AreaRow) -> IndicatorRecord:
    """The values of one own area beside those of the comparators."""
    kept = (m for m in record.measurements if m.area_id == to.id or areas[m.area_id].comparator)
    return replace(record, measurements=tuple(kept))


def alone(record: IndicatorRecord, areas: Mapping[UUID, AreaRow]) -> IndicatorRecord:
    """Without the comparators, which a list does not show."""
    kept = (m for m in record.measurements if not areas[m.area_id].comparator)
    return replace(record, measurements=tuple(kept))


def groups(rows: Sequence[Row], found: Standings, language: str) -> Iterator[IndicatorGroup]:
    """The headline ones, then by how shared they are, from those attainable only together."""
    for group in GROUPS:
        members = tuple(found.shown[row.id] for row in rows if _group(row) == group)
        if members:
            yield IndicatorGroup(say(message(f"outcomes.group.{group}"), language), members)


def _group(row: Row) -> str:
    if row.headline:
        return HEADLINE
    stated = str(row.details.get("sharedness", ""))
    return stated if stated in GROUPS else UNSTATED


def _shown(row: Row, lights: SafeTable | None, series: SafeTable | None, language: str) -> ShownIndicator:
    def spoken(each: Message) -> str:
        return say(each, language)

    if lights is None or series is None:
        return ShownIndicator(row.id, row.title, row.unit or "", EMPTY, EMPTY, "", EMPTY, "", "", "")
    latest = dict(reversed(_latest(series, spoken, language)))
    told = dict(
        zip(
            (column.key for column in lights.columns),
            (
                show_cell(cell, column, spoken, language)
                for cell, column in zip(lights.row(row.code).cells, lights.columns, strict=True)
            ),
            strict=True,
        )
    )
    return ShownIndicator(
        row.id,
        row.title,
        row.unit or "",
        told["light"],
        latest.get(Role.VALUE, EMPTY),
        told["period"].text,
        latest.get(Role.EXPECTED, EMPTY),
        told["direction"].text,
        told["since"].text,
        told["remark"].text,
    )


def _latest(series: SafeTable, say: Callable[[Message], str], language: str) -> list[tuple[Role, ShownCell]]:
    """In the row of the latest value, which holds the light, with the decimals of the series."""
    light = series.column("light")
    row = next((row for row in series.rows if isinstance(row.cells[light].value, Light)), None)
    if row is None:
        return []
    return [
        (column.role, show_cell(cell, column, say, language))
        for cell, column in zip(row.cells, as_rounded(series), strict=True)
        if column.role in (Role.VALUE, Role.EXPECTED)
    ]
