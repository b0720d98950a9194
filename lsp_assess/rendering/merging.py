"""A wide table made narrower without losing a figure: how many answered below what they answered, the verdict
below its change, a remark below what it remarks on."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lsp_assess.disclosure.tables import Role
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.cells import EMPTY, Look, ShownCell
from lsp_assess.rendering.condensing import only_columns
from lsp_assess.rendering.tables import ShownTable
from lsp_assess.reports.charts.words import Say

_LEAST_COLUMNS = 3
_FEW = 0.3
"""Of the rows."""


def bases_below(table: ShownTable, say: Say) -> ShownTable:
    def told(cell: ShownCell) -> str:
        return say(message("printed.n", n=cell.text))

    merged = _below(table, _pairs(table, Role.BASE, Role.VALUE), told)
    if merged is table:
        return table
    if sum(column.role is Role.VERDICT for column in table.columns) > 1:
        merged = verdicts_below(merged, say)
    return replace(merged, notes=(say(message("printed.note.n")), *merged.notes))


def verdicts_below(table: ShownTable, say: Say) -> ShownTable:  # noqa: ARG001 (a step as the others)
    def told(cell: ShownCell) -> str:
        return f"{cell.text} ({cell.beside})" if cell.beside else cell.text

    return _below(table, _pairs(table, Role.VERDICT, Role.CHANGE), told)


def _pairs(table: ShownTable, lower: Role, upper: Role) -> Mapping[int, int]:
    """Columns that go below the one column of the same round; none unless all of them can."""
    uppers: dict[str, list[int]] = {}
    for i, column in enumerate(table.columns):
        if column.role is upper and column.round:
            uppers.setdefault(column.round, []).append(i)
    lowers = [i for i, column in enumerate(table.columns) if column.role is lower]
    found = {i: there[0] for i in lowers if len(there := uppers.get(table.columns[i].round, [])) == 1}
    return found if len(found) == len(lowers) else {}


def _below(table: ShownTable, pairs: Mapping[int, int], told: Callable[[ShownCell], str]) -> ShownTable:
    if not pairs:
        return table
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        for lower, upper in pairs.items():
            if cells[lower].look is not Look.ABSENT and cells[lower] != EMPTY:
                cells[upper] = replace(cells[upper], below=(*cells[upper].below, told(cells[lower])))
        rows.append(replace(row, cells=tuple(cells)))
    kept = [i for i in range(len(table.columns)) if i not in pairs]
    return only_columns(replace(table, rows=tuple(rows)), kept)


def remarks_below(table: ShownTable, say: Say) -> ShownTable:  # noqa: ARG001 (a step as the others)
    """A last column of words in which few rows say anything, below the light, or the column before it."""
    last = len(table.columns) - 1
    column = table.columns[last]
    said = [row for row in table.rows if row.cells[last] != EMPTY]
    if last < _LEAST_COLUMNS or column.is_figure or column.is_label or len(said) > len(table.rows) * _FEW:
        return table
    lights = [i for i, other in enumerate(table.columns[:last]) if other.role is Role.LIGHT]
    return _below(table, {last: lights[-1] if lights else last - 1}, lambda cell: cell.text)
