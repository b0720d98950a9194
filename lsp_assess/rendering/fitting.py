"""How a table fits the width of a page: smaller letters first, then intervals below their values, then
several tables that repeat the first column. Nothing is ever cut off."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.rendering.cells import Look, ShownCell
from lsp_assess.rendering.tables import ShownTable
from lsp_assess.reports.charts.text import width

PAGE_WIDTH = 642.0
"""CSS pixels between the margins of the report (170 mm)."""

_LEAST_LABEL, _NARROW_LABEL = 120.0, 90.0
_MOST_WORD = 110.0
"""A longer word may be parted."""
_LAMP = 16.0
_ROOMY, _SMALL = 9.0, 8.0
_OF_LEFT = 0.8
"""The rest keeps figures from crowding."""
_FEW_LINES = 4
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


@dataclass(frozen=True, slots=True)
class _Try:
    points: float
    intervals: Intervals
    lines: int = _FEW_LINES

    @property
    def padding(self) -> float:
        """Left and right of a cell: the style sheet has less for small letters."""
        return 14.0 if self.points >= _ROOMY else 10.0

    @property
    def label(self) -> float:
        """The least width of a column of labels."""
        return _NARROW_LABEL if self.points < _SMALL else _LEAST_LABEL


_TRIES = (
    _Try(9.0, Intervals.BESIDE),
    _Try(9.0, Intervals.BELOW),
    _Try(8.0, Intervals.BESIDE),
    _Try(8.0, Intervals.BELOW),
    *(_Try(8.0, Intervals.BELOW, lines) for lines in (5, 6, 8)),
    *(_Try(7.5, Intervals.BELOW, lines) for lines in (6, 8)),
)


def fit(table: ShownTable, *, room: float = PAGE_WIDTH, most: float = _ROOMY) -> Fit:
    """`most` is the largest size of letters, in points."""
    every = tuple(range(len(table.columns)))
    for one in (each for each in _TRIES if each.points <= most):
        needs = _needs(table, one)
        if sum(needs) <= room:
            return _fit(table, one, (every,), _shared(table, needs, one, room))
    parted = _Try(8.0, Intervals.BELOW)
    needs = _needs(table, parted)
    return _fit(table, parted, _split(table, needs, room), needs)


def _shared(table: ShownTable, needs: Sequence[float], one: _Try, room: float) -> list[float]:
    """What is left over goes to the columns of words, as far as they can use it; figures need no more."""
    wished = [
        0.0 if column.is_figure else max(0.0, _longest(table, i, one.points * 4 / 3) + one.padding - need)
        for i, (column, need) in enumerate(zip(table.columns, needs, strict=True))
    ]
    return [
        need + extra for need, extra in zip(needs, _even(wished, (room - sum(needs)) * _OF_LEFT), strict=True)
    ]


def _even(wished: Sequence[float], left: float) -> list[float]:
    """Small wishes are met in full, before the large ones share the rest."""
    given = [0.0] * len(wished)
    asking = sorted((i for i, wish in enumerate(wished) if wish), key=lambda i: wished[i])
    for place, i in enumerate(asking):
        given[i] = min(wished[i], left / (len(asking) - place))
        left -= given[i]
    return given


def _longest(table: ShownTable, i: int, pixels: float) -> float:
    """What a column of words needs to stand in one line."""
    return max((width(row.cells[i].text, pixels) for row in table.rows), default=0.0)


def _fit(
    table: ShownTable,
    one: _Try,
    parts: tuple[tuple[int, ...], ...],
    needs: Sequence[float],
) -> Fit:
    least = tuple(
        0 if column.is_figure else int(need - one.padding)
        for column, need in zip(table.columns, needs, strict=True)
    )
    return Fit(one.points, one.intervals, parts, _breakable(table, one.points), least)


def _breakable(table: ShownTable, points: float) -> frozenset[int]:
    return frozenset(
        i
        for i, column in enumerate(table.columns)
        if any(
            width(word, points * 4 / 3) > _MOST_WORD
            for text in (column.heading, *(row.cells[i].text for row in table.rows))
            for word in _parted(text)
        )
    )


def _needs(table: ShownTable, one: _Try) -> list[float]:
    """The narrowest that each column can be, in pixels."""
    pixels = one.points * 4 / 3
    found: list[float] = []
    for i, column in enumerate(table.columns):
        heading = [_words(f"{column.heading} {column.unit}", pixels)]
        cells = [_cell(row.cells[i], column.is_figure, pixels, one) for row in table.rows]
        least = one.label if column.is_label else 0.0
        found.append(max(least, *heading, *cells, 20.0) + one.padding)
    return found


def _words(text: str, pixels: float) -> float:
    """The longest word, which may be parted where it is very long."""
    return min(_MOST_WORD, max((width(word, pixels) for word in _parted(text)), default=0))


def _parted(text: str) -> list[str]:
    """At the spaces where a line may end, and no others."""
    return text.replace("\n", " ").split(" ")


def _cell(cell: ShownCell, is_figure: bool, pixels: float, one: _Try) -> float:
    if cell.look is not Look.FIGURE and not is_figure:
        few_lines = min(_MOST_TEXT, width(cell.text, pixels) / one.lines)
        lamp = _LAMP if cell.light is not None else 0.0
        return lamp + max(few_lines, _words(cell.text, pixels), _words(cell.beside, pixels * 0.92))
    figure = width(cell.text, pixels) + (width("a,b", pixels) if cell.cautions else 0)
    beside = width(f"({cell.beside})", pixels * 0.92) if cell.beside else 0.0
    below = max((width(line, pixels * 0.92) for line in cell.below), default=0.0)
    if one.intervals is Intervals.BESIDE:
        return max(figure + beside + (4 if beside else 0), below)
    return max(figure, beside, below)


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
