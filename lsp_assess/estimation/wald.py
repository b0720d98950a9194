"""Are several comparisons all zero? Wald's test from their joint covariance, F on the design's df."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

Floats = NDArray[np.float64]

# Spread and difference this much smaller than the largest are rounding error.
_NO_SPREAD = 1e-10
_NO_DIFFERENCE = 1e-7


@dataclass(frozen=True, slots=True)
class Wald:
    """`chi2` = dᵀV⁻d over the `rank` directions in which V can tell (shares sum to one, and an answer
    that nobody gives cannot move); `f` = chi2 · (ν − rank + 1)/(ν · rank) on (`rank`, `denominator_df` =
    ν − rank + 1), ν the design's df, without which many answers and few clusters raise false alarms
    (Fellegi 1980; Korn & Graubard 1990). The test is not made, and all three are None, where ν < rank,
    where nothing varies, and where something differs that does not vary."""

    chi2: float | None
    f: float | None
    p: float | None
    rank: int
    df: int

    @property
    def denominator_df(self) -> int:
        return self.df - self.rank + 1

    @property
    def testable(self) -> bool:
        return self.p is not None


def wald(comparisons: Floats, covariance: Floats, *, df: int) -> Wald:
    """`comparisons` (k,) and their `covariance` (k, k), singular or not."""
    if not (np.isfinite(comparisons).all() and np.isfinite(covariance).all()):
        return Wald(None, None, None, 0, df)
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    unit = np.where(spread > 0, spread, 1.0)
    values, directions = np.linalg.eigh(covariance / np.outer(unit, unit))
    standing = directions.T @ (comparisons / unit)
    told = values > _NO_SPREAD * values.max(initial=0.0)
    rank = int(told.sum())
    untold = np.abs(standing[~told]).max(initial=0.0)
    if rank == 0 or df < rank or untold > _NO_DIFFERENCE * np.abs(standing).max():
        return Wald(None, None, None, rank, df)
    chi2 = float(np.sum(standing[told] ** 2 / values[told]))
    f = chi2 * (df - rank + 1) / (df * rank)
    return Wald(chi2, f, float(fdtrc(rank, df - rank + 1, f)), rank, df)
