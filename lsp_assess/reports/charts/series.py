"""An indicator over time: line and interval, plan, comparators, breaks, and the light at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lsp_assess.disclosure.tables import Role, Row, Unit
from lsp_assess.disclosure.values import Light, Moment
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.marks import along, chart, fixed, layer, text_at
from lsp_assess.reports.charts.points import Point, joined, points
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.scale import around
from lsp_assess.reports.charts.text import line_count, spread, width, wrap
from lsp_assess.reports.charts.theme import (
    ACCENT,
    INK,
    LIGHT_SHAPES,
    LIGHTS,
    LINE_HEIGHT,
    MID,
    PALE,
    SMALL,
    SOFT,
    WIDTH,
    Spec,
)
from lsp_assess.reports.charts.words import number_with_unit

_HEIGHT = 220.0
_LEFT = 48.0
_RIGHT = 156.0
_PLOT = WIDTH - _LEFT - _RIGHT
_TOP = 30.0
_BOTTOM, _LEFT_OUT = 44.0, 20.0
_OTHER_SCALE = 5.0
"""A comparator this many times as large would press the partnership's own line flat."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart and how it is drawn."""

    name: str
    place: Place
    points: tuple[Point, ...]
    role: Role


def series_chart(reading: Reading) -> Spec | None:
    rows = timed(reading, reading.parts())
    every = tuple(_lines(reading, rows))
    lines = tuple(line for line in every if _is_on_scale(line, every))
    if not any(line.points for line in lines if line.role is Role.VALUE):
        return None
    times = [on for _, on in rows]
    percent = lines[0].place.column.unit is Unit.PERCENT
    scales = _Scales(
        x=_time_domain(times), y=value_domain([p for line in lines for p in line.points], percent)
    )
    layers = [*_axes(reading, rows, scales), *_breaks(reading, rows, scales)]
    for line in sorted(lines, key=lambda each: each.role is Role.VALUE):
        layers += _draw(line, scales)
    left_out = [line for line in every if line not in lines]
    layers += [*_end_labels(reading, lines, _last_light(reading, rows, lines), scales)]
    return chart(
        [*layers, *_left_out(reading, left_out)],
        width=_PLOT,
        height=_HEIGHT,
        left=_LEFT,
        right=_RIGHT,
        top=_TOP,
        bottom=_BOTTOM + (_LEFT_OUT if left_out else 0),
    )


@dataclass(frozen=True, slots=True)
class _Scales:
    x: tuple[float, float]
    y: tuple[float, float]

    def along_x(self) -> Spec:
        return along("x", self.x)

    def along_y(self, axis: Spec | None = None) -> Spec:
        return along("y", self.y, axis=axis)

    def pixel_x(self, x: float) -> float:
        return (x - self.x[0]) / (self.x[1] - self.x[0]) * _PLOT

    def pixel_y(self, y: float) -> float:
        return (self.y[1] - y) / (self.y[1] - self.y[0]) * _HEIGHT


def timed(reading: Reading, rows: Sequence[Row]) -> tuple[tuple[Row, float], ...]:
    """Rows with their day (its ordinal), in the order of time."""
    place = reading.last(Role.TIME)
    if place is None:
        return ()
    found = [(row, place.cell(row).value) for row in rows]
    dated = [(row, float(value.on.toordinal())) for row, value in found if isinstance(value, Moment)]
    return tuple(sorted(dated, key=lambda pair: pair[1]))


def value_domain(drawn: Sequence[Point], percent: bool) -> tuple[float, float]:
    reach = [x for point in drawn for x in (point.low, point.high)]
    bounds = (0.0, 100.0) if percent and min(reach) >= 0 and max(reach) <= 100 else None
    return around(reach, least=10 if percent else 0, bounds=bounds)


def _time_domain(times: Sequence[float]) -> tuple[float, float]:
    first, last = min(times), max(times)
    margin = (last - first) * 0.03 or 180.0
    return first - margin, last + margin


def _lines(reading: Reading, rows: Sequence[tuple[Row, float]]) -> Iterator[Line]:
    for role in (Role.VALUE, Role.EXPECTED, Role.COMPARATOR):
        for place in reading.places(role):
            breaks = None if role is Role.EXPECTED else reading.last(Role.BREAK)
            yield Line(reading.say(place.column.heading), place, points(rows, place, breaks), role)


def _is_on_scale(line: Line, lines: Sequence[Line]) -> bool:
    own = [abs(p.high) for other in lines if other.role is not Role.COMPARATOR for p in other.points]
    theirs = [abs(p.high) for p in line.points]
    if line.role is not Role.COMPARATOR or not own or not theirs:
        return True
    return max(theirs) <= _OTHER_SCALE * max(own)


def _left_out(reading: Reading, lines: Sequence[Line]) -> list[Spec]:
    if not lines:
        return []
    words = reading.say(message("chart.series.left_out", names=", ".join(line.name for line in lines)))
    return [text_at(0, _HEIGHT + _BOTTOM + 4, words, fontSize=SMALL, color=SOFT)]


