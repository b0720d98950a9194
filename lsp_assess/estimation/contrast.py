"""A weighted sum of estimates made together: value Σ a_i θ_i, variance aᵀVa, t on the df of all the
clusters that hold an answer to any of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import stdtr, stdtrit

from lsp_assess.estimation.together import Estimates

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Contrast:
    """`p` is two-sided; None where the standard error is 0 or there are no degrees of freedom."""

    value: float | None
    se: float | None
    df: int
    p: float | None

    def interval(self, level: float) -> tuple[float, float] | None:
        if self.value is None or self.se is None:
            return None
        if self.se == 0:
            return self.value, self.value
        half = float(stdtrit(self.df, (1 + level) / 2)) * self.se
        return self.value - half, self.value + half


def contrast(estimates: Estimates, weights: Mapping[int, float], *, df: int) -> Contrast:
    """`weights` names estimates by their place in `estimates.estimates`; `df` from `joint_df`."""
    places, a = list(weights), np.array(list(weights.values()))
    involved = [estimates.estimates[place] for place in places]
    values = [one.value for one in involved if one.value is not None]
    if len(values) < len(involved):
        return Contrast(None, None, df, None)
    value = float(a @ np.array(values))
    if any(one.se is None for one in involved):
        return Contrast(value, None, df, None)
    covariance = estimates.covariance_of(places)
    variance = float(a @ covariance @ a)
    if variance <= _ROUNDING * float(a**2 @ np.diag(covariance)):
        return Contrast(value, 0.0, df, None)
    if df < 1:
        return Contrast(value, None, df, None)
    se = variance**0.5
    return Contrast(value, se, df, float(2 * stdtr(df, -abs(value) / se)))


def joint_df(estimates: Estimates, places: Collection[int]) -> int:
    return joint_dfs(estimates)(places)


def joint_dfs(estimates: Estimates) -> Callable[[Collection[int]], int]:
    """For many comparisons: what the same domains share is counted once."""

    @cache
    def of(bases: frozenset[int]) -> int:
        return estimates.design.degrees_of_freedom(*(estimates.clusters[base] for base in bases))

    return lambda places: of(frozenset(estimates.base_of[place] for place in places))
