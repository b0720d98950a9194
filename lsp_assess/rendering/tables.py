"""A safe table as it is read: headings, rows, notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Column, Kind, Role, Row, RowRole, SafeTable, State, Unit
from lsp_assess.disclosure.values import Caution, Verdict, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.cells import EMPTY, Look, ShownCell, show_cell
from lsp_assess.rendering.wording import speak
from lsp_assess.reports.charts.words import Say, as_rounded


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """`unit` stands under the heading; figures align right. `round` is the name of the round that the column
    belongs to, `within_round` its heading where that is named already."""

    heading: str
    unit: str
    is_label: bool
    is_figure: bool
    role: Role = Role.DETAIL
    is_count: bool = False
    round: str = ""
    within_round: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`parted` are the question of a grid and the row's own words, where the label joins the two; `heading`
    is what it stands under, on paper, and `heading_told` what is told there of all that stand under it."""

    cells: tuple[ShownCell, ...]
    is_total: bool
    parted: tuple[str, str] | None = None
    heading: str = ""
    heading_told: str = ""


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
        return speak(each, language)

    names = {label.key: spoken(label.name) for label in table.heading.rounds}
    shown = [(i, column) for i, column in enumerate(as_rounded(table)) if _is_read(column, table)]
    rows = tuple(_row(row, shown, spoken, language) for row in table.rows)
    return ShownTable(
        id=table.id,
        title=spoken(table.heading.title),
        finding=None if table.finding is None else spoken(table.finding),
        base=spoken(table.heading.base),
        source=spoken(table.heading.source),
        columns=tuple(_column(column, names, spoken) for _, column in shown),
        rows=rows,
        marks=_marks(rows, spoken),
        notes=_notes(table, rows, spoken),
    )


def _is_read(column: Column, table: SafeTable) -> bool:
    """The exact day of a period serves the chart; the period's own name stands in the label."""
    has_label = any(other.role is Role.LABEL for other in table.columns)
    return not (column.role is Role.TIME and has_label)


_IN_ROUND = "_in"
"""Ends the code of a heading that names the round; without it, the code says the same of any."""


def _column(column: Column, rounds: Mapping[str, str], say: Say) -> ShownColumn:
    code, ending = column.heading.code[: -len(_IN_ROUND)], column.heading.code[-len(_IN_ROUND) :]
    unit = say(message(f"shown.unit.{column.unit.value}")) if column.unit in _UNITS_SAID else ""
    return ShownColumn(
        heading=say(column.heading),
        unit=unit,
        is_label=column.role is Role.LABEL or column.kind is Kind.STORY,
        is_figure=column.kind in _FIGURES,
        role=column.role,
        is_count=column.kind is Kind.COUNT,
        round=rounds.get(column.round or "", ""),
        within_round=say(message(code)) if column.round and ending == _IN_ROUND else "",
    )


def _row(row: Row, shown: Sequence[tuple[int, Column]], say: Say, language: str) -> ShownRow:
    cells = tuple(_cell(row, i, column, say, language) for i, column in shown)
    return ShownRow(cells, row.role is RowRole.TOTAL, parted=_parted(row, say))


def _cell(row: Row, i: int, column: Column, say: Say, language: str) -> ShownCell:
    """The change of the whole is judged in another table, and is no gap in this one."""
    cell = row.cells[i]
    judged_elsewhere = row.role is RowRole.TOTAL and column.role is Role.VERDICT
    if judged_elsewhere and cell.state is State.NOT_AVAILABLE:
        return EMPTY
    return show_cell(cell, column, say, language)


_JOINED = {
    "residents.grid_row": ("grid", "row"),
    "residents.choice": ("question", "choice"),
    "level_one.part_of": ("criterion", "part"),
    "level_one.attribute_of": ("part", "attribute"),
    "level_one.item_in_round": ("item", "round"),
}


def _parted(row: Row, say: Say) -> tuple[str, str] | None:
    label = row.cells[0].value
    if not isinstance(label, Words) or label.message.code not in _JOINED:
        return None
    whole, part = (label.message.params[name] for name in _JOINED[label.message.code])
    return (say(whole), say(part)) if isinstance(whole, Message) and isinstance(part, Message) else None


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
