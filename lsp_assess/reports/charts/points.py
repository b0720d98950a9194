"""The points of a line; a gap in the data or a break in the series parts those before from those after."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Row
from lsp_assess.disclosure.values import Estimate, Number
from lsp_assess.reports.charts.reading import Place, ends


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    low: float
    high: float
    part: int


def points(rows: Sequence[tuple[Row, float]], place: Place, breaks: Place | None) -> tuple[Point, ...]:
    found: list[Point] = []
    part = 0
    for row, on in rows:
        value = place.cell(row).value
        if breaks is not None and breaks.cell(row).value is not None:
            part += 1
        if isinstance(value, Estimate):
            low, high = ends(value)
            found.append(Point(on, value.amount, low, high, part))
        elif isinstance(value, Number):
            found.append(Point(on, value.amount, value.amount, value.amount, part))
        else:
            part += 1
    return tuple(found)


def joined(point: Point, others: Sequence[Point]) -> bool:
    """Whether a line runs through the point."""
    return any(other.part == point.part and other.x != point.x for other in others)
