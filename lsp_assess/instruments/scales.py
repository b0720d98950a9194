"""Scales: whole numbers, some or all of them described in words."""

from dataclasses import dataclass, field
from enum import StrEnum

from lsp_assess.instruments.text import Text


class MissingKind(StrEnum):
    """Why there is no answer. The first two are found out, the others are chosen by the respondent."""

    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"


OFFERED_KINDS = (MissingKind.DONT_KNOW, MissingKind.REFUSED, MissingKind.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Point:
    value: int
    label: Text
    description: Text | None = None
    opinion: bool = True


@dataclass(frozen=True, slots=True)
class Steps:
    """Every value from `low` to `high` in steps of `step` may be chosen, described or not."""

    low: int
    high: int
    step: int = 1


@dataclass(frozen=True, slots=True)
class Scale:
    name: str
    points: tuple[Point, ...]
    steps: Steps | None = None
    neutral: int | None = None
    positive: tuple[int, ...] = ()
    negative: tuple[int, ...] = ()
    missing: tuple[MissingKind, ...] = ()
    values: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        described = tuple(point.value for point in self.points)
        steps = self.steps
        values = described if steps is None else tuple(range(steps.low, steps.high + 1, steps.step))
        object.__setattr__(self, "values", values)

    def point(self, value: int) -> Point | None:
        return next((point for point in self.points if point.value == value), None)
