"""Saying what changed: headline items against the smallest change that matters, grids as exploration."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.estimation.change import Change
from lsp_assess.estimation.estimate import PROPORTIONS, Statistic
from lsp_assess.estimation.multiple import benjamini_hochberg, holm
from lsp_assess.estimation.refusal import refuse
from lsp_assess.kernel.messages import Message, message

SIGNIFICANCE = 0.05
FALSE_DISCOVERY_RATE = 0.10
DETECTABLE = 2.8  # z of 0.975 plus z of 0.80: found four times in five at 5 %


class Verdict(StrEnum):
    NO_MATERIAL_CHANGE = "no_material_change"
    MATERIAL_CHANGE = "material_change"
    REAL_MAY_BE_SMALL = "real_may_be_small"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Headline:
    """`lower` and `upper` are those that go with the adjusted test. `verdict` is None where there is
    no interval, or the change may not be shown; so is the least detectable change without a
    standard error."""

    change: Change
    smallest: float  # change that matters, in the estimate's own units
    p_adjusted: float | None
    level: float
    lower: float | None
    upper: float | None
    verdict: Verdict | None
    minimum_detectable: float | None

    @property
    def told(self) -> Message:
        """The verdict as a sentence; what could have been found of a share or a balance in percentage
        points, of all else in its own unit."""
        if self.change.suppressed:
            return message("estimation.told.too_few")
        if self.verdict is None:
            return message("estimation.told.not_testable")
        if self.verdict is not Verdict.INCONCLUSIVE or self.minimum_detectable is None:
            return message(f"estimation.told.{self.verdict.value}")
        if self.change.statistic in PROPORTIONS | {Statistic.NET}:
            return message("estimation.told.inconclusive_points", least=100 * self.minimum_detectable)
        return message("estimation.told.inconclusive_score", least=self.minimum_detectable)


@dataclass(frozen=True, slots=True)
class Explored:
    """One cell of a grid of items × areas: exploratory, whatever it finds."""

    change: Change
    p_adjusted: float | None

    @property
    def found(self) -> bool:
        return self.p_adjusted is not None and self.p_adjusted <= FALSE_DISCOVERY_RATE


def verdict(lower: float, upper: float, *, smallest: float) -> Verdict:
    """First match wins. A change of exactly `smallest` matters."""
    if -smallest < lower and upper < smallest:
        return Verdict.NO_MATERIAL_CHANGE
    if lower >= smallest or upper <= -smallest:
        return Verdict.MATERIAL_CHANGE
    if lower > 0 or upper < 0:
        return Verdict.REAL_MAY_BE_SMALL
    return Verdict.INCONCLUSIVE


def headlines(declared: Sequence[tuple[Change, float]]) -> tuple[Headline, ...]:
    """All headline changes declared for the round, each with its smallest change that matters; their
    number is m, so one that was declared and could not be estimated belongs here too."""
    for _, smallest in declared:
        if not smallest > 0:
            raise refuse("smallest_change", value=smallest)
    adjusted = holm([change.p for change, _ in declared])
    level = 1 - SIGNIFICANCE / max(1, len(declared))
    return tuple(
        _headline(change, smallest, p, level)
        for (change, smallest), p in zip(declared, adjusted, strict=True)
    )


def explored(grid: Sequence[Change]) -> tuple[Explored, ...]:
    adjusted = benjamini_hochberg([change.p for change in grid])
    return tuple(Explored(change, p) for change, p in zip(grid, adjusted, strict=True))


def _headline(change: Change, smallest: float, p_adjusted: float | None, level: float) -> Headline:
    limits = change.interval(level)
    lower, upper = limits if limits is not None else (None, None)
    judged = None if limits is None or change.suppressed else verdict(*limits, smallest=smallest)
    detectable = DETECTABLE * change.se if change.se else None
    return Headline(change, smallest, p_adjusted, level, lower, upper, judged, detectable)
