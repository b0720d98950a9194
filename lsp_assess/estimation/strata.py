"""Strata and clusters as codes, laid out so that a stratum's clusters lie side by side."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Nesting(StrEnum):
    NAMED_ONCE = "named_once"  # a cluster's name is its own over all strata; a repeat is a mistake
    WITHIN_STRATUM = "within_stratum"  # cluster 1 of stratum A and cluster 1 of stratum B are two


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    cluster: Ints  # of each row; a stratum's clusters have consecutive numbers
    stratum_of_cluster: Ints
    first_cluster: Ints  # of each stratum
    clusters_in: Ints  # number in each stratum
    fraction: Floats  # of each stratum's clusters that were drawn; 0 without a correction
    rows_of: tuple[Ints, ...]  # of each stratum
    lonely_strata: tuple[str, ...]


def structure(
    rows: int,
    *,
    strata: "pd.Series[Any] | None",
    clusters: "pd.Series[Any] | None",
    rounds: "pd.Series[Any] | None",
    population: Floats | None,
    nesting: Nesting,
) -> Structure:
    stated, names = (np.zeros(rows, dtype=np.int64), ["1"]) if strata is None else _codes(strata)
    cluster = np.arange(rows) if clusters is None else _codes(clusters)[0]
    if nesting is Nesting.WITHIN_STRATUM:
        cluster = _distinct(stated, cluster)
    else:
        _refuse_cluster_in_two_strata(stated, cluster, clusters)
    stratum = stated if rounds is None else _linked_rounds(_distinct(stated, _codes(rounds)[0]), cluster)
    return _laid_out(stratum, cluster, population, [names[s] for s in stated])


def _laid_out(stratum: Ints, cluster: Ints, population: Floats | None, names: list[str]) -> Structure:
    cluster = _distinct(stratum, cluster)  # numbered stratum by stratum
    _, first_row = np.unique(cluster, return_index=True)
    stratum_of_cluster = stratum[first_row]
    clusters_in = np.bincount(stratum_of_cluster)
    order = np.argsort(stratum, kind="stable")
    rows_of = tuple(np.split(order, np.cumsum(np.bincount(stratum))[:-1]))
    fraction = _fraction(population, clusters_in, rows_of)
    alone = np.flatnonzero((clusters_in == 1) & (fraction < 1))
    return Structure(
        cluster=cluster,
        stratum_of_cluster=stratum_of_cluster,
        first_cluster=np.concatenate(([0], np.cumsum(clusters_in)[:-1])),
        clusters_in=clusters_in,
        fraction=fraction,
        rows_of=rows_of,
        lonely_strata=tuple(names[rows_of[h][0]] for h in alone),
    )


def _codes(labels: "pd.Series[Any]") -> tuple[Ints, list[str]]:
    codes, uniques = pd.factorize(labels)
    return codes.astype(np.int64), [str(u) for u in uniques]


def _distinct(outer: Ints, inner: Ints) -> Ints:
    """Codes of the pairs that occur, in order of the outer code."""
    _, codes = np.unique(outer * (inner.max() + 1) + inner, return_inverse=True)
    return codes.astype(np.int64)


def _refuse_cluster_in_two_strata(stratum: Ints, cluster: Ints, labels: "pd.Series[Any] | None") -> None:
    _, first_row = np.unique(cluster, return_index=True)
    astray = np.flatnonzero(stratum != stratum[first_row][cluster])
    if labels is not None and len(astray):
        raise refuse("cluster_in_two_strata", column=str(labels.name), cluster=str(labels.iloc[astray[0]]))


def _linked_rounds(stratum_round: Ints, cluster: Ints) -> Ints:
    """Rounds of a stratum belong together where they share a cluster, directly or through another
    round; else they are samples of their own."""
    nodes, clusters = stratum_round.max() + 1, cluster.max() + 1
    links = coo_array(
        (np.ones(len(cluster)), (stratum_round, nodes + cluster)), shape=(nodes + clusters, nodes + clusters)
    )
    _, component = connected_components(links, directed=False)
    _, codes = np.unique(component[stratum_round], return_inverse=True)
    return codes.astype(np.int64)


def _fraction(population: Floats | None, clusters_in: Ints, rows_of: tuple[Ints, ...]) -> Floats:
    if population is None:
        return np.zeros(len(clusters_in))
    stated = np.array([population[rows[0]] for rows in rows_of])
    if any((population[rows] != size).any() for rows, size in zip(rows_of, stated, strict=True)):
        raise refuse("population_varies_in_stratum")
    if not np.isfinite(stated).all() or (stated < clusters_in).any():
        raise refuse("population_below_sample")
    fraction: Floats = clusters_in / stated
    return fraction
