"""The frame of charts with one row a thing: labels at the left, a scale, words at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lsp_assess.reports.charts.marks import along, chart, fixed, layer, text_at
from lsp_assess.reports.charts.text import line_count, width, wrap
from lsp_assess.reports.charts.theme import GRID, INK, LINE_HEIGHT, SMALL, SOFT, TEXT, WIDTH, Spec

GAP = 12
_LABEL_ROOM = 215
_LABEL_LEAST = 40
_COLUMN_ROOM = 150
_KEY_LINE = 17
_TALLEST = 700
"""Pixels that the rows of a chart may take of a page, as long as that leaves each `_ROOMY` ones."""
_ROOMY = 20


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words at the right of the plot."""

    heading: str
    cells: tuple[str, ...]
    size: int = TEXT

    @property
    def room(self) -> float:
        return max((width(cell, self.size) for cell in (self.heading, *self.cells)), default=0)

    def wrapped(self) -> "Words":
        cells = tuple(wrap(cell, _COLUMN_ROOM, self.size) for cell in self.cells)
        return replace(self, heading=wrap(self.heading, _COLUMN_ROOM, SMALL), cells=cells)


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the key above a chart."""

    words: str
    shape: str
    colour: str
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    labels: tuple[str, ...]
    domain: tuple[float, float]
    right: tuple[Words, ...] = ()
    key: tuple[Mark, ...] = ()
    axis_title: str = ""
    ticks: tuple[float, ...] | None = None
    least_step: float = 24
    scale_is_shown: bool = True

    @property
    def rows(self) -> int:
        return len(self.labels)

    @property
    def left(self) -> float:
        wide = max((width(label) for label in self._wrapped()), default=0)
        return max(_LABEL_LEAST, wide) + GAP

    @property
    def right_room(self) -> float:
        return sum(column.wrapped().room + GAP for column in self.right) + GAP

    @property
    def plot_width(self) -> float:
        return WIDTH - self.left - self.right_room

    @property
    def step(self) -> float:
        cells = [*self._wrapped(), *(cell for column in self.right for cell in column.wrapped().cells)]
        lines = max((line_count(cell) for cell in cells), default=1)
        needed = lines * LINE_HEIGHT + 5
        roomy = min(self.least_step, max(_ROOMY, _TALLEST / max(1, self.rows)))
        return max(needed, roomy)

    @property
    def height(self) -> float:
        return self.step * self.rows

    def x(self, field: str = "x") -> Spec:
        return along(field, self.domain)

    def y(self, field: str = "y") -> Spec:
        """Row i lies at i + 0.5; fractions of a row move within it."""
        return along(field, (0, max(1, self.rows)), reverse=True)

    def spec(self, layers: Sequence[Spec]) -> Spec:
        top = 8 + self._key_height() + self._heading_height()
        return chart(
            [*self._scale(), *self._labels(), *layers, *self._right(), *self._key(top)],
            width=self.plot_width,
            height=self.height,
            left=self.left,
            right=self.right_room,
            top=top,
            bottom=34 if self.axis_title else 22 if self.scale_is_shown else 6,
        )

    def _wrapped(self) -> tuple[str, ...]:
        return tuple(wrap(label, _LABEL_ROOM) for label in self.labels)

    def _heading_height(self) -> float:
        headings = [column.wrapped().heading for column in self.right]
        lines = max((line_count(h) for h in headings if h), default=0)
        return lines * LINE_HEIGHT + (2 if lines else 0)

    def _scale(self) -> list[Spec]:
        """An axis below and thin lines between the rows."""
        axis: Spec = {"grid": True, "domain": False, "ticks": False, "labelPadding": 4, "tickCount": 5}
        axis["title"] = self.axis_title or None
        if self.ticks is not None:
            axis["values"] = list(self.ticks)
        if not self.scale_is_shown:
            axis = {"grid": False, "domain": False, "ticks": False, "labels": False, "title": None}
        ghost = [{"x": self.domain[0]}]
        scale = layer({"type": "point", "opacity": 0}, ghost, x=along("x", self.domain, axis=axis))
        between = [{"y": i} for i in range(1, self.rows)]
        rule = {"type": "rule", "color": GRID, "strokeWidth": 0.5}
        return [scale, layer(rule, between, y=self.y(), x=fixed(-self.left), x2=fixed(self.plot_width))]

    def _labels(self) -> list[Spec]:
        return [_column(self._wrapped(), self, x=-self.left, size=TEXT)]

    def _right(self) -> list[Spec]:
        drawn: list[Spec] = []
        x = self.plot_width + GAP * 1.5
        for column in (c.wrapped() for c in self.right):
            drawn.append(_column(column.cells, self, x=x, size=column.size))
            lines = line_count(column.heading)
            y = -6 - (lines - 1) * LINE_HEIGHT
            drawn.append(text_at(x, y, column.heading, fontSize=SMALL, color=SOFT))
            x += column.room + GAP
        return drawn

    def _key_places(self) -> list[tuple[float, int]]:
        """(pixels from the left, line) of every entry of the key."""
        places: list[tuple[float, int]] = []
        x, line = 0.0, 0
        for mark in self.key:
            room = 9 + width(mark.words, SMALL) + 16
            if places and x + room > WIDTH - 6:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += room
        return places

    def _key_height(self) -> float:
        return max((line + 1 for _, line in self._key_places()), default=0) * _KEY_LINE

    def _key(self, top: float) -> list[Spec]:
        drawn: list[Spec] = []
        for mark, (x, line) in zip(self.key, self._key_places(), strict=True):
            left, y = x + 5 - self.left, 12 - top + line * _KEY_LINE
            drawn.append(symbol(mark, x=fixed(left), y=fixed(y), data=[{}]))
            drawn.append(text_at(left + 9, y, mark.words, fontSize=SMALL, color=SOFT))
        return drawn


def symbol(mark: Mark, *, x: Spec, y: Spec, data: Sequence[Mapping[str, object]], size: float = 55) -> Spec:
    drawn: Spec = {"type": "point", "shape": mark.shape, "size": size, "opacity": 1, "strokeWidth": 1.4}
    drawn |= {"stroke": mark.colour, "fill": "#ffffff" if mark.hollow else mark.colour}
    return layer(drawn, data, x=x, y=y)


def _column(cells: Sequence[str], frame: Frame, *, x: float, size: float) -> Spec:
    """Words centred on their row: each further line moves the first up by half a line."""
    data: list[Spec] = []
    for i, words in enumerate(cells):
        up = (line_count(words) - 1) * LINE_HEIGHT / 2 / frame.step
        data.append({"words": words, "y": i + 0.5 - up})
    mark: Spec = {"type": "text", "align": "left", "baseline": "middle", "fontSize": size, "color": INK}
    return layer(mark, data, text={"field": "words"}, x=fixed(x), y=frame.y())
