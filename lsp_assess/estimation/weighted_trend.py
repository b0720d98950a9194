"""The trend of a survey series whose points carry standard errors.

Weighted least squares with weights w = 1/se². The errors are taken as known: Var(slope) = 1/Σw(t − t̄)²,
with the normal distribution. Where the points scatter about the line more than their errors explain that is
too narrow; then Q/(n − 2) times that variance, Q = Σw(y − ŷ)², with t on n − 2 df (Knapp & Hartung 2003).
The wider of the two intervals is given, and the larger p (the second hybrid of Jackson, Law, Rücker &
Schwarzer 2017). Points are independent: rounds of a panel are not, and go to `round_trends` in one design.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import chdtrc, ndtr, ndtri, stdtr, stdtrit

from lsp_assess.estimation.amounts import finite
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.series import in_order

FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class WeightedTrend:
    """`slope` per unit of time with the two-sided `p` that it is 0; `se` is from the points' own errors. `q`
    is the weighted sum of squares about the line, `q_p` how often chance alone would make it as large (χ²
    on `df`)."""

    slope: float
    se: float
    lower: float
    upper: float
    level: float
    p: float
    q: float
    df: int
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
    df, q = len(t) - 2, float(w @ (y - slope * t) ** 2)
    se = information**-0.5
    scattered = se * (q / df) ** 0.5
    half = max(float(ndtri((1 + level) / 2)) * se, float(stdtrit(df, (1 + level) / 2)) * scattered)
    by_errors = float(2 * ndtr(-abs(slope) / se))
    by_scatter = float(2 * stdtr(df, -abs(slope) / scattered)) if scattered > 0 else 0.0
    p, q_p = max(by_errors, by_scatter), float(chdtrc(df, q))
    return WeightedTrend(slope, se, slope - half, slope + half, level, p, q, df, q_p)
