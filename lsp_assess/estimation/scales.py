"""The ordered answers of one question, and which of them count as favourable."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.estimation.refusal import refuse

Point = str | int | float


@dataclass(frozen=True, slots=True)
class Scale:
    """`points` are the answers as they stand in the data, from least to most favourable; `scores` are
    their values for the mean (1, 2, … unless given). The last `ends` points count as favourable and
    the first `ends` as unfavourable: 2 on a five-point scale, 1 on a three-point one."""

    points: tuple[Point, ...]
    scores: tuple[float, ...]
    ends: int

    def __post_init__(self) -> None:
        if len(set(self.points)) != len(self.points) or len(self.scores) != len(self.points):
            raise refuse("scale_points")
        if self.ends < 1 or 2 * self.ends > len(self.points):
            raise refuse("scale_ends", ends=self.ends, points=len(self.points))


def scale(points: Sequence[Point], *, scores: Sequence[float] | None = None, ends: int = 2) -> Scale:
    values = tuple(scores) if scores is not None else tuple(float(i + 1) for i in range(len(points)))
    return Scale(tuple(points), values, ends)
