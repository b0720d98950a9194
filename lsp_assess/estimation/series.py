"""Short series of an indicator: slopes, trends and rank correlations with exact p-values.

Rolling periods that overlap are not points: leave them out first (`points.apart`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from lsp_assess.estimation.amounts import Floats, finite, settled
from lsp_assess.estimation.permutation import order_test, orders
from lsp_assess.estimation.refusal import refuse

FEWEST_PAIRS = 5  # for a correlation; under it only a table of directions
MOST_POINTS = 9  # 9! orders are counted one by one
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Trend:
    """`lower` and `upper` are Sen's; None where so few points cannot reach the level. `s` counts pairs
    that rose less pairs that fell; `p` is two-sided, exact over all orders of the values. It is None where
    no order of them would reach the level, which is not testable: `smallest_p` is all that the most
    extreme would give, None where the values are all equal."""

    slope: float
    lower: float | None
    upper: float | None
    level: float
    s: int
    p: float | None
    smallest_p: float | None


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """`rho` is None when one of the two never varies, `p` also where ties are so many that no order would
    reach 0.05, which is not testable; `smallest_p` is what the most extreme order gives."""

    pairs: int
    rho: float | None
    p: float | None
    smallest_p: float | None


def trend(times: Sequence[float], values: Sequence[float], *, level: float = LEVEL) -> Trend:
    """Theil–Sen slope: the median of the slopes of all pairs (Sen 1968); Mann–Kendall. Raises under
    three points, over nine, and where two points share a time."""
    _points(len(times), len(values), fewest=3)
    t, y = in_order(times, values)
    first, second = np.array(list(combinations(range(len(t)), 2))).T
    slopes = np.sort((y[second] - y[first]) / (t[second] - t[first]))
    ranks = _ranks(y)
    s = int(_rises(ranks[None, :])[0])
    test = order_test(np.abs(_rises(ranks[orders(len(t))])), abs(s), level=level)
    lower, upper = _sen_limits(slopes, len(t), level)
    return Trend(float(np.median(slopes)), lower, upper, level, s, test.p, test.smallest_p)


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> RankCorrelation:
    """Spearman's, with the two-sided p over all n! orders. Raises under five pairs and over nine."""
    _points(len(xs), len(ys), fewest=FEWEST_PAIRS)
    x, y = (_ranks(finite(values)) - (len(xs) + 1) / 2 for values in (xs, ys))
    scale = float(np.sqrt((x @ x) * (y @ y)))
    if scale == 0:
        return RankCorrelation(len(xs), None, None, None)
    seen = float(x @ y)
    # Twice a rank is whole, so four times their products are: compared without rounding error.
    products = np.abs(np.rint(4 * (y[orders(len(xs))] @ x)))
    test = order_test(products, abs(round(4 * seen)), level=LEVEL)
    return RankCorrelation(len(xs), seen / scale, test.p, test.smallest_p)


def in_order(times: Sequence[float], values: Sequence[float]) -> tuple[Floats, Floats]:
    """By time. Raises where two points share one, and for what is no number."""
    t, y = finite(times), finite(values)
    if len(np.unique(t)) < len(t):
        raise refuse("time_twice")
    order = np.argsort(t)
    return t[order], y[order]


def _ranks(values: Floats) -> Floats:
    ranks: Floats = rankdata(settled(values, beside=values))
    return ranks


def _sen_limits(slopes: Floats, n: int, level: float) -> tuple[float | None, float | None]:
    """The k-th slope from either end, k the largest with P(fewer than k pairs fall) ≤ half of what the
    level leaves."""
    falling = (len(slopes) - _rises(orders(n))) // 2
    reachable = [k for k in range(1, len(slopes) // 2 + 1) if np.mean(falling < k) <= (1 - level) / 2]
    if not reachable:
        return None, None
    k = max(reachable)
    return float(slopes[k - 1]), float(slopes[-k])


def _rises(rows: NDArray[np.float64] | NDArray[np.int8]) -> NDArray[np.int64]:
    """Kendall's S of each row."""
    s = np.zeros(len(rows), dtype=np.int64)
    for i, j in combinations(range(rows.shape[1]), 2):
        s += (rows[:, j] > rows[:, i]).astype(np.int64) - (rows[:, j] < rows[:, i])
    return s


def _points(n: int, other: int, *, fewest: int) -> None:
    if n != other:
        raise refuse("series_lengths", points=n, others=other)
    if n < fewest:
        raise refuse("series_too_short", points=n, fewest=fewest)
    if n > MOST_POINTS:
        raise refuse("series_too_long", points=n, most=MOST_POINTS)
