"""Do two answers go together? Pearson's chi-square of the weighted table, corrected for the design
(Rao & Scott 1984).

X² = n Σ(p_ij − p_i. p_.j)²/(p_i. p_.j) is, under independence, a sum of χ²₁ weighted by the eigenvalues of
Δ = (CᵀD⁻¹C/n)⁻¹ CᵀD⁻¹VD⁻¹C: D the diagonal of the cells' shares, V their design covariance, C the contrasts
of interaction. Second order: F = X²/tr Δ on d = (tr Δ)²/tr Δ² and dν, ν the design's df; first order: X² over
the mean eigenvalue, as χ² on (r − 1)(c − 1). As R's `svychisq` with "F" and with "Chisq".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import helmert
from scipy.special import chdtrc, fdtrc

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.domains import domains_of
from lsp_assess.estimation.estimate import Domain
from lsp_assess.estimation.estimates import shares
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.together import Estimates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CELL = "cell of the table"
_SINGULAR = 1e12
_NO_SPREAD = 1e-10


@dataclass(frozen=True, slots=True)
class Association:
    """`f` on (`d`, `d`·`df`) with `p`, of the second order; `chi2` is Pearson's, `p_first_order` its p.
    `n` counts those who gave both answers. All but `n` and `df` are None where the table has a single row
    or column, or the design leaves nothing to judge it by: not testable."""

    rows: str
    columns: str
    domain: Domain
    n: int
    df: int
    chi2: float | None
    f: float | None
    d: float | None
    p: float | None
    p_first_order: float | None

    @property
    def testable(self) -> bool:
        return self.p is not None


def association(
    design: Design, *, rows: str, columns: str, by: Sequence[str] = ()
) -> tuple[Association, ...]:
    """The test of `rows` against `columns`, both names of columns with few values, in each domain of `by`.
    With the round as `columns` it is a test of change of the whole distribution."""
    where = domains_of(design, (rows, columns))
    if not where.labels:
        raise refuse("no_pair_of_answers", column=rows, other=columns)
    cell = np.where(where.code >= 0, where.code.astype(np.float64), np.nan)
    stated = replace(design, frame=design.frame.assign(**{_CELL: cell}))
    made = shares(stated, _CELL, categories=range(len(where.labels)), by=by)
    named = [dict(label) for label in where.labels]
    row, column = (
        pd.factorize(np.array([one[side] for one in named], dtype=object))[0] for side in (rows, columns)
    )
    domains: dict[Domain, list[int]] = {}
    for place, one in enumerate(made.estimates):
        domains.setdefault(one.domain, []).append(place)
    return tuple(_tested(rows, columns, made, places, row, column) for places in domains.values())


def _tested(
    rows: str, columns: str, made: Estimates, places: list[int], row: Ints, column: Ints
) -> Association:
    first = made.estimates[places[0]]
    untested = Association(rows, columns, first.domain, first.n, first.df, *(None,) * 5)
    covariance = made.covariance_of(places)
    if first.n == 0 or first.df < 1 or not np.isfinite(covariance).all():
        return untested
    p = np.zeros((row.max() + 1, column.max() + 1))
    p[row, column] = [made.estimates[place].value for place in places]
    v = np.zeros((p.size, p.size))
    flat = row * p.shape[1] + column
    v[np.ix_(flat, flat)] = covariance
    given = np.outer(p.sum(axis=1) > 0, p.sum(axis=0) > 0)
    held = p[p.sum(axis=1) > 0][:, p.sum(axis=0) > 0]
    effects = _design_effects(held, v[np.ix_(given.ravel(), given.ravel())], first.n)
    if effects is None:
        return untested
    trace, squares = effects
    expected = np.outer(held.sum(axis=1), held.sum(axis=0))
    chi2 = float(first.n * np.sum((held - expected) ** 2 / expected))
    f, d = chi2 / trace, trace**2 / squares
    freedom = (held.shape[0] - 1) * (held.shape[1] - 1)
    return replace(
        untested,
        chi2=chi2,
        f=f,
        d=d,
        p=float(fdtrc(d, d * first.df, f)),
        p_first_order=float(chdtrc(freedom, chi2 * freedom / trace)),
    )


def _design_effects(p: Floats, v: Floats, n: int) -> tuple[float, float] | None:
    """tr Δ and tr Δ², the sum of the generalised design effects and of their squares. A cell that nobody
    is in adds to neither, as in R's survey."""
    if min(p.shape) < 2:
        return None
    interaction = np.kron(helmert(p.shape[0]), helmert(p.shape[1]))
    inverse = np.divide(1.0, p.ravel(), out=np.zeros(p.size), where=p.ravel() > 0)
    scaled = interaction * inverse
    under_independence = scaled @ interaction.T / n
    if np.linalg.cond(under_independence) > _SINGULAR:
        return None
    delta = np.linalg.solve(under_independence, scaled @ v @ scaled.T)
    trace = float(np.trace(delta))
    return (trace, float(np.sum(delta * delta.T))) if trace > _NO_SPREAD else None
