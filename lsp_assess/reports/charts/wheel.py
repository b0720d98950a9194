"""The progress wheel: a spoke an element, separate at the rim, integrated at the hub, rounds as outlines."""

from collections.abc import Sequence
from math import cos, pi, sin

from lsp_assess.disclosure.tables import Role, Row
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.frame import Mark, symbol
from lsp_assess.reports.charts.marks import along, chart, layer, text_at
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.text import line_count, width, wrap
from lsp_assess.reports.charts.theme import (
    ACCENT,
    GRID,
    LINE_HEIGHT,
    MID,
    PALE,
    PAPER,
    SMALL,
    SOFT,
    WIDTH,
    Spec,
)
from lsp_assess.reports.charts.words import absence, amount

_RADIUS = 150.0
_HUB = 14.0
_LABEL_ROOM = 140.0
_RINGS = {0: "separate", 50: "cooperating", 100: "integrated"}
_HEIGHT = 2 * _RADIUS + 84


def wheel_chart(reading: Reading) -> Spec | None:
    rounds = reading.places(Role.VALUE)
    rows = reading.parts()
    if not any(amount(place.cell(row)) is not None for place in rounds for row in rows):
        return None
    outlines = [
        _outline(place, rows, last=i == len(rounds) - 1, middle=0 < i < len(rounds) - 1)
        for i, place in enumerate(rounds)
    ]
    layers = [*_rings(), *_spokes(reading, rounds[-1], rows)]
    layers += [*(sides for sides, _ in outlines), *_ring_names(reading), *(dots for _, dots in outlines)]
    layers += _key(reading, rounds)
    return chart(layers, width=WIDTH, height=_HEIGHT, left=0, right=0, top=4, bottom=4)


def _x(field: str = "x") -> Spec:
    return along(field, (-WIDTH / 2, WIDTH / 2))


def _y(field: str = "y") -> Spec:
    return along(field, (-_HEIGHT / 2 + 8, _HEIGHT / 2 + 8))


def _point(spoke: int, spokes: int, score: float) -> tuple[float, float]:
    """The first spoke points up, the others follow clockwise; 100 lies at the hub, 0 at the rim."""
    radius = _HUB + (_RADIUS - _HUB) * (1 - score / 100)
    angle = pi / 2 - 2 * pi * spoke / spokes
    return radius * cos(angle), radius * sin(angle)


def _rings() -> list[Spec]:
    layers: list[Spec] = []
    for score in _RINGS:
        radius = _HUB + (_RADIUS - _HUB) * (1 - score / 100)
        data: list[Spec] = [
            {"x": radius * cos(a * pi / 60), "y": radius * sin(a * pi / 60), "o": a} for a in range(121)
        ]
        order = {"field": "o", "type": "quantitative"}
        layers.append(
            layer({"type": "line", "color": PALE, "strokeWidth": 1}, data, x=_x(), y=_y(), order=order)
        )
    return layers


def _ring_names(reading: Reading) -> list[Spec]:
    """On the rings, midway between two spokes, with a white edge that keeps the lines off."""
    layers: list[Spec] = []
    mark: Spec = {"type": "text", "fontSize": 9, "color": SOFT, "align": "center", "baseline": "middle"}
    for score, name in _RINGS.items():
        radius = _HUB + (_RADIUS - _HUB) * (1 - score / 100)
        at = pi / 2 - pi / 9
        words = reading.say(message(f"chart.wheel.{name}"))
        data: list[Spec] = [{"x": radius * cos(at), "y": radius * sin(at), "words": words}]
        for look in (mark | {"stroke": PAPER, "strokeWidth": 4, "color": PAPER}, mark):
            layers.append(layer(look, data, x=_x(), y=_y(), text={"field": "words"}))
    return layers


def _spokes(reading: Reading, now: Place, rows: Sequence[Row]) -> list[Spec]:
    lines: list[Spec] = []
    layers: list[Spec] = []
    for i, row in enumerate(rows):
        (x, y), (x2, y2) = _point(i, len(rows), 0), _point(i, len(rows), 100)
        lines.append({"x": x, "y": y, "x2": x2, "y2": y2})
        layers.append(_spoke_label(_label(reading, now, row), x, y))
    rule: Spec = {"type": "rule", "color": GRID, "strokeWidth": 1}
    return [layer(rule, lines, x=_x(), y=_y(), x2={"field": "x2"}, y2={"field": "y2"}), *layers]


def _label(reading: Reading, now: Place, row: Row) -> str:
    absent = absence(now.cell(row))
    words = reading.label(row)
    return wrap(words if absent is None else f"{words} {reading.say(absent)}", _LABEL_ROOM)


def _spoke_label(words: str, x: float, y: float) -> Spec:
    """Outside the rim; beside it at the left and right, above or below at the top and bottom."""
    side = 0 if abs(x) < 8 else (1 if x > 0 else -1)
    align = {0: "center", 1: "left", -1: "right"}[side]
    lines = line_count(words) - 1
    up = lines * LINE_HEIGHT * (1.0 if side == 0 and y > 0 else 0.5)
    out = 1 + 10 / _RADIUS
    data: list[Spec] = [{"x": x * out, "y": y * out + up, "words": words}]
    mark: Spec = {"type": "text", "align": align, "baseline": "middle"}
    return layer(mark, data, x=_x(), y=_y(), text={"field": "words"})


def _outline(place: Place, rows: Sequence[Row], *, last: bool, middle: bool) -> tuple[Spec, Spec]:
    """Neighbouring spokes are joined where both are shown."""
    found = [amount(place.cell(row)) for row in rows]
    points = [None if v is None else _point(i, len(rows), v) for i, v in enumerate(found)]
    sides: list[Spec] = []
    for here, there in zip(points, points[1:] + points[:1], strict=True):
        if here is not None and there is not None and len(rows) > 2:
            sides.append({"x": here[0], "y": here[1], "x2": there[0], "y2": there[1]})
    rule: Spec = {"type": "rule", "color": ACCENT if last else MID, "strokeWidth": 2.2 if last else 1.2}
    if not last:
        rule["strokeDash"] = [2, 2] if middle else [5, 3]
    data: list[Spec] = [{"x": p[0], "y": p[1]} for p in points if p is not None]
    sided = layer(rule, sides, x=_x(), y=_y(), x2={"field": "x2"}, y2={"field": "y2"})
    return sided, symbol(_look("", last=last, middle=middle), x=_x(), y=_y(), data=data)


def _look(words: str, *, last: bool, middle: bool) -> Mark:
    if last:
        return Mark(words, "circle", ACCENT)
    return Mark(words, "diamond", MID) if middle else Mark(words, "circle", SOFT, hollow=True)


def _key(reading: Reading, rounds: Sequence[Place]) -> list[Spec]:
    layers: list[Spec] = []
    for i, place in enumerate(rounds):
        last, middle = i == len(rounds) - 1, 0 < i < len(rounds) - 1
        name = reading.round_name(place)
        look = _look(name, last=last, middle=middle)
        y = 10 + i * 16
        left = WIDTH - 20 - max(width(reading.round_name(p), SMALL) for p in rounds)
        layers.append(symbol(look, x={"value": left}, y={"value": y}, data=[{}]))
        layers.append(text_at(left + 10, y, name, fontSize=SMALL, color=SOFT))
    return layers
