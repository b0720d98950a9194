"""Weights brought within limits, the surplus shared; then raked again, until both hold."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.calibration import raked
from lsp_assess.estimation.margins import Margin, Round
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.weighting import Adjustment, Limits, Weighting

Floats = NDArray[np.float64]

_PASSES = 1000
_TURNS = 200
_STUCK = 0.99  # of the excess before: turns that bring no more than this will not make the limits hold
_HOLDS = 1e-6  # relative to the limit
_EXACT = 1e-12


def trimmed(weighting: Weighting, *, lower: float = 0.0, upper: float = np.inf) -> Weighting:
    """Limits as multiples of the round's mean weight. What is cut off, or added, is shared equally among
    the other rows, again until no weight is outside; the sum of a round's weights stays as it was (R's
    `trimWeights` with `strict`). Raises on limits that do not lie on either side of 1."""
    if not 0 <= lower < 1 < upper:
        raise refuse("limits_impossible", lower=lower, upper=upper)
    weights, limits = _cut(weighting, lower, upper)
    return weighting.then(Adjustment.TRIMMED, weights, limits=limits)


def trimmed_and_raked(
    weighting: Weighting, *margins: Margin, lower: float = 0.0, upper: float = np.inf
) -> Weighting:
    """Trimmed and raked by turns until the margins hold and no weight is outside the limits by more than a
    millionth. The two stages of the last turn are kept. The limits of the last one count the turns, and the
    rows that are still outside where margins and limits cannot both hold. Limits are as in `trimmed`, of
    the mean weight before the raking and after it."""
    made = trimmed(weighting, lower=lower, upper=upper)
    before = np.inf
    for turn in range(1, _TURNS + 1):
        made = raked(made, *margins)
        held = tuple(_limits(name, made.weights[rows], lower, upper, turn) for name, rows in weighting.rounds)
        excess = max(one.excess for one in held)
        if turn == _TURNS or not any(one.outside for one in held) or excess > _STUCK * before:
            break
        before = excess
        weights, limits = _cut(made, lower, upper)
        made = weighting.then(Adjustment.TRIMMED, weights, limits=limits)
    return replace(made, stages=(*made.stages[:-1], replace(made.stages[-1], limits=held)))


def _cut(weighting: Weighting, lower: float, upper: float) -> tuple[Floats, tuple[Limits, ...]]:
    weights, limits = weighting.weights.copy(), []
    for name, rows in weighting.rounds:
        own = weighting.in_sample(rows)
        average = float(weights[own].mean())
        weights[own], passes = _shared(weights[own], lower * average, upper * average)
        limits.append(_limits(name, weights[own], lower, upper, passes))
    return weights, tuple(limits)


def _shared(weights: Floats, lower: float, upper: float) -> tuple[Floats, int]:
    for turn in range(_PASSES):
        outside = (weights < lower * (1 - _EXACT)) | (weights > upper * (1 + _EXACT))
        if not outside.any():
            return weights, turn
        kept = np.clip(weights, lower, upper)
        sharing = ~outside if not outside.all() else outside
        kept[sharing] += (weights - kept).sum() / np.count_nonzero(sharing)
        weights = kept
    return weights, _PASSES


def _limits(name: Round | None, weights: Floats, lower: float, upper: float, passes: int) -> Limits:
    own = weights[weights > 0]
    low, high = lower * float(own.mean()), upper * float(own.mean())
    least, most = float(own.min()), float(own.max())
    excess = max(most / high - 1 if most > high else 0.0, 1 - least / low if least < low else 0.0)
    outside = (own < low * (1 - _HOLDS)) | (own > high * (1 + _HOLDS))
    return Limits(name, low, high, passes, int(np.count_nonzero(outside)), excess)
