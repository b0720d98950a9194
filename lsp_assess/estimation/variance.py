"""The variance of linearised estimates, from the scores of the units of the last stage.

With z the scores summed in a unit, V = Σ_stages Σ_h f (1 − f_h) n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)ᵀ,
f the product of the fractions drawn above stratum h: the variance of a stage counts by the fraction of
the stages above it (Särndal, Swensson & Wretman 1992, result 4.3.1; Lumley 2010, §3.2). Nearly all
scores are zero where domains are many, so Σ(z − z̄)(z − z̄)ᵀ is had as Σzzᵀ − n z̄z̄ᵀ, which keeps the zeros.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from lsp_assess.estimation.design import Design, Lonely
from lsp_assess.estimation.strata import Stage

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Matrix = csr_array | Floats

ROUNDING = 1e-14  # a variance this much smaller than its squares is rounding error
_DENSE = 0.05  # share of entries that are not zero from which a dense product is quicker


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """`matrix` (outputs × units of the last stage) holds Σ weight × linearised value of each unit, zero
    outside an output's base. Bases have numbers; `held` pairs them with the units in which somebody
    answered."""

    matrix: Matrix
    base_of: Ints  # (outputs,)
    held: tuple[Ints, Ints]  # bases, units
    coefficients: Floats | None = None  # (outputs, p) on the totals that weights were fitted to


@dataclass(frozen=True, slots=True, eq=False)
class _Summed:
    """Scores of the units of one stage, with what their squares and the squares of the sums of their
    strata are multiplied by."""

    scores: Matrix  # (outputs, units)
    factor: Floats  # (units,)
    sums: Matrix  # (outputs, strata)
    sum_factor: Floats  # (strata,)


def variances(design: Design, scores: Scores) -> Floats:
    """(outputs,); NaN where only lonely strata could tell."""
    squares, means = np.zeros(scores.matrix.shape[0]), np.zeros(scores.matrix.shape[0])
    for stage in _stages(design, scores):
        squares += _squared(stage.scores) @ stage.factor
        means += _squared(stage.sums) @ stage.sum_factor
    found = squares - means
    found[found <= ROUNDING * squares] = 0.0
    return found


def covariance(design: Design, scores: Scores) -> Floats:
    """(outputs, outputs), with `variances` in its diagonal."""
    outputs = scores.matrix.shape[0]
    squares, means = np.zeros((outputs, outputs)), np.zeros((outputs, outputs))
    for stage in _stages(design, scores):
        squares += _cross_product(_times(stage.scores, np.sqrt(stage.factor)))
        means += _cross_product(_times(stage.sums, np.sqrt(stage.sum_factor)))
    found: Floats = squares - means
    nothing = np.diag(found) <= ROUNDING * np.diag(squares)
    found[nothing, :], found[:, nothing] = 0.0, 0.0
    return found


def covariance_between(design: Design, one: Scores, other: Scores) -> Floats:
    """(outputs of the one, outputs of the other)."""
    found = np.zeros((one.matrix.shape[0], other.matrix.shape[0]))
    for a, b in zip(_stages(design, one), _stages(design, other), strict=True):
        found += laid_out(_times(a.scores, a.factor) @ b.scores.T)
        found -= laid_out(_times(a.sums, a.sum_factor) @ b.sums.T)
    return found


def _stages(design: Design, scores: Scores) -> Iterator[_Summed]:
    for stage in design.structure.stages:
        units = len(stage.stratum)
        at = scores.matrix if len(stage.unit) == units else scores.matrix @ _gathering(stage.unit)
        if design.lonely is Lonely.AVERAGE:
            at = _averaged(at, stage, scores)
        factor, centred = factors(design, stage)
        yield _Summed(
            at, factor[stage.stratum], at @ _gathering(stage.stratum), factor * centred / stage.units_in
        )


def factors(design: Design, stage: Stage) -> tuple[Floats, Floats]:
    """Of each stratum: what its squares are multiplied by, and 1 where they are taken about its mean."""
    remaining, several = stage.share * (1.0 - stage.fraction), stage.units_in > 1
    with np.errstate(divide="ignore", invalid="ignore"):
        usual = remaining * stage.units_in / (stage.units_in - 1)
    alone = remaining if design.lonely is Lonely.ADJUST else np.zeros(len(remaining))
    return np.where(several, usual, alone), several.astype(np.float64)


def _averaged(at: Matrix, stage: Stage, scores: Scores) -> Matrix:
    """With the rule `average`, a variance times the strata with an answer in the base ÷ those of them
    that can tell, among the strata within one unit of the stage before."""
    base, unit = scores.held
    strata, parents, bases = len(stage.units_in), stage.parent.max() + 1, scores.base_of.max() + 1
    held, stratum = np.divmod(np.unique(base * strata + stage.stratum[stage.unit[unit]]), strata)
    tells = (stage.units_in[stratum] > 1) | (stage.fraction[stratum] == 1)
    place = held * parents + stage.parent[stratum]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.bincount(place, minlength=bases * parents) / np.bincount(place, tells, bases * parents)
    untold, nobody = np.isinf(ratio), np.isnan(ratio)
    scale = np.sqrt(np.select([untold, nobody], [np.nan, 1.0], ratio)).reshape(bases, parents)
    parent_of = stage.parent[stage.stratum]
    if isinstance(at, np.ndarray):
        return np.asarray(at * scale[scores.base_of][:, parent_of])
    of_entry = np.repeat(scores.base_of, np.diff(at.indptr))
    return csr_array(
        (at.data * scale[of_entry, parent_of[at.indices]], at.indices, at.indptr), shape=at.shape
    )


def _gathering(group: Ints) -> csr_array:
    """(members, groups): sums over the groups of what stands in columns."""
    rows = np.arange(len(group) + 1)
    return csr_array((np.ones(len(group)), group, rows), shape=(len(group), int(group.max()) + 1))


def _squared(scores: Matrix) -> Matrix:
    return scores**2 if isinstance(scores, np.ndarray) else scores.power(2)


def _times(scores: Matrix, factor: Floats) -> Matrix:
    if isinstance(scores, np.ndarray):
        return scores * factor
    return csr_array(
        (scores.data * factor[scores.indices], scores.indices, scores.indptr), shape=scores.shape
    )


def _cross_product(scores: Matrix) -> Floats:
    """Sparse or dense, whichever is quicker."""
    if issparse(scores) and scores.nnz <= _DENSE * scores.shape[0] * scores.shape[1]:
        return laid_out(scores @ scores.T)
    full = laid_out(scores)
    return np.asarray(full @ full.T, dtype=np.float64)


def laid_out(matrix: Any) -> Floats:
    """Dense, whether it was or not."""
    return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray(), dtype=np.float64)
