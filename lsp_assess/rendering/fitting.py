"""How a table fits the width of a page: smaller letters first, then intervals below their values, then
several tables that repeat the first column. Nothing is ever cut off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.rendering.cells import Look, ShownCell
from lsp_assess.rendering.tables import ShownTable
from lsp_assess.reports.charts.text import width

PAGE_WIDTH = 642.0
"""CSS pixels between the margins of the report (170 mm)."""

_PADDING = 14.0
_LEAST_LABEL = 120.0
_MOST_WORD = 110.0
"""A longer word may be parted."""
_LAMP = 16.0
_LINES = 4
_MOST_TEXT = 190.0
"""A text gets the width that lets it stand in a few lines, up to this."""


class Intervals(StrEnum):
    BESIDE = "beside"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Fit:
    """`points` is the size of the letters; `parts` are the columns of each table to be drawn; `breakable`
    columns hold a word so long that it has to be parted; `least` are the narrowest widths of
    columns of words, in pixels, and nought for figures, which do not wrap."""

    points: float
    intervals: Intervals
    parts: tuple[tuple[int, ...], ...]
    breakable: frozenset[int]
    least: tuple[int, ...]


_TRIES = (
    (9.0, Intervals.BESIDE),
    (9.0, Intervals.BELOW),
    (8.0, Intervals.BESIDE),
    (8.0, Intervals.BELOW),
    (7.5, Intervals.BELOW),
)


def fit(table: ShownTable, *, room: float = PAGE_WIDTH) -> Fit:
    every = tuple(range(len(table.columns)))
    for points, intervals in _TRIES:
        needs = _needs(table, points, intervals)
        if sum(needs) <= room:
            return _fit(table, points, intervals, (every,), needs)
    needs = _needs(table, 8.0, Intervals.BELOW)
    return _fit(table, 8.0, Intervals.BELOW, _split(table, needs, room), needs)


def _fit(
    table: ShownTable,
    points: float,
    intervals: Intervals,
    parts: tuple[tuple[int, ...], ...],
    needs: Sequence[float],
) -> Fit:
    least = tuple(
        0 if column.is_figure else int(need - _PADDING)
        for column, need in zip(table.columns, needs, strict=True)
    )
    return Fit(points, intervals, parts, _breakable(table, points), least)


def _breakable(table: ShownTable, points: float) -> frozenset[int]:
    return frozenset(
        i
        for i, column in enumerate(table.columns)
        if any(
            width(word, points * 4 / 3) > _MOST_WORD
            for text in (column.heading, *(row.cells[i].text for row in table.rows))
            for word in text.split()
        )
    )


def _needs(table: ShownTable, points: float, intervals: Intervals) -> list[float]:
    """The narrowest that each column can be, in pixels."""
    pixels = points * 4 / 3
    found: list[float] = []
    for i, column in enumerate(table.columns):
        heading = [_words(f"{column.heading} {column.unit}", pixels)]
        cells = [_cell(row.cells[i], pixels, intervals) for row in table.rows]
        least = _LEAST_LABEL if column.is_label else 0.0
        found.append(max(least, *heading, *cells, 20.0) + _PADDING)
    return found


def _words(text: str, pixels: float) -> float:
    """The longest word, which may be parted where it is very long."""
    return min(_MOST_WORD, max((width(word, pixels) for word in text.split()), default=0))


def _cell(cell: ShownCell, pixels: float, intervals: Intervals) -> float:
    if cell.look is not Look.FIGURE:
        few_lines = min(_MOST_TEXT, width(cell.text, pixels) / _LINES)
        lamp = _LAMP if cell.light is not None else 0.0
        return lamp + max(few_lines, _words(cell.text, pixels), _words(cell.beside, pixels * 0.92))
    figure = width(cell.text, pixels) + (width("a,b", pixels) if cell.cautions else 0)
    beside = width(f"({cell.beside})", pixels * 0.92) if cell.beside else 0.0
    together: Callable[[Sequence[float]], float] = sum if intervals is Intervals.BESIDE else max
    return together((figure, beside + (4 if intervals is Intervals.BESIDE and beside else 0)))


def _split(table: ShownTable, needs: Sequence[float], room: float) -> tuple[tuple[int, ...], ...]:
    """Groups of columns, each after the labels."""
    labels = tuple(i for i, column in enumerate(table.columns) if column.is_label)
    start = sum(needs[i] for i in labels)
    parts: list[list[int]] = [[]]
    used = start
    for i in range(len(table.columns)):
        if i in labels:
            continue
        if parts[-1] and used + needs[i] > room:
            parts.append([])
            used = start
        parts[-1].append(i)
        used += needs[i]
    return tuple((*labels, *part) for part in parts)
