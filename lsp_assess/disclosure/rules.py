"""The primary rules (`domain.md` §9): may this figure be shown at all?

A `Figure` is one thing that is told of one group in one round: its key is the same wherever the figure
appears, so that it is withheld everywhere or nowhere.
"""

from dataclasses import dataclass
from typing import TypeAlias

SMALL_GROUP_THRESHOLD = 5
DOMINANT_SHARE = 0.9
LEAST_COUNT = 8
COUNT_STEP = 5
LEAST_ANSWERS = 30


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A few people of a known population. `dominant_share` is the share of the fullest category, where a
    distribution (or what gives it away) is told. `is_near`: another group is told of that is nearly the
    same."""

    n: int
    threshold: int = SMALL_GROUP_THRESHOLD
    dominant_share: float = 0.0
    is_near: bool = False

    @property
    def forbids(self) -> bool:
        return self.n < self.threshold or self.dominant_share >= DOMINANT_SHARE or self.is_near

    @property
    def size(self) -> float:
        return self.n

    @property
    def least(self) -> float:
        return self.threshold


@dataclass(frozen=True, slots=True)
class SurveyCount:
    """Nought stays nought, 1 to 7 is withheld, others go to the nearest 5."""

    count: int

    @property
    def forbids(self) -> bool:
        return 0 < self.count < LEAST_COUNT

    @property
    def size(self) -> float:
        return self.count

    @property
    def least(self) -> float:
        return LEAST_COUNT


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """Thirty answers, and as many in effect. For a share, `count` is the unweighted number behind it: a
    share of 1 to 7 people, or of all but 1 to 7, would give that count back."""

    n: int
    effective_n: float
    count: int | None = None
    least_answers: int = LEAST_ANSWERS

    @property
    def forbids(self) -> bool:
        return min(self.n, self.effective_n) < self.least_answers or self._counts_few

    @property
    def _counts_few(self) -> bool:
        if self.count is None:
            return False
        return 0 < self.count < LEAST_COUNT or 0 < self.n - self.count < LEAST_COUNT

    @property
    def size(self) -> float:
        return self.n

    @property
    def least(self) -> float:
        return self.least_answers


@dataclass(frozen=True, slots=True)
class Open:
    """A number that anybody may know; withheld only where something protected would follow from it."""

    size: int

    @property
    def forbids(self) -> bool:
        return False

    @property
    def least(self) -> float:
        return 0


Rule: TypeAlias = SmallGroup | SurveyCount | SurveyEstimate | Open


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    rule: Rule
