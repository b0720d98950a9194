"""From the scores of the parts to points: split within the criterion, percentage × points, total.

The same arithmetic serves the medians over people and the agreed scores. Missing parts: the remaining ones
are renormalised, and the coverage says how much of the weight they carry; under the instrument's minimum
(two thirds) there is no total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lsp_assess.instruments.scoring import Criterion, Part, ScoringModel

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`percentage` 0 to 100 and `points` are None where no part is scored; `coverage` 0 to 1."""

    name: str
    possible: int
    percentage: Fraction | None
    points: Fraction | None
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class Result:
    """`total` is None under the minimum coverage."""

    criteria: tuple[CriterionResult, ...]
    possible: int
    total: Fraction | None
    coverage: Fraction

    def criterion(self, name: str) -> CriterionResult:
        return next(criterion for criterion in self.criteria if criterion.name == name)


def reckon(model: ScoringModel, scores: Mapping[str, Fraction]) -> Result:
    """`scores` by the name of the part's item, those of missing parts left out."""
    criteria = tuple(_criterion(criterion, scores) for criterion in model.criteria)
    covered = sum((c.coverage * c.possible for c in criteria), Fraction(0)) / model.points
    return Result(
        criteria=criteria,
        possible=model.points,
        total=_total(criteria, model.points) if covered >= model.minimum_coverage else None,
        coverage=covered,
    )


def percentage_of(parts: Sequence[Part], scores: Mapping[str, Fraction]) -> tuple[Fraction | None, Fraction]:
    """The mean of the parts that have a score, by their shares, and how much of the weight these carry."""
    scored = [(part.share, scores[part.item]) for part in parts if part.item in scores]
    coverage = sum((share for share, _ in scored), Fraction(0))
    if not coverage:
        return None, coverage
    return sum((share * score for share, score in scored), Fraction(0)) / coverage, coverage


def _criterion(criterion: Criterion, scores: Mapping[str, Fraction]) -> CriterionResult:
    percentage, coverage = percentage_of(criterion.parts, scores)
    points = None if percentage is None else percentage / HUNDRED * criterion.points
    return CriterionResult(criterion.name, criterion.points, percentage, points, coverage)


def _total(criteria: tuple[CriterionResult, ...], possible: int) -> Fraction:
    """A criterion without any score is left out and the others stand for it."""
    scored = [(c.points, c.possible) for c in criteria if c.points is not None]
    points = sum((points for points, _ in scored), Fraction(0))
    return points * possible / sum(possible for _, possible in scored)
