"""Taylor linearisation over disjoint domains, for a matrix of variables at once.

A ratio R = Σwy / Σwx has the linearised value z = w(y − Rx) / Σwx, a total z = wy; a mean is the ratio
with x = 1. With z summed per cluster, V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (z_hc − z̄_h)(z_hc − z̄_h)ᵀ
(Lumley 2010, appendix C). Rows outside a domain weigh zero and stay, so n_h counts all clusters drawn.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design, Lonely

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Residuals and variances this much smaller than what they are measured against are rounding error.
_ROUNDING = 1e-14


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
    pairs = np.unique(codes * (design.structure.cluster.max() + 1) + design.structure.cluster[rows])
    per_domain, cluster = np.divmod(pairs, design.structure.cluster.max() + 1)
    clusters = tuple(np.split(cluster, np.searchsorted(per_domain, np.arange(1, domains))))
    return Linearised(values, _covariance(design, z, rows, codes, domains), spread, n, effect, clusters)


def _covariance(design: Design, z: Floats, rows: Ints, codes: Ints, domains: int) -> Floats:
    """Stratum by stratum, and within it only the domains that occur there."""
    k = z.shape[1]
    position = np.full(len(design.weights), -1)
    position[rows] = np.arange(len(rows))
    covariance = np.zeros((domains * k, domains * k))
    strata_met, strata_told = np.zeros(domains), np.zeros(domains)
    for stratum, members in enumerate(design.structure.rows_of):
        inside = position[members]
        inside = inside[inside >= 0]
        here, local = np.unique(codes[inside], return_inverse=True)
        if len(here) == 0:
            continue
        strata_met[here] += 1
        scores = _scores(design, stratum, z[inside], rows[inside], local, len(here))
        if scores is not None:
            strata_told[here] += 1
            outputs = (here[:, None] * k + np.arange(k)).ravel()
            covariance[np.ix_(outputs, outputs)] += scores.T @ scores
    if design.lonely is Lonely.AVERAGE:
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.repeat(np.sqrt(strata_met / strata_told), k)
            return covariance * np.outer(scale, scale)
    return covariance


def _scores(design: Design, stratum: int, z: Floats, rows: Ints, local: Ints, domains: int) -> Floats | None:
    """Cluster totals of a stratum, centred and scaled so that V is their cross product; None where a
    lonely cluster cannot tell."""
    made = design.structure
    clusters, k = int(made.clusters_in[stratum]), z.shape[1]
    cell = (made.cluster[rows] - made.first_cluster[stratum]) * domains + local
    sums = _sums(z, cell, clusters * domains).reshape(clusters, domains * k)
    remaining = 1.0 - float(made.fraction[stratum])
    if clusters > 1:
        centred: Floats = sums - sums.mean(axis=0)
        return centred * float(np.sqrt(remaining * clusters / (clusters - 1)))
    if remaining == 0.0 or design.lonely in (Lonely.CERTAINTY, Lonely.REMOVE):
        return np.zeros(sums.shape)
    return sums * float(np.sqrt(remaining)) if design.lonely is Lonely.ADJUST else None
