"""A table as paper holds it: what is the same all the way down, or all the way along, is said once below.

A page of the same sign tells nobody more than a line does. Pages on a screen and downloads keep every cell.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from lsp_assess.disclosure.tables import Role
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.cells import EMPTY, ShownCell
from lsp_assess.rendering.tables import ShownColumn, ShownRow, ShownTable
from lsp_assess.rendering.wording import bound
from lsp_assess.reports.charts.words import Say

_MANY_ROWS = 6
_RUN = 3
"""Rows of one grid that make a heading of their own worth its line."""


def condensed(table: ShownTable, say: Say) -> ShownTable:
    for step in (
        _without_empty_columns,
        _without_constants,
        _without_withheld_rows,
        _without_withheld_columns,
        _without_noughts,
    ):
        table = step(table, say)
    headings = (replace(column, heading=bound(column.heading)) for column in table.columns)
    return _under_headings(replace(table, columns=tuple(headings)))


def only_columns(table: ShownTable, kept: Sequence[int], *notes: str) -> ShownTable:
    return replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[i] for i in kept)) for row in table.rows),
        notes=(*notes, *table.notes),
    )


def _column(table: ShownTable, i: int) -> list[ShownCell]:
    return [row.cells[i] for row in table.rows]


def _where(table: ShownTable, test: Callable[[ShownColumn, list[ShownCell]], bool]) -> list[int]:
    """Columns beside the label that pass the test, if the table has rows at all."""
    if not table.rows:
        return []
    return [
        i for i, column in enumerate(table.columns) if not column.is_label and test(column, _column(table, i))
    ]


def _others(table: ShownTable, dropped: Sequence[int]) -> list[int]:
    return [i for i in range(len(table.columns)) if i not in dropped]


def _without_empty_columns(table: ShownTable, say: Say) -> ShownTable:  # noqa: ARG001 (a step as the others)
    empty = _where(table, lambda _, cells: all(cell == EMPTY for cell in cells))
    return only_columns(table, _others(table, empty))


def _without_constants(table: ShownTable, say: Say) -> ShownTable:
    """The smallest change that matters, where it is the same for every row."""
    constant = _where(
        table,
        lambda column, cells: (
            column.role is Role.DELTA and len({cell.text for cell in cells}) == 1 and len(cells) > 1
        ),
    )
    notes = [_constant_note(table.columns[i], table.rows[0].cells[i].text, say) for i in constant]
    return only_columns(table, _others(table, constant), *notes)


def _constant_note(column: ShownColumn, text: str, say: Say) -> str:
    said = f"{text} {column.unit}".strip()
    return say(message("printed.constant", heading=column.heading, value=said))


def _without_withheld_rows(table: ShownTable, say: Say) -> ShownTable:
    """Each stays where its chart shows it; where no row would be left, all are."""
    gone = [row for row in table.rows if not row.is_total and _is_withheld(row, table)]
    if not gone or len(gone) == sum(not row.is_total for row in table.rows):
        return table
    names = "; ".join(row.cells[0].text for row in gone)
    note = say(message("printed.withheld_rows", n=len(gone), names=names))
    kept = tuple(row for row in table.rows if not any(row is each for each in gone))
    return replace(table, rows=kept, notes=(note, *table.notes))


def _is_withheld(row: ShownRow, table: ShownTable) -> bool:
    cells = [cell for cell, column in zip(row.cells, table.columns, strict=True) if not column.is_label]
    return bool(cells) and all(cell.is_withheld for cell in cells)


def _without_withheld_columns(table: ShownTable, say: Say) -> ShownTable:
    gone = _where(table, lambda _, cells: all(cell.is_withheld for cell in cells))
    if not gone or len(gone) == len(_where(table, lambda *_: True)):
        return table
    names = "; ".join(table.columns[i].heading for i in gone)
    note = say(message("printed.withheld_columns", n=len(gone), names=names))
    return only_columns(table, _others(table, gone), note)


def _without_noughts(table: ShownTable, say: Say) -> ShownTable:
    """Of a long table of counts, the columns where nobody stands."""
    if len(table.rows) < _MANY_ROWS:
        return table
    noughts = _where(table, lambda column, cells: column.is_count and all(cell.text == "0" for cell in cells))
    if not noughts or len(noughts) == len(_where(table, lambda *_: True)):
        return table
    names = "; ".join(table.columns[i].heading for i in noughts)
    note = say(message("printed.noughts", n=len(noughts), names=names))
    return only_columns(table, _others(table, noughts), note)


def _under_headings(table: ShownTable) -> ShownTable:
    """The question of a grid stands once above its rows."""
    rows: list[ShownRow] = []
    for grid, run in groupby(table.rows, key=lambda row: row.parted and row.parted[0]):
        grouped = list(run)
        if grid is None or len(grouped) < _RUN:
            rows += grouped
        else:
            rows += [_headed(row, grid) for row in grouped]
    return replace(table, rows=tuple(rows))


def _headed(row: ShownRow, grid: str) -> ShownRow:
    label, *cells = row.cells
    short = label.text if row.parted is None else row.parted[1]
    return replace(row, heading=grid, cells=(replace(label, text=short), *cells))