def _draw(line: Line, scales: _Scales) -> list[Spec]:
    x, y = scales.along_x(), scales.along_y()
    data: list[Spec] = [{"x": p.x, "y": p.y, "y2": p.high, "low": p.low, "part": p.part} for p in line.points]
    part = {"field": "part", "type": "nominal"}
    if line.role is not Role.VALUE:
        look: Spec = {"color": MID} if line.role is Role.COMPARATOR else {"color": INK, "strokeDash": [5, 4]}
        lone: list[Spec] = [{"x": p.x, "y": p.y} for p in line.points if not joined(p, line.points)]
        return [
            layer({"type": "line", "strokeWidth": 1.4, **look}, data, x=x, y=y, detail=part),
            layer({"type": "point", "size": 24, "opacity": 1, "color": look["color"]}, lone, x=x, y=y),
        ]
    ranged: list[Spec] = [{"x": p.x, "y": p.low, "y2": p.high, "part": p.part} for p in line.points]
    alone = [p for p in line.points if not joined(p, line.points) and p.low < p.high]
    bars: list[Spec] = [{"x": p.x, "y": p.low, "y2": p.high} for p in alone]
    ends: Spec = {"field": "y2"}
    return [
        layer({"type": "area", "color": ACCENT, "opacity": 0.15}, ranged, x=x, y=y, y2=ends, detail=part),
        layer({"type": "rule", "color": ACCENT, "strokeWidth": 1.4}, bars, x=x, y=y, y2=ends),
        layer({"type": "line", "color": ACCENT, "strokeWidth": 2.2}, data, x=x, y=y, detail=part),
        layer({"type": "point", "filled": True, "color": ACCENT, "size": 36, "opacity": 1}, data, x=x, y=y),
    ]


def _axes(reading: Reading, rows: Sequence[tuple[Row, float]], scales: _Scales) -> list[Spec]:
    axis: Spec = {
        "grid": True,
        "domain": False,
        "ticks": False,
        "tickCount": 5,
        "labelPadding": 6,
        "title": None,
    }
    ghost = layer({"type": "point", "opacity": 0}, [{"y": scales.y[0]}], y=scales.along_y(axis))
    labels = [(scales.pixel_x(on), wrap(reading.label(row), 76, SMALL)) for row, on in rows]
    drawn = [ghost]
    for x, words in thinned(labels):
        drawn.append(
            text_at(x, _HEIGHT + 8, words, align="center", baseline="top", fontSize=SMALL, color=SOFT)
        )
    ticks: list[Spec] = [{"x": on} for _, on in rows]
    tick: Spec = {"type": "rule", "color": PALE, "strokeWidth": 1}
    return [*drawn, layer(tick, ticks, x=scales.along_x(), y=fixed(_HEIGHT), y2=fixed(_HEIGHT + 4))]


def thinned(labels: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Every label, or every second, third…, counted from the last, so that none touches its neighbour."""
    for every in range(1, len(labels) + 1):
        kept = list(labels)[::-1][::every][::-1]
        room = [(b[0] - a[0], (width(a[1], SMALL) + width(b[1], SMALL)) / 2 + 8) for a, b in pairwise(kept)]
        if all(there >= needed for there, needed in room):
            return kept
    return []


def _breaks(reading: Reading, rows: Sequence[tuple[Row, float]], scales: _Scales) -> list[Spec]:
    """A dashed line before the first period of the new kind, with its word above the plot."""
    place = reading.last(Role.BREAK)
    if place is None:
        return []
    drawn: list[Spec] = []
    for (_, before), (row, on) in pairwise(rows):
        if place.cell(row).value is None:
            continue
        x = scales.pixel_x((before + on) / 2)
        rule: Spec = {"type": "rule", "color": SOFT, "strokeWidth": 1, "strokeDash": [2, 2]}
        drawn.append(layer(rule, [{}], x=fixed(x), y=fixed(-8), y2=fixed(_HEIGHT)))
        words = reading.say(message("chart.series.break"))
        drawn.append(text_at(x, -16, words, align="center", fontSize=SMALL, color=SOFT))
    return drawn


def _end_labels(reading: Reading, lines: Sequence[Line], light: Light | None, scales: _Scales) -> list[Spec]:
    """Each line's name at its end, with the light of its last value; moved apart where they would touch."""
    ended = [line for line in lines if line.points]
    words = [wrap(_ending(reading, line, light), _RIGHT - 34, SMALL) for line in ended]
    tall = max((line_count(w) for w in words), default=1) * LINE_HEIGHT + 4
    wanted = [scales.pixel_y(line.points[-1].y) for line in ended]
    places = spread(wanted, tall, 0, _HEIGHT)
    drawn: list[Spec] = []
    for line, spoken, y in zip(ended, words, places, strict=True):
        colour = {Role.VALUE: ACCENT, Role.EXPECTED: INK}.get(line.role, SOFT)
        up = (line_count(spoken) - 1) * LINE_HEIGHT / 2
        bold = "bold" if line.role is Role.VALUE else "normal"
        drawn.append(text_at(_PLOT + 26, y - up, spoken, fontSize=SMALL, color=colour, fontWeight=bold))
        if light is not None and line.role is Role.VALUE:
            drawn.append(_lamp(light, y))
    return drawn


def _ending(reading: Reading, line: Line, light: Light | None) -> str:
    words = f"{line.name} {reading.say(number_with_unit(line.points[-1].y, line.place.column))}"
    if light is None or line.role is not Role.VALUE:
        return words
    return f"{words}, {reading.say(message(f'shown.light.{light.colour.value}'))}"


def _lamp(light: Light, y: float) -> Spec:
    shape, colour = LIGHT_SHAPES[light.colour.value], LIGHTS[light.colour.value]
    mark: Spec = {"type": "point", "shape": shape, "size": 120, "opacity": 1, "strokeWidth": 1.2}
    return layer(mark | {"fill": colour, "stroke": INK}, [{}], x=fixed(_PLOT + 13), y=fixed(y))


def _last_light(reading: Reading, rows: Sequence[tuple[Row, float]], lines: Sequence[Line]) -> Light | None:
    """The light of the latest value that is shown."""
    place = reading.last(Role.LIGHT)
    value = next((line for line in lines if line.role is Role.VALUE and line.points), None)
    if place is None or value is None:
        return None
    row = next(row for row, on in rows if on == value.points[-1].x)
    found = place.cell(row).value
    return found if isinstance(found, Light) else None
