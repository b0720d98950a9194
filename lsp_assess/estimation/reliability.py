"""Agreement of the same people over several statements, from the mean squares of the two-way table.

Every table has a row for each statement (or other target) and a column for each person, None where a person
gave no score. Only people who scored every statement take part; `left_out` counts the others. Under two
statements or two such people nothing can be told, and the value is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from lsp_assess.estimation.amounts import Floats, settled, table

_NO_SPREAD = 1e-12  # of the total mean square


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """Two-way, absolute agreement: `single` is ICC(A,1), of one person's score; `average` is ICC(A,k), of
    the mean of all k people (McGraw & Wong 1996; ICC(2,1) and ICC(2,k) of Shrout & Fleiss 1979). Without
    interval: the people are all there are. Shown also when negative; None where the denominator is not
    positive, as it may be where people differ on nothing but which way round they score."""

    targets: int
    people: int
    left_out: int
    single: float | None
    average: float | None


@dataclass(frozen=True, slots=True)
class Cronbach:
    """`alpha` is None where the people do not differ; the limits are Feldt's (1965), None where α is 1.
    They read the people as drawn from all who might have scored so."""

    statements: int
    people: int
    left_out: int
    alpha: float | None
    lower: float | None
    upper: float | None
    level: float


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    targets: float
    people: float
    rest: float
    total: float


def intraclass_correlation(scores: Sequence[Sequence[float | None]]) -> IntraclassCorrelation:
    """Of n targets and k people with mean squares MS_t, MS_p and MS_e:
    ICC(A,1) = (MS_t − MS_e) / (MS_t + (k − 1) MS_e + k (MS_p − MS_e)/n),
    ICC(A,k) = (MS_t − MS_e) / (MS_t + (MS_p − MS_e)/n)."""
    complete, left_out = _complete(table(scores))
    n, k = complete.shape
    if n < 2 or k < 2:
        return IntraclassCorrelation(n, k, left_out, None, None)
    ms = _mean_squares(complete)
    between = ms.targets - ms.rest
    single = ms.targets + (k - 1) * ms.rest + k * (ms.people - ms.rest) / n
    average = ms.targets + (ms.people - ms.rest) / n
    least = _NO_SPREAD * ms.total
    return IntraclassCorrelation(
        n,
        k,
        left_out,
        between / single if single > least else None,
        between / average if average > least else None,
    )


def cronbach(scores: Sequence[Sequence[float | None]], *, level: float = 0.95) -> Cronbach:
    """α = 1 − MS_e/MS_p (Hoyt 1941), the same as k/(k − 1)·(1 − Σs²/s²_sum); of n people and k statements
    the limits are 1 − (1 − α)·F at either tail of F with n − 1 and (n − 1)(k − 1) df."""
    complete, left_out = _complete(table(scores))
    k, n = complete.shape
    ms = _mean_squares(complete) if n > 1 and k > 1 else None
    if ms is None or ms.people <= _NO_SPREAD * ms.total:
        return Cronbach(k, n, left_out, None, None, None, level)
    unexplained = ms.rest / ms.people
    if ms.rest <= _NO_SPREAD * ms.total:
        return Cronbach(k, n, left_out, 1.0, None, None, level)
    lower, upper = (
        1 - unexplained * float(fdtri(n - 1, (n - 1) * (k - 1), tail))
        for tail in ((1 + level) / 2, (1 - level) / 2)
    )
    return Cronbach(k, n, left_out, 1 - unexplained, lower, upper, level)


def _complete(scores: Floats) -> tuple[Floats, int]:
    whole = ~np.isnan(scores).any(axis=0)
    return scores[:, whole], int((~whole).sum())


def _mean_squares(scores: Floats) -> _MeanSquares:
    n, k = scores.shape
    centred = settled(scores - scores.mean(), beside=scores)
    of_targets, of_people = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - of_targets[:, None] - of_people
    return _MeanSquares(
        targets=float(k * (of_targets @ of_targets) / (n - 1)),
        people=float(n * (of_people @ of_people) / (k - 1)),
        rest=float((rest**2).sum() / ((n - 1) * (k - 1))),
        total=float((centred**2).sum() / (n * k - 1)),
    )
