"""Impact against feasibility: numbered points, with what the numbers mean beside them."""

from collections import Counter
from collections.abc import Sequence
from math import cos, pi, sin

from lsp_assess.assessment.consensus import LEAST, MOST
from lsp_assess.disclosure.tables import Role, Row
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.marks import along, chart, layer, text_at
from lsp_assess.reports.charts.reading import Reading
from lsp_assess.reports.charts.text import line_count, wrap
from lsp_assess.reports.charts.theme import ACCENT, LINE_HEIGHT, PAPER, SMALL, WIDTH, Spec
from lsp_assess.reports.charts.words import amount

_DOMAIN = (LEAST - 0.3, MOST + 0.3)
"""The whole scale of the votes, whatever was voted: two rounds lie on the same map."""
_PLOT = 300.0
_LEFT = 56.0
_LIST = WIDTH - _LEFT - _PLOT - 24
_APART = 9.0
"""Pixels from the shared place of several points to each of them."""


def feasibility_chart(reading: Reading) -> Spec | None:
    impact, feasibility = reading.last(Role.IMPACT), reading.last(Role.FEASIBILITY)
    if impact is None or feasibility is None:
        return None
    found: list[tuple[int, Row, float, float]] = []
    for row in reading.parts():
        x, y = amount(feasibility.cell(row)), amount(impact.cell(row))
        if x is not None and y is not None:
            found.append((len(found) + 1, row, x, y))
    if not found:
        return None
    listed, height = _list(reading, found)
    placed = _apart([(x, y) for _, _, x, y in found], height)
    data: list[Spec] = [{"x": x, "y": y, "n": str(i + 1)} for i, (x, y) in enumerate(placed)]
    points = list(range(LEAST, MOST + 1))
    axis: Spec = {"grid": True, "domain": True, "ticks": False, "values": points}
    across = along("x", _DOMAIN, axis=axis | {"title": reading.say(message("chart.feasibility.across"))})
    up = along("y", _DOMAIN, axis=axis | {"title": reading.say(message("chart.feasibility.up"))})
    dot: Spec = {"type": "point", "filled": True, "size": 230, "color": ACCENT, "opacity": 1, "stroke": PAPER}
    words: Spec = {
        "type": "text",
        "baseline": "middle",
        "color": PAPER,
        "fontSize": SMALL,
        "fontWeight": "bold",
    }
    number: Spec = {"field": "n"}
    layers = [
        layer(dot, data, x=across, y=up),
        layer(words, data, x=along("x", _DOMAIN), y=along("y", _DOMAIN), text=number),
    ]
    return chart(
        [*layers, *listed], width=_PLOT, height=height, left=_LEFT, right=_LIST + 24, top=8, bottom=40
    )


def _list(reading: Reading, found: Sequence[tuple[int, Row, float, float]]) -> tuple[list[Spec], float]:
    drawn: list[Spec] = []
    y = 6.0
    for number, row, _, _ in found:
        words = wrap(reading.label(row), _LIST - 26)
        drawn.append(text_at(_PLOT + 24, y, str(number), fontWeight="bold"))
        drawn.append(text_at(_PLOT + 46, y, words))
        y += line_count(words) * LINE_HEIGHT + 5
    return drawn, max(_PLOT, y)


def _apart(wanted: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """Points at one place stand in a ring about it."""
    shared = Counter(wanted)
    seen: Counter[tuple[float, float]] = Counter()
    placed: list[tuple[float, float]] = []
    span = _DOMAIN[1] - _DOMAIN[0]
    for x, y in wanted:
        turn = 2 * pi * seen[x, y] / shared[x, y]
        radius = 0 if shared[x, y] == 1 else _APART / sin(pi / max(2, shared[x, y]))
        seen[x, y] += 1
        placed.append((x + radius * cos(turn) * span / _PLOT, y + radius * sin(turn) * span / height))
    return placed
