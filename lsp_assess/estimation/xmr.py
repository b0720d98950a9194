"""Signal or noise: the XmR chart of a series (Wheeler & Chambers 1992).

Natural limits x̄ ± 2.66·MR̄, where MR̄ is the mean of the moving ranges |x_i − x_{i−1}|; 2.66 is 3/1.128, so a
third of the way to a limit is one sigma. Ranges themselves go up to 3.267·MR̄.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.amounts import Floats, finite, settled
from lsp_assess.estimation.points import Span, refuse_overlap
from lsp_assess.estimation.refusal import refuse

FEWEST_POINTS = 8
MOST_PROVISIONAL = 11
_TO_LIMIT = 2.66
_TO_RANGE_LIMIT = 3.267
_ROUNDING = 1e-9


class Signal(StrEnum):
    """The four rules of the Western Electric handbook (1956), all on one side of the mean; they hold at
    the point that completes them."""

    OUTSIDE = "outside"  # one point beyond three sigma: outside the limits
    TWO_OF_THREE = "two_of_three"  # beyond two sigma
    FOUR_OF_FIVE = "four_of_five"  # beyond one sigma
    EIGHT_RUNNING = "eight_running"  # on the same side


_RULES = (
    (Signal.OUTSIDE, 3, 1, 1),
    (Signal.TWO_OF_THREE, 2, 2, 3),
    (Signal.FOUR_OF_FIVE, 1, 4, 5),
    (Signal.EIGHT_RUNNING, 0, 8, 8),
)


@dataclass(frozen=True, slots=True)
class Xmr:
    """`signals` are those of each point, in the order of time; `provisional` up to eleven points."""

    points: int
    mean: float
    mean_range: float
    lower: float
    upper: float
    range_limit: float
    provisional: bool
    signals: tuple[tuple[Signal, ...], ...]


def xmr(spans: Sequence[Span], values: Sequence[float]) -> Xmr:
    """`spans` are the first and last days of the periods. Raises under eight points, and for rolling
    periods that overlap, whose ranges are too small."""
    if len(spans) != len(values):
        raise refuse("series_lengths", points=len(values), others=len(spans))
    refuse_overlap(spans)
    if len(values) < FEWEST_POINTS:
        raise refuse("series_too_short", points=len(values), fewest=FEWEST_POINTS)
    given = finite(values)[sorted(range(len(spans)), key=lambda i: spans[i])]
    x = settled(given, beside=given)
    mean, mean_range = float(x.mean()), float(np.abs(np.diff(x)).mean())
    reach = _TO_LIMIT * mean_range
    sigmas = 3 * (x - mean) / reach if mean_range else np.zeros(len(x))
    kept = {rule: _completed(sigmas, *numbers) for rule, *numbers in _RULES}
    return Xmr(
        points=len(x),
        mean=mean,
        mean_range=mean_range,
        lower=mean - reach,
        upper=mean + reach,
        range_limit=_TO_RANGE_LIMIT * mean_range,
        provisional=len(x) <= MOST_PROVISIONAL,
        signals=tuple(tuple(rule for rule in Signal if kept[rule][i]) for i in range(len(x))),
    )


def _completed(sigmas: Floats, beyond: float, needed: int, running: int) -> NDArray[np.bool_]:
    """Where a point is beyond so many sigma and, of the points running up to it, as many as needed are."""
    found = np.zeros(len(sigmas), dtype=np.bool_)
    for side in (sigmas, -sigmas):
        hits = side > beyond + _ROUNDING
        found |= hits & (np.convolve(hits, np.ones(running))[: len(hits)] >= needed - _ROUNDING)
    return found
