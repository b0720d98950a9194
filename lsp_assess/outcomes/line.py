"""The line between the levels: whether what is linked to one objective moved the same way.

With few rounds only directions are compared, always with the number of pairs, never as a cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.outcomes.direction import Direction


class StrandKind(StrEnum):
    INDICATOR = "indicator"
    RESIDENTS = "residents"
    DRIVER_PART = "driver_part"


@dataclass(frozen=True, slots=True)
class Strand:
    """One series on the time axis of an objective; `steps` are its directions from round to round, the
    same rounds for all strands, earliest first."""

    kind: StrandKind
    name: str
    steps: tuple[Direction, ...]


class AgreementCode(StrEnum):
    SAME_WAY = "same_way"
    OPPOSITE_WAYS = "opposite_ways"
    MIXED = "mixed"
    NOTHING_TO_COMPARE = "nothing_to_compare"


@dataclass(frozen=True, slots=True)
class DirectionAgreement:
    """`pairs` counts the steps at which both moved clearly; `unclear` those at which one did not."""

    first: Strand
    second: Strand
    lag: int
    pairs: int
    same: int
    unclear: int

    @property
    def code(self) -> AgreementCode:
        if not self.pairs:
            return AgreementCode.NOTHING_TO_COMPARE
        if self.same == self.pairs:
            return AgreementCode.SAME_WAY
        return AgreementCode.OPPOSITE_WAYS if not self.same else AgreementCode.MIXED


CLEAR = frozenset({Direction.IMPROVED, Direction.WORSENED})


def direction_agreement(first: Strand, second: Strand, *, lag: int = 0) -> DirectionAgreement:
    """Each step of `first` beside the step of `second` that is `lag` rounds later."""
    if lag < 0:
        raise Invalid(problem("lag_negative", lag=lag))
    steps = list(zip(first.steps, second.steps[lag:], strict=False))
    clear = [(a, b) for a, b in steps if a in CLEAR and b in CLEAR]
    return DirectionAgreement(
        first,
        second,
        lag,
        pairs=len(clear),
        same=sum(a is b for a, b in clear),
        unclear=len(steps) - len(clear),
    )


def agreements_of(strands: Sequence[Strand]) -> tuple[DirectionAgreement, ...]:
    """Every two strands of different kinds; their number is the number of links examined."""
    return tuple(direction_agreement(a, b) for a, b in combinations(strands, 2) if a.kind is not b.kind)
