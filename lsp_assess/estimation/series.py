"""Short series of an indicator: slopes, trends and rank correlations with exact p-values."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]

FEWEST_PAIRS = 5  # for a correlation; under it only a table of directions
MOST_POINTS = 9  # 9! orders are counted one by one


@dataclass(frozen=True, slots=True)
class Trend:
    """`lower` and `upper` are Sen's; None where so few points cannot reach the level. `s` counts pairs
    that rose less pairs that fell; `p` is two-sided, exact over all orders of the values."""

    slope: float
    lower: float | None
    upper: float | None
    level: float
    s: int
    p: float


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """`rho` is None when one of the two never varies."""

    pairs: int
    rho: float | None
    p: float | None


def trend(times: Sequence[float], values: Sequence[float], *, level: float = 0.95) -> Trend:
    """Theil–Sen slope: the median of the slopes of all pairs (Sen 1968); Mann–Kendall. Raises under
    three points, over nine, and where two points share a time."""
    _points(len(times), len(values), fewest=3)
    if len(set(times)) < len(times):
        raise refuse("time_twice")
    ordered = sorted(zip(times, values, strict=True))
    t, y = (np.array(column, dtype=np.float64) for column in zip(*ordered, strict=True))
    slopes = sorted((y[j] - y[i]) / (t[j] - t[i]) for i, j in combinations(range(len(t)), 2))
    s = int(_rises(y[None, :])[0])
    extremes = _rises(y[_orders(len(t))])
    lower, upper = _sen_limits([float(slope) for slope in slopes], len(t), level)
    p = float(np.mean(np.abs(extremes) >= abs(s)))
    return Trend(float(np.median(slopes)), lower, upper, level, s, p)


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> RankCorrelation:
    """Spearman's, with the two-sided p over all n! orders. Raises under five pairs and over nine."""
    _points(len(xs), len(ys), fewest=FEWEST_PAIRS)
    x, y = (rankdata(values) - (len(xs) + 1) / 2 for values in (xs, ys))
    scale = float(np.sqrt((x @ x) * (y @ y)))
    if scale == 0:
        return RankCorrelation(len(xs), None, None)
    seen = float(x @ y)
    # Twice a rank is whole, so four times their products are: compared without rounding error.
    products = np.rint(4 * (y[_orders(len(xs))] @ x))
    p = float(np.mean(np.abs(products) >= abs(round(4 * seen))))
    return RankCorrelation(len(xs), seen / scale, p)


def _sen_limits(slopes: Sequence[float], n: int, level: float) -> tuple[float | None, float | None]:
    """The k-th slope from either end, k the largest with P(fewer than k pairs fall) ≤ half of what the
    level leaves."""
    falling = (len(slopes) - _rises(_orders(n).astype(np.float64))) // 2
    reachable = [k for k in range(1, len(slopes) // 2 + 1) if np.mean(falling < k) <= (1 - level) / 2]
    if not reachable:
        return None, None
    k = max(reachable)
    return slopes[k - 1], slopes[-k]


def _rises(rows: Floats) -> NDArray[np.int64]:
    """Kendall's S of each row."""
    s = np.zeros(len(rows), dtype=np.int64)
    for i, j in combinations(range(rows.shape[1]), 2):
        s += (rows[:, j] > rows[:, i]).astype(np.int64) - (rows[:, j] < rows[:, i])
    return s


@lru_cache(maxsize=MOST_POINTS)
def _orders(n: int) -> NDArray[np.int8]:
    return np.array(list(permutations(range(n))), dtype=np.int8)


def _points(n: int, other: int, *, fewest: int) -> None:
    if n != other:
        raise refuse("series_lengths", points=n, others=other)
    if n < fewest:
        raise refuse("series_too_short", points=n, fewest=fewest)
    if n > MOST_POINTS:
        raise refuse("series_too_long", points=n, most=MOST_POINTS)
