"""Which periods of a series are points of their own. A rolling twelve months read each quarter shares nine
with the one before: a correlation, a trend or control limits would count the same events again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lsp_assess.estimation.refusal import refuse

Span = tuple[date, date]  # first and last day, both of the period


@dataclass(frozen=True, slots=True)
class Apart:
    """Places in the series, in the order of time: of the periods that are points, and of those left out
    because they overlap a later one."""

    points: tuple[int, ...]
    overlapping: tuple[int, ...]


def apart(spans: Sequence[Span]) -> Apart:
    """Back from the latest: a period is a point where it ends before the last one taken begins."""
    points: list[int] = []
    overlapping: list[int] = []
    for place in sorted(range(len(spans)), key=lambda i: spans[i], reverse=True):
        taken = not points or spans[place][1] < spans[points[-1]][0]
        (points if taken else overlapping).append(place)
    return Apart(tuple(reversed(points)), tuple(reversed(overlapping)))


def refuse_overlap(spans: Sequence[Span]) -> None:
    overlapping = len(apart(spans).overlapping)
    if overlapping:
        raise refuse("periods_overlap", count=overlapping)
