"""The trend of a survey series whose points carry standard errors.

Weighted least squares with weights 1/se². The errors are taken as known, so that Var(slope) = 1/Σw(t − t̄)²,
enlarged by Q/(n − 2) where the points scatter about the line more than their standard errors explain, never
made smaller; t on n − 2 df (the modified method of Knapp & Hartung 2003; Röver, Knapp & Friede 2015).
Points are independent: rounds of a panel are not, and belong in one stacked design.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc, stdtr, stdtrit

from lsp_assess.estimation.amounts import finite
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.series import in_order

FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class WeightedTrend:
    """`slope` per unit of time with its two-sided `p`; `q` is the weighted sum of squares about the line,
    `q_p` how often chance alone would make it as large (χ² on `df`)."""

    slope: float
    se: float
    df: int
    lower: float
    upper: float
    level: float
    p: float
    q: float
    q_p: float


def weighted_trend(
    times: Sequence[float], values: Sequence[float], errors: Sequence[float], *, level: float = 0.95
) -> WeightedTrend:
    """`errors` are standard errors. Raises under three points, where two share a time, and for a standard
    error of 0: what was not sampled has none, and goes to `trend`."""
    for other in (values, errors):
        if len(times) != len(other):
            raise refuse("series_lengths", points=len(times), others=len(other))
    if len(times) < FEWEST_POINTS:
        raise refuse("series_too_short", points=len(times), fewest=FEWEST_POINTS)
    t, y = in_order(times, values)
    _, se = in_order(times, errors)
    if (finite(errors) <= 0).any():
        raise refuse("standard_error_impossible")
    w = 1 / se**2
    t, y = t - w @ t / w.sum(), y - w @ y / w.sum()
    information = float(w @ t**2)
    slope = float(w @ (t * y)) / information
    df = len(t) - 2
    q = float(w @ (y - slope * t) ** 2)
    spread = (max(1.0, q / df) / information) ** 0.5
    half = float(stdtrit(df, (1 + level) / 2)) * spread
    p = float(2 * stdtr(df, -abs(slope) / spread))
    return WeightedTrend(slope, spread, df, slope - half, slope + half, level, p, q, float(chdtrc(df, q)))
