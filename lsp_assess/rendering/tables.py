"""A safe table as it is read: headings, rows, notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Column, Kind, Role, Row, RowRole, SafeTable, State, Unit
from lsp_assess.disclosure.values import Caution, Verdict
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.cells import Look, ShownCell, show_cell
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts.words import Say, as_rounded


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """`unit` stands under the heading; figures align right."""

    heading: str
    unit: str
    is_label: bool
    is_figure: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    cells: tuple[ShownCell, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`marks` gives each doubt its letter, in the order of the notes; `notes` are without a letter."""

    id: str
    title: str
    finding: str | None
    base: str
    source: str
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    marks: tuple[tuple[Caution, str, str], ...]
    notes: tuple[str, ...]

    def mark(self, cell: ShownCell) -> str:
        """The letters of the notes that a cell carries."""
        return ",".join(letter for caution, letter, _ in self.marks if caution in cell.cautions)


_FIGURES = (Kind.COUNT, Kind.PERCENT, Kind.SCORE, Kind.POINTS, Kind.NUMBER, Kind.ESTIMATE, Kind.P)
_UNITS_SAID = (Unit.PERCENT, Unit.POINTS)


def show_table(table: SafeTable, language: str = "en") -> ShownTable:
    def spoken(each: Message) -> str:
        return say(each, language)

    shown = [(i, column) for i, column in enumerate(as_rounded(table)) if _is_read(column, table)]
    rows = tuple(_row(row, shown, spoken, language) for row in table.rows)
    return ShownTable(
        id=table.id,
        title=spoken(table.heading.title),
        finding=None if table.finding is None else spoken(table.finding),
        base=spoken(table.heading.base),
        source=spoken(table.heading.source),
        columns=tuple(_column(column, spoken) for _, column in shown),
        rows=rows,
        marks=_marks(rows, spoken),
        notes=_notes(table, rows, spoken),
    )


def _is_read(column: Column, table: SafeTable) -> bool:
    """The exact day of a period serves the chart; the period's own name stands in the label."""
    has_label = any(other.role is Role.LABEL for other in table.columns)
    return not (column.role is Role.TIME and has_label)


def _column(column: Column, say: Say) -> ShownColumn:
    unit = say(message(f"shown.unit.{column.unit.value}")) if column.unit in _UNITS_SAID else ""
    return ShownColumn(
        heading=say(column.heading),
        unit=unit,
        is_label=column.role is Role.LABEL,
        is_figure=column.kind in _FIGURES,
    )


def _row(row: Row, shown: Sequence[tuple[int, Column]], say: Say, language: str) -> ShownRow:
    cells = tuple(show_cell(row.cells[i], column, say, language) for i, column in shown)
    return ShownRow(cells, row.role is RowRole.TOTAL)


def _marks(rows: Sequence[ShownRow], say: Say) -> tuple[tuple[Caution, str, str], ...]:
    found = {caution for row in rows for cell in row.cells for caution in cell.cautions}
    ordered = [caution for caution in Caution if caution in found]
    return tuple(
        (caution, letter, say(message(f"shown.caution.{caution.value}")))
        for caution, letter in zip(ordered, "abcdefghij", strict=False)
    )


def _notes(table: SafeTable, rows: Sequence[ShownRow], say: Say) -> tuple[str, ...]:
    """The table's own notes, and what the signs mean that stand in it."""
    states = {cell.state for cell in table.cells()}
    absent = {cell.text for row in rows for cell in row.cells if cell.look is Look.ABSENT}
    signs = []
    if State.WITHHELD in states:
        signs.append(message("shown.sign.withheld"))
    if say(message("shown.not_available")) in absent:
        signs.append(message("shown.sign.not_available"))
    if any(isinstance(c.value, Verdict) and c.value.detectable is not None for c in table.cells()):
        signs.append(message("shown.sign.from"))
    return tuple(say(note) for note in (*signs, *table.heading.footnotes))
