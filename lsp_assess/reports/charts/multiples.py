"""Areas at once: small multiples, every panel on one and the same scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lsp_assess.disclosure.tables import Role, Row, Unit
from lsp_assess.reports.charts.marks import along, chart, layer
from lsp_assess.reports.charts.points import Point, points
from lsp_assess.reports.charts.reading import Reading
from lsp_assess.reports.charts.scale import nice_step
from lsp_assess.reports.charts.series import timed, value_domain
from lsp_assess.reports.charts.text import line_count, wrap
from lsp_assess.reports.charts.theme import ACCENT, GRID, INK, LINE_HEIGHT, SMALL, SOFT, WIDTH, Spec
from lsp_assess.reports.charts.words import absence, number_with_unit

_COLUMNS = 3
_LEFT = 34.0
_GAP = 24.0
_PLOT_HEIGHT = 74.0
_END = 34.0
"""Room for the last value beside its point."""


@dataclass(frozen=True, slots=True)
class _Panel:
    name: str
    value: tuple[Point, ...]
    expected: tuple[Point, ...]
    ending: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Where a point of panel i lies, in pixels from the top left of the whole."""

    x: tuple[float, float]
    y: tuple[float, float]
    title: float

    @property
    def panel_width(self) -> float:
        return (WIDTH - _LEFT - (_COLUMNS - 1) * _GAP) / _COLUMNS

    @property
    def panel_height(self) -> float:
        return self.title + _PLOT_HEIGHT + 30

    def corner(self, i: int) -> tuple[float, float]:
        row, column = divmod(i, _COLUMNS)
        return _LEFT + column * (self.panel_width + _GAP), row * self.panel_height + self.title

    def place(self, i: int, x: float, y: float) -> tuple[float, float]:
        left, top = self.corner(i)
        across = (x - self.x[0]) / (self.x[1] - self.x[0] or 1) * (self.panel_width - _END)
        return left + across, top + (self.y[1] - y) / (self.y[1] - self.y[0]) * _PLOT_HEIGHT


def multiples_chart(reading: Reading) -> Spec | None:
    panels = tuple(_panel(reading, list(rows)) for _, rows in groupby(reading.parts(), key=lambda r: r.group))
    drawn = [p for panel in panels for p in (*panel.value, *panel.expected)]
    if not any(panel.value for panel in panels):
        return None
    percent = reading.places(Role.VALUE)[0].column.unit is Unit.PERCENT
    titles = max(line_count(_title(panel)) for panel in panels) * LINE_HEIGHT + 8
    times = [p.x for p in drawn]
    canvas = _Canvas((min(times), max(times)), value_domain(drawn, percent), titles)
    rows = -(-len(panels) // _COLUMNS)
    height = rows * canvas.panel_height
    layers = [layer_ for i, panel in enumerate(panels) for layer_ in _draw(panel, i, canvas, height)]
    return chart(layers, width=WIDTH, height=height, left=0, right=0, top=4, bottom=2)


def _title(panel: _Panel) -> str:
    return wrap(panel.name, (WIDTH - _LEFT - 2 * _GAP) / _COLUMNS - 4)


def _panel(reading: Reading, rows: Sequence[Row]) -> _Panel:
    value = reading.places(Role.VALUE)[0]
    dated = timed(reading, rows)
    found = points(dated, value, reading.last(Role.BREAK))
    expected = reading.last(Role.EXPECTED)
    ending = reading.say(number_with_unit(found[-1].y, value.column)) if found else ""
    absent = next((a for row in rows if (a := absence(value.cell(row))) is not None), None)
    return _Panel(
        name=reading.group(rows[0]),
        value=found,
        expected=points(dated, expected, None) if expected else (),
        ending=ending if found or absent is None else reading.say(absent),
        first=reading.label(dated[0][0]) if dated else "",
        last=reading.label(dated[-1][0]) if dated else "",
    )


def _draw(panel: _Panel, i: int, canvas: _Canvas, height: float) -> list[Spec]:
    x, y = along("x", (0, WIDTH)), along("y", (0, height), reverse=True)

    def path(drawn: Sequence[Point], mark: Spec) -> Spec:
        data: list[Spec] = []
        for p in drawn:
            px, py = canvas.place(i, p.x, p.y)
            data.append({"x": px, "y": py, "part": p.part})
        return layer(mark, data, x=x, y=y, detail={"field": "part", "type": "nominal"})

    band: list[Spec] = []
    for p in panel.value:
        (px, low), (_, high) = canvas.place(i, p.x, p.low), canvas.place(i, p.x, p.high)
        band.append({"x": px, "y": low, "y2": high, "part": p.part})
    detail = {"field": "part", "type": "nominal"}
    return [
        *_grid(i, canvas, x, y),
        layer(
            {"type": "area", "color": ACCENT, "opacity": 0.15},
            band,
            x=x,
            y=y,
            y2={"field": "y2"},
            detail=detail,
        ),
        path(panel.expected, {"type": "line", "color": INK, "strokeDash": [4, 3], "strokeWidth": 1.2}),
        path(panel.value, {"type": "line", "color": ACCENT, "strokeWidth": 2}),
        path(panel.value[-1:], {"type": "point", "filled": True, "color": ACCENT, "size": 34, "opacity": 1}),
        *_words(panel, i, canvas, x, y),
    ]


def _grid(i: int, canvas: _Canvas, x: Spec, y: Spec) -> list[Spec]:
    low, high = canvas.y
    step = nice_step(high - low, 3)
    ticks = [low + k * step for k in range(int((high - low) / step + 1e-9) + 1)]
    left, _ = canvas.corner(i)
    lines: list[Spec] = []
    labels: list[Spec] = []
    for tick in ticks:
        _, at = canvas.place(i, canvas.x[0], tick)
        lines.append({"x": left, "x2": left + canvas.panel_width, "y": at})
        labels.append({"x": left - 5, "y": at, "words": f"{tick:g}".replace("-", "−")})
    drawn = [layer({"type": "rule", "color": GRID}, lines, x=x, x2={"field": "x2"}, y=y)]
    if i % _COLUMNS == 0:
        mark: Spec = {
            "type": "text",
            "align": "right",
            "baseline": "middle",
            "fontSize": SMALL,
            "color": SOFT,
        }
        drawn.append(layer(mark, labels, x=x, y=y, text={"field": "words"}))
    return drawn


def _words(panel: _Panel, i: int, canvas: _Canvas, x: Spec, y: Spec) -> list[Spec]:
    left, top = canvas.corner(i)
    foot = top + _PLOT_HEIGHT + 12
    end = (
        canvas.place(i, panel.value[-1].x, panel.value[-1].y)
        if panel.value
        else (left, top + _PLOT_HEIGHT / 2)
    )
    entries: list[tuple[str, float, float, Spec]] = [
        (_title(panel), left, top - canvas.title + 8, {"fontWeight": "bold"}),
        (panel.ending, end[0] + 6, end[1], {}),
        (panel.first, left, foot, {"fontSize": SMALL, "color": SOFT}),
    ]
    if panel.last != panel.first:
        last = {"fontSize": SMALL, "color": SOFT, "align": "right"}
        entries.append((panel.last, left + canvas.panel_width - _END + 8, foot, dict(last)))
    drawn: list[Spec] = []
    for words, px, py, look in entries:
        mark: Spec = {"type": "text", "align": "left", "baseline": "middle", **look}
        drawn.append(layer(mark, [{"x": px, "y": py, "words": words}], x=x, y=y, text={"field": "words"}))
    return drawn
