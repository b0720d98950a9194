"""Two short series on one clock, the second looked at some periods later than the first.

A series is a sequence of values of consecutive periods, None where one has no value; both begin with the same
period, and rolling periods that overlap are none of them (`points.apart`). Correlations are Spearman's, on
the levels and on the first differences: two series that both grow correlate in their levels whatever joins
them. Under five pairs left after the lag there is none, only which way each series went.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.amounts import Floats, settled, table
from lsp_assess.estimation.permutation import order_test, orders
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.series import FEWEST_PAIRS, LEVEL, MOST_POINTS, RankCorrelation, rank_correlation

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """Which way the leading series went into `period`, and the following one into the period `lag` later:
    1 up, 0 the same, −1 down."""

    period: int
    leading: int
    following: int


@dataclass(frozen=True, slots=True)
class Lagged:
    """`pairs` are those left after the lag; `levels` and `differences` None where they are under five."""

    lag: int
    pairs: int
    levels: RankCorrelation | None
    differences: RankCorrelation | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Strongest:
    """The lag of those examined with the largest |rho|. `p` is two-sided and allows for the search: the
    share of all orders of the following series whose largest |rho| over the same lags is as large; None
    where none would reach 0.05. (Few pairs reach a large |rho| more easily, which p counts, and the choice
    of the lag does not.)"""

    lag: int
    pairs: int
    rho: float
    p: float | None
    smallest_p: float | None


@dataclass(frozen=True, slots=True)
class Scan:
    """`levels` and `differences` are None where no lag leaves five pairs that vary."""

    lags: tuple[Lagged, ...]
    levels: Strongest | None
    differences: Strongest | None


def lagged(leading: Sequence[float | None], following: Sequence[float | None], *, lag: int) -> Lagged:
    """At a lag that was declared beforehand. Raises for a negative lag, for series of different lengths,
    and over nine pairs."""
    return _lagged(*_on_one_clock(leading, following), lag)


def scan(leading: Sequence[float | None], following: Sequence[float | None], *, lags: Sequence[int]) -> Scan:
    """At every one of the lags. Raises as `lagged` does, and where nine values are exceeded."""
    x, y = _on_one_clock(leading, following)
    return Scan(
        tuple(_lagged(x, y, lag) for lag in lags),
        _strongest(x, y, lags),
        _strongest(_differences(x), _differences(y), lags),
    )


def _on_one_clock(
    leading: Sequence[float | None], following: Sequence[float | None]
) -> tuple[Floats, Floats]:
    if len(leading) != len(following):
        raise refuse("series_lengths", points=len(leading), others=len(following))
    x, y = table([leading, following])
    return x, y


def _lagged(x: Floats, y: Floats, lag: int) -> Lagged:
    levels, changes = _pairs(x, y, lag), _pairs(_differences(x), _differences(y), lag)
    dx, dy = _differences(x), _differences(y)
    steps = tuple(Step(int(i) + 1, int(np.sign(dx[i])), int(np.sign(dy[i + lag]))) for i in changes)
    return Lagged(lag, len(levels), _correlated(x, y, levels, lag), _correlated(dx, dy, changes, lag), steps)


def _pairs(x: Floats, y: Floats, lag: int) -> NDArray[np.int64]:
    """The periods of x that have a value, as y has `lag` later."""
    if lag < 0:
        raise refuse("lag_negative", lag=lag)
    left = max(0, len(x) - lag)
    return np.flatnonzero(~np.isnan(x[:left]) & ~np.isnan(y[lag:]))


def _differences(values: Floats) -> Floats:
    known = values[~np.isnan(values)]
    return settled(np.diff(values), beside=known)


def _correlated(x: Floats, y: Floats, pairs: NDArray[np.int64], lag: int) -> RankCorrelation | None:
    if len(pairs) < FEWEST_PAIRS:
        return None
    return rank_correlation(x[pairs].tolist(), y[pairs + lag].tolist())


def _strongest(x: Floats, y: Floats, lags: Sequence[int]) -> Strongest | None:
    """Every order of y's values goes through the whole search, its ranks taken afresh at each lag."""
    known = np.flatnonzero(~np.isnan(y))
    if len(known) > MOST_POINTS:
        raise refuse("series_too_long", points=len(known), most=MOST_POINTS)
    pairs = {lag: at for lag in lags if len(at := _pairs(x, y, lag)) >= FEWEST_PAIRS}
    if not pairs:
        return None
    values = settled(y[known], beside=y[known])[orders(len(known))]  # the first order is the one seen
    rhos = [_rhos(x[at], values[:, np.searchsorted(known, at + lag)]) for lag, at in pairs.items()]
    largest = np.abs(rhos).max(axis=0)
    if largest[0] == 0 and largest.max() == 0:
        return None
    test = order_test(largest, float(largest[0]), level=LEVEL)
    found = int(np.argmax([abs(rho[0]) for rho in rhos]))
    lag, at = list(pairs.items())[found]
    return Strongest(lag, len(at), float(rhos[found][0]), test.p, test.smallest_p)


def _rhos(x: Floats, rows: Floats) -> Floats:
    """Spearman's of x with each row; 0 where either does not vary."""
    ranks = _centred_ranks(rows)
    own = _centred_ranks(x[None, :])[0]
    spread = np.sqrt((ranks**2).sum(axis=1) * (own @ own))
    rho: Floats = np.divide(ranks @ own, spread, out=np.zeros(len(rows)), where=spread > 0)
    return rho.round(_DIGITS)


def _centred_ranks(rows: Floats) -> Floats:
    """How many of the row are less, less how many are more, halved: the rank less its mean."""
    ranks = np.zeros(rows.shape)
    for other in rows.T:
        ranks += np.sign(rows - other[:, None])
    return ranks / 2
