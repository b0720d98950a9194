"""Variances where the weights were fitted to known totals: of the scores s less what the totals explain,
s − Bk with k the sums of the totals' variables, so that V = V(s) − B·C(k, s) − C(s, k)·Bᵀ + B·V(k)·Bᵀ.
The residual is never laid out, for it is not zero outside a domain as the scores are.
"""

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design, Lonely
from lsp_assess.estimation.variance import Scores, covariance, covariance_between, laid_out, variances

Floats = NDArray[np.float64]

_ROUNDING = 1e-12  # a variance this much smaller than that of the scores is rounding error


def fitted_variances(design: Design, scores: Scores) -> Floats:
    """(outputs,); those of the scores as they are where nothing was fitted."""
    b, known = scores.coefficients, _known(design)
    if b is None or known is None:
        return variances(design, scores)
    if design.lonely is Lonely.AVERAGE:
        return variances(design, _residuals(scores, b, known))
    own = variances(design, scores)
    both = covariance_between(design, scores, known)
    found = own + ((b @ _of_known(design, known) - 2 * both) * b).sum(axis=1)
    return np.where(found <= _ROUNDING * own, 0.0, found)


def fitted_covariance(design: Design, scores: Scores) -> Floats:
    """(outputs, outputs), with `fitted_variances` in its diagonal."""
    b, known = scores.coefficients, _known(design)
    if b is None or known is None:
        return covariance(design, scores)
    if design.lonely is Lonely.AVERAGE:
        return covariance(design, _residuals(scores, b, known))
    own = covariance(design, scores)
    explained = covariance_between(design, scores, known) @ b.T
    found = own - explained - explained.T + b @ _of_known(design, known) @ b.T
    nothing = np.diag(found) <= _ROUNDING * np.diag(own)
    found[nothing, :], found[:, nothing] = 0.0, 0.0
    return found


def _known(design: Design) -> Scores | None:
    if design.regression is None:
        return None
    sums = design.regression.sums
    nobody = np.empty(0, dtype=np.int64)
    return Scores(sums, np.zeros(sums.shape[0], dtype=np.int64), (nobody, nobody))


def _of_known(design: Design, known: Scores) -> Floats:
    """(p, p): one for all estimates of a design, so that it is worked out once."""
    kept = design.regression.variances if design.regression is not None else {}
    if design.lonely not in kept:
        kept[design.lonely] = covariance_between(design, known, known)
    return kept[design.lonely]


def _residuals(scores: Scores, b: Floats, known: Scores) -> Scores:
    """Laid out, for the rule `average` scales the scores of each base by a factor of its own."""
    matrix = laid_out(scores.matrix) - b @ laid_out(known.matrix)
    return Scores(matrix, scores.base_of, scores.held)
