"""Taylor linearisation over disjoint domains, for a matrix of variables at once.

A ratio R = Σwy / Σwx has the linearised value z = w(y − Rx) / Σwx, a total z = wy; a mean is the ratio
with x = 1. With z summed per cluster, V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)ᵀ
(Lumley 2010, appendix C). Rows outside a domain weigh zero and stay, so n_h counts all clusters drawn.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from lsp_assess.estimation.design import Design, Lonely

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Residuals and variances this much smaller than what they are measured against are rounding error.
_ROUNDING = 1e-14
_DENSE = 0.05  # share of entries that are not zero from which a dense product is quicker


@dataclass(frozen=True, slots=True, eq=False)
class Linearised:
    """D domains × k outputs; output (d, j) is row d·k + j of the covariance."""

    values: Floats  # (D, k); NaN where the domain has no answer
    covariance: Floats  # (D·k, D·k); NaN where only lonely strata could tell
    srs_variances: Floats  # (D, k): of a simple random sample of the same n, drawn with replacement
    n: Ints  # (D,)
    weight_effect: Floats  # (D,): Kish's 1 + cv² of the weights
    clusters: tuple[Ints, ...]  # of each domain, those that hold an answer


def ratios(
    design: Design, numerators: Floats, denominators: Floats, domain: Ints, domains: int
) -> Linearised:
    """`domain` numbers each row's domain, −1 for none (which is also how a missing answer is said)."""
    rows, codes, weights = _counted(design, domain)
    y, x = numerators[rows], denominators[rows]
    below = _sums(weights[:, None] * x, codes, domains)
    below = np.where(below == 0, np.nan, below)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = _sums(weights[:, None] * y, codes, domains) / below
        expected = values[codes] * x
        residuals = y - expected
        residuals[np.abs(residuals) <= _ROUNDING * np.maximum(np.abs(y), np.abs(expected))] = 0.0
        scaled = residuals / below[codes]
    total_weight = np.bincount(codes, weights, domains)
    spread = _srs_variances(weights, scaled * total_weight[codes][:, None], codes, domains)
    return _linearised(design, values, weights[:, None] * scaled, spread, rows, codes, weights)


def totals(design: Design, variables: Floats, domain: Ints, domains: int) -> Linearised:
    rows, codes, weights = _counted(design, domain)
    y = variables[rows]
    values = _sums(weights[:, None] * y, codes, domains)
    total_weight = np.bincount(codes, weights, domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        centred = y - (values / total_weight[:, None])[codes]
    centred[np.abs(centred) <= _ROUNDING * np.abs(y)] = 0.0
    spread = _srs_variances(weights, centred, codes, domains) * total_weight[:, None] ** 2
    return _linearised(design, values, weights[:, None] * y, spread, rows, codes, weights)


def _counted(design: Design, domain: Ints) -> tuple[Ints, Ints, Floats]:
    rows = np.flatnonzero((domain >= 0) & (design.weights > 0))
    return rows, domain[rows], design.weights[rows]


def _sums(z: Floats, codes: Ints, domains: int) -> Floats:
    return np.column_stack([np.bincount(codes, column, domains) for column in z.T])


def _srs_variances(weights: Floats, residuals: Floats, codes: Ints, domains: int) -> Floats:
    """s²/n with s² = n/(n − 1) · Σw u² / Σw."""
    n = np.bincount(codes, minlength=domains)[:, None]
    weight = np.bincount(codes, weights, domains)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return _sums(weights[:, None] * residuals**2, codes, domains) / weight / (n - 1)


def _linearised(
    design: Design, values: Floats, z: Floats, spread: Floats, rows: Ints, codes: Ints, weights: Floats
) -> Linearised:
    domains = len(values)
    n = np.bincount(codes, minlength=domains)
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = n * np.bincount(codes, weights**2, domains) / np.bincount(codes, weights, domains) ** 2
    all_clusters = len(design.structure.stratum_of_cluster)
    pairs, of_row = np.unique(codes * all_clusters + design.structure.cluster[rows], return_inverse=True)
    domain, cluster = np.divmod(pairs, all_clusters)
    covariance = _covariance(design, _sums(z, of_row, len(pairs)), domain, cluster, domains)
    clusters = tuple(np.split(cluster, np.searchsorted(domain, np.arange(1, domains))))
    return Linearised(values, covariance, spread, n, effect, clusters)


def _covariance(design: Design, totals: Floats, domain: Ints, cluster: Ints, domains: int) -> Floats:
    """`totals` are the linearised totals of each domain in each cluster, nearly all of them zero in a
    sample of many clusters; so Σ(z − z̄)(z − z̄)ᵀ is had as Σzzᵀ − n z̄z̄ᵀ, which keeps the zeros."""
    made, k = design.structure, totals.shape[1]
    factor, centred = _factors(design)
    scale = np.sqrt(factor)[made.stratum_of_cluster[cluster]]
    outputs = domain[:, None] * k + np.arange(k)
    scores = coo_array(
        ((totals * scale[:, None]).ravel(), (np.repeat(cluster, k), outputs.ravel())),
        shape=(len(made.stratum_of_cluster), domains * k),
    ).tocsr()
    squares = _cross_product(scores)
    membership = csr_array(
        (
            np.sqrt(centred / made.clusters_in)[made.stratum_of_cluster],
            (made.stratum_of_cluster, np.arange(len(made.stratum_of_cluster))),
        ),
        shape=(len(made.clusters_in), len(made.stratum_of_cluster)),
    )
    means = (membership @ scores).toarray()
    covariance: Floats = squares - means.T @ means
    nothing = np.diag(covariance) <= _ROUNDING * np.diag(squares)
    covariance[nothing, :], covariance[:, nothing] = 0.0, 0.0
    covariance *= _averaging(design, domain, cluster, domains, k)
    return covariance


def _factors(design: Design) -> tuple[Floats, Floats]:
    """Of each stratum: what its squares are multiplied by, and 1 where they are taken about its mean."""
    made = design.structure
    remaining, several = 1.0 - made.fraction, made.clusters_in > 1
    with np.errstate(divide="ignore", invalid="ignore"):
        usual = remaining * made.clusters_in / (made.clusters_in - 1)
    alone = remaining if design.lonely is Lonely.ADJUST else np.zeros(len(remaining))
    return np.where(several, usual, alone), several.astype(np.float64)


def _cross_product(scores: csr_array) -> Floats:
    """Sparse or dense, whichever is quicker."""
    if scores.nnz > _DENSE * scores.shape[0] * scores.shape[1]:
        full = scores.toarray()
        return np.asarray(full.T @ full, dtype=np.float64)
    return np.asarray((scores.T @ scores).toarray(), dtype=np.float64)


def _averaging(design: Design, domain: Ints, cluster: Ints, domains: int, k: int) -> Floats | float:
    """With the rule `average`, strata with an answer in the domain ÷ those of them that can tell."""
    if design.lonely is not Lonely.AVERAGE:
        return 1.0
    made = design.structure
    stratum = np.unique(domain * len(made.clusters_in) + made.stratum_of_cluster[cluster])
    held, stratum = np.divmod(stratum, len(made.clusters_in))
    tells = (made.clusters_in[stratum] > 1) | (made.fraction[stratum] == 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.bincount(held, minlength=domains) / np.bincount(held, tells, domains)
    scale = np.repeat(np.sqrt(np.where(np.isinf(ratio), np.nan, ratio)), k)
    return np.asarray(np.outer(scale, scale), dtype=np.float64)
