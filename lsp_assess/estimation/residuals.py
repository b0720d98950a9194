"""Standard errors where the weights were fitted to known totals.

The linearised value u of each row is replaced by its residual u − xᵀB from the regression on the variables
of the known totals, with the weights d before the fit, times the final weight w (Deville & Särndal 1992,
§3.4; Lumley 2010, §7.2). A row outside a domain has u = 0 and yet a residual. Everything is done on sums:
of a unit Σw(u − xᵀB) = Σwu − (Σwx)ᵀB, and B = (Σdxxᵀ)⁻¹ Σdxu, where du = wu ÷ (w/d) and w/d is the same
for all rows that are alike in x.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_diag, csr_array, diags_array, vstack

from lsp_assess.estimation.weighting import Fit, Weighting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DEPENDENT = 1e-11  # eigenvalues this much smaller than the largest come from columns that depend on others


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """On p known totals, of a cells of rows that are alike in all of them; the last cell is that of the
    rows that no total was fitted to."""

    cell: Ints  # of each row
    x: csr_array  # (a, p)
    factors: Floats  # (a,) weights after ÷ before
    inverse: Floats  # (p, p) generalised, of Σdxxᵀ
    sums: csr_array  # (p, units): Σwx of each unit
    variances: dict[object, Floats] = field(default_factory=dict, init=False, repr=False)  # of the sums

    def coefficients(self, scores: csr_array) -> Floats:
        """B (outputs, p), from Σwu of each cell, `scores` (outputs, a)."""
        before = scores @ diags_array(1 / self.factors)
        return np.asarray((before @ self.x).toarray() @ self.inverse, dtype=np.float64)


def regression(weighting: Weighting, unit: Ints) -> Regression | None:
    """None where the last stage was not fitted to totals. `unit` is the finest sampling unit of each row."""
    last = weighting.stages[-1]
    if not last.fits:
        return None
    sizes = [fit.auxiliary.x.shape[0] for fit in last.fits]
    cell = np.full(len(last.weights), sum(sizes))
    for fit, offset in zip(last.fits, np.cumsum([0, *sizes]), strict=False):
        cell[fit.rows] = offset + fit.auxiliary.cell
    of_fits = block_diag([fit.auxiliary.x for fit in last.fits], format="csr")
    x = csr_array(vstack([of_fits, csr_array((1, of_fits.shape[1]))], format="csr"))
    in_unit = csr_array(
        (last.weights, (unit, cell)), shape=(int(unit.max()) + 1, x.shape[0])
    )  # what falls together is summed
    return Regression(
        cell=cell,
        x=x,
        factors=np.concatenate([*(fit.factors for fit in last.fits), [1.0]]),
        inverse=block_diag([_inverse(fit) for fit in last.fits]).toarray(),
        sums=csr_array((in_unit @ x).T),
    )


def _inverse(fit: Fit) -> Floats:
    x = fit.auxiliary.x
    squares = (x.T @ (diags_array(fit.before) @ x)).toarray()
    spread = np.sqrt(np.diag(squares))
    scale = 1 / np.where(spread > 0, spread, 1.0)
    inverse = np.linalg.pinv(squares * np.outer(scale, scale), rcond=_DEPENDENT, hermitian=True)
    return np.asarray(inverse * np.outer(scale, scale), dtype=np.float64)
