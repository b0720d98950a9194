"""Grades of a story: what the partnership contributed, and how well that is evidenced; 0 to 4 each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median
from uuid import UUID

from lsp_assess.kernel.errors import Denied, problem

VALUE_ADDED_FROM = 2


class Contribution(IntEnum):
    HAPPENED_ANYWAY_OR_UNKNOWN = 0
    MARGINAL = 1
    SLOWER_SMALLER_NARROWER = 2
    MUCH_SMALLER_OR_LATER = 3
    WOULD_NOT_HAVE_HAPPENED = 4


class Evidence(IntEnum):
    ASSERTION = 0
    NAMED_WITNESS = 1
    DOCUMENT = 2
    INDEPENDENT_CORROBORATOR = 3
    SEVERAL_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Grade:
    rater: UUID
    contribution: Contribution
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class GradeSummary:
    """Medians may lie halfway; `contributions` and `evidences` hold how many gave 0, 1, 2, 3 and 4, so that
    disagreement is seen."""

    raters: int
    contribution: float | None
    evidence: float | None
    contributions: tuple[int, ...]
    evidences: tuple[int, ...]

    @property
    def adds_value(self) -> bool:
        """Both medians are 2 or more."""
        if self.contribution is None or self.evidence is None:
            return False
        return self.contribution >= VALUE_ADDED_FROM and self.evidence >= VALUE_ADDED_FROM


def check_rater(rater: UUID, *, teller: UUID, graded_by: Iterable[UUID] = ()) -> None:
    """Raises `Denied`: nobody grades a story of their own, and each grades a story once."""
    if rater == teller:
        raise Denied(problem("rater_is_teller"))
    if rater in set(graded_by):
        raise Denied(problem("rater_has_graded"))


def summarise(grades: Sequence[Grade]) -> GradeSummary:
    contributions = [int(grade.contribution) for grade in grades]
    evidences = [int(grade.evidence) for grade in grades]
    return GradeSummary(
        raters=len(grades),
        contribution=float(median(contributions)) if grades else None,
        evidence=float(median(evidences)) if grades else None,
        contributions=tuple(contributions.count(point) for point in Contribution),
        evidences=tuple(evidences.count(point) for point in Evidence),
    )
