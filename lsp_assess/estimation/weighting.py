"""The weights of a sample, stage by stage; every stage is kept.

    weighting = address_weights(frame, probability="probability", adults="adults", rounds="round")
    weighting = attrition(weighting, stayed="stayed", classes=("ward",))
    weighting = raked(weighting, margin("sex", {"f": 5200, "m": 4800}), margin("age", {…}))
    design = stated_design(frame, weights=weighting, strata="ward", clusters="cluster", rounds="round")

Each stage is made round by round, where rounds are stacked. Standard errors know of a fit while it is the
last stage: weights trimmed after it are taken as given.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.auxiliary import Auxiliary
from lsp_assess.estimation.margins import Round
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.stated import numbers_in, require, weights_in

Floats = NDArray[np.float64]
Rows = NDArray[np.int64] | slice


class Adjustment(StrEnum):
    DESIGN = "design"
    ATTRITION = "attrition"
    POST_STRATIFIED = "post_stratified"
    RAKED = "raked"
    CALIBRATED = "calibrated"
    TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Convergence:
    """`gap` is the largest that is left between a target and what the weights add up to, relative."""

    iterations: int
    gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """To the known totals of one round."""

    round: Round | None
    rows: Rows  # those of the frame with a weight
    auxiliary: Auxiliary  # over these rows
    before: Floats  # (c,) weight of each cell
    factors: Floats  # (c,) weights after ÷ before
    convergence: Convergence


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one round's weights, in the unit of the weights. `passes` are turns of trimming (and of
    raking again); `outside` counts the rows whose weight the limits do not hold after all of them."""

    round: Round | None
    lower: float
    upper: float
    passes: int
    outside: int
    excess: float  # how far the furthest is outside, relative to its limit


@dataclass(frozen=True, slots=True, eq=False)
class WeightStage:
    name: str  # the adjustment, numbered from its second time on
    adjustment: Adjustment
    weights: Floats  # of each row; 0 where it is not in the sample
    fits: tuple[Fit, ...] = ()
    limits: tuple[Limits, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    frame: pd.DataFrame
    rounds: tuple[tuple[Round | None, Rows], ...]  # and the rows of each
    stages: tuple[WeightStage, ...]

    @property
    def weights(self) -> Floats:
        """Of the last stage, one for each row."""
        return self.stages[-1].weights

    @property
    def by_stage(self) -> dict[str, Floats]:
        return {stage.name: stage.weights for stage in self.stages}

    def in_sample(self, rows: Rows) -> Rows:
        """Those of the rows that weigh something."""
        weighs = self.weights[rows] > 0
        return rows if weighs.all() else np.arange(len(self.weights))[rows][weighs]

    def then(
        self,
        adjustment: Adjustment,
        weights: Floats,
        *,
        fits: tuple[Fit, ...] = (),
        limits: tuple[Limits, ...] = (),
    ) -> "Weighting":
        times = 1 + sum(stage.adjustment is adjustment for stage in self.stages)
        name = adjustment.value if times == 1 else f"{adjustment.value}_{times}"
        return replace(self, stages=(*self.stages, WeightStage(name, adjustment, weights, fits, limits)))


def address_weights(
    frame: pd.DataFrame, *, probability: str, adults: str, rounds: str | None = None
) -> Weighting:
    """Adults in the household ÷ probability of its address: one adult of each household is asked, each with
    the same chance. Raises on a probability outside 0 to 1 and on a household without adults."""
    require(frame, probability, adults, rounds)
    chance, people = numbers_in(frame, probability), numbers_in(frame, adults)
    if not ((chance > 0) & (chance <= 1)).all():
        raise refuse("probability_impossible", column=probability)
    if not ((people >= 1) & np.isfinite(people)).all():
        raise refuse("household_without_adults", column=adults)
    return _started(frame, people / chance, rounds)


def starting_weights(frame: pd.DataFrame, *, weights: str, rounds: str | None = None) -> Weighting:
    """From a column that holds the design's weights."""
    require(frame, weights, rounds)
    made = _started(frame, weights_in(frame, weights), rounds)
    for _, rows in made.rounds:
        if not (made.weights[rows] > 0).any():
            raise refuse("weights_all_zero", column=weights)
    return made


def _started(frame: pd.DataFrame, weights: Floats, rounds: str | None) -> Weighting:
    return Weighting(
        frame.copy(), _rows_of_rounds(frame, rounds), (WeightStage("design", Adjustment.DESIGN, weights),)
    )


def _rows_of_rounds(frame: pd.DataFrame, rounds: str | None) -> tuple[tuple[Round | None, Rows], ...]:
    if rounds is None:
        return ((None, slice(None)),)
    codes, names = pd.factorize(frame[rounds], sort=True)
    return tuple((name, np.flatnonzero(codes == i)) for i, name in enumerate(names.tolist()))
