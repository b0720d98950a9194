"""Confidence intervals, vectorised. Where none can be had the limits are NaN and the method is NONE;
`estimates` turns NaN into None, so that no NaN leaves the package."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, expit, stdtrit

Floats = NDArray[np.float64]

EFFECTIVE_COUNT_FOR_LOGIT = 10.0


class Method(StrEnum):
    T = "t"
    LOGIT = "logit"
    KORN_GRAUBARD = "korn_graubard"
    COMBINED = "combined"  # of a change: from the intervals of its two proportions
    WOODRUFF = "woodruff"  # of a quantile: from the interval of the share at or below it
    CENSUS = "census"  # everybody was asked: no sampling error
    NONE = "none"  # fewer than one degree of freedom


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    lower: Floats
    upper: Floats
    method: tuple[Method, ...]


def t_limits(value: Floats, se: Floats, df: Floats, census: NDArray[np.bool_], level: float) -> Limits:
    """None where all answered alike: that nobody differed in a sample does not say that nobody does."""
    half = _t(level, df) * np.where(se == 0, np.nan, se)
    method = _methods(value, Method.T, (np.isnan(half), Method.NONE), (census, Method.CENSUS))
    return Limits(*_census(value, value - half, value + half, census), method)


def proportion_limits(
    p: Floats,
    se: Floats,
    df: Floats,
    n: Floats,
    weight_effect: Floats,
    census: NDArray[np.bool_],
    level: float,
) -> Limits:
    """Logit on df (Lumley 2010, §2.2); Korn–Graubard where p is 0 or 1 or the effective count on either
    side is under 10, or the clusters do not differ at all."""
    effective = effective_size(p, se, n, weight_effect)
    few = (np.minimum(p, 1 - p) * effective < EFFECTIVE_COUNT_FOR_LOGIT) | (se == 0)
    lower, upper = korn_graubard(p, effective, n, df, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(p) - np.log1p(-p)
        half = _t(level, df) * se / (p * (1 - p))
    lower = np.where(few, lower, expit(centre - half))
    upper = np.where(few, upper, expit(centre + half))
    untold = np.isnan(lower) | np.isnan(upper)
    method = _methods(
        p, Method.LOGIT, (few, Method.KORN_GRAUBARD), (untold, Method.NONE), (census, Method.CENSUS)
    )
    return Limits(*_census(p, lower, upper, census), method)


def effective_size(p: Floats, se: Floats, n: Floats, weight_effect: Floats) -> Floats:
    """p(1 − p)/V, at most n (NCHS Series 2 no. 175); n over Kish's effect of the weights where p is 0
    or 1, and there V tells nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.minimum(n, p * (1 - p) / se**2)
    return np.where((p <= 0) | (p >= 1), n / weight_effect, np.where(se == 0, n, inside))


def korn_graubard(p: Floats, effective: Floats, n: Floats, df: Floats, level: float) -> tuple[Floats, Floats]:
    """Clopper–Pearson at the effective size, itself scaled by (t_{n−1}/t_df)² (Korn & Graubard 1998)."""
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        size = effective * (_t(level, n - 1) / _t(level, df)) ** 2
        lower = betaincinv(size * p, size * (1 - p) + 1, tail)
        upper = betaincinv(size * p + 1, size * (1 - p), 1 - tail)
    told = np.isfinite(size)
    lower, upper = np.where(p <= 0, 0.0, lower), np.where(p >= 1, 1.0, upper)
    return np.where(told, lower, np.nan), np.where(told, upper, np.nan)


def _t(level: float, df: Floats) -> Floats:
    return np.asarray(stdtrit(np.where(df >= 1, df, np.nan), (1 + level) / 2), dtype=np.float64)


def _census(value: Floats, lower: Floats, upper: Floats, census: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    return np.where(census, value, lower), np.where(census, value, upper)


def _methods(
    like: Floats, default: Method, *overrides: tuple[NDArray[np.bool_], Method]
) -> tuple[Method, ...]:
    """The last override that holds wins."""
    choice = np.zeros(like.shape, dtype=np.int64)
    for number, (where, _) in enumerate(overrides, start=1):
        choice[where] = number
    methods = (default, *(method for _, method in overrides))
    return tuple(methods[number] for number in choice)
