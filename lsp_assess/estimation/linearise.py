"""Linearised estimates of any number of items over disjoint domains, with their variances.

Each item is a base of its own in each domain: those who answered it. Rows outside a base weigh zero and
stay, so that all units that were drawn count.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from lsp_assess.estimation.cell_variance import cell_variances
from lsp_assess.estimation.cells import Cells, starts_of
from lsp_assess.estimation.design import Design, Lonely
from lsp_assess.estimation.residual_variance import fitted_covariance, fitted_variances
from lsp_assess.estimation.variance import Scores

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_KEPT = 2_000_000  # numbers in the part of a single item up to which it is not made again for its covariance


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Of M items in D domains, k outputs each."""

    values: Floats  # (M, k, D); NaN where nobody answered
    variances: Floats  # (M, k, D); NaN where only lonely strata could tell
    srs_variances: Floats  # (M, k, D): of a simple random sample of the same n, drawn with replacement
    n: Ints  # (M, D)
    weight_effect: Floats  # (M, D): Kish's 1 + cv² of the weights
    df: Ints  # (M, D): clusters − strata that hold an answer
    census: Bools  # (M, D): whether everybody was drawn wherever there is an answer


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Of a few items: what `Figures` are made of."""

    values: Floats
    srs_variances: Floats
    n: Ints
    weight_effect: Floats
    held: Bools  # (M, C): cells in which somebody answered
    totals: Floats  # (M, k, C): Σ weight × linearised value in each of the C cells


Parts = Callable[[Sequence[int]], Iterator[Part]]  # made of the items of these numbers, a few at a time


@dataclass(frozen=True, slots=True, eq=False)
class Linearised:
    """Scores are made when they are asked for: of many items they may take more room than the data."""

    design: Design
    cells: Cells
    parts: Parts
    figures: Figures

    def covariance(self, items: Sequence[int]) -> Floats:
        """Of all outputs of these items, in the order of item, domain, output."""
        parts = list(self.parts(items))
        made = [_scores(self.cells, part) for part in parts]
        k, domains = self.figures.values.shape[1:]
        number = np.arange(len(items) * k * domains)
        order = number.reshape(len(items), k, domains).swapaxes(1, 2).ravel()
        matrix = vstack([csr_array(one.matrix) for one in made], format="csr")[order]
        held = _held(self.cells, np.concatenate([part.held for part in parts]))
        regressed = [one.coefficients for one in made if one.coefficients is not None]
        coefficients = np.concatenate(regressed)[order] if regressed else None
        return fitted_covariance(self.design, Scores(matrix, number // k, held, coefficients))

    def clusters(self) -> tuple[Ints, ...]:
        """Of the first stage, those with an answer; of each item in each domain."""
        items = range(len(self.figures.n))
        base, unit = _held(self.cells, np.concatenate([part.held for part in self.parts(items)]))
        if not len(base):
            return (unit,) * self.figures.n.size
        cluster = self.design.structure.clusters.unit[unit]
        starts = starts_of(base, cluster)  # both are in order, for cells are
        bases = np.arange(1, self.figures.n.size)
        return tuple(np.split(cluster[starts], np.searchsorted(base[starts], bases)))


def linearised(
    design: Design, cells: Cells, items: int, parts: Parts, counted: Iterable[Figures] | None = None
) -> Linearised:
    """`counted` are the figures of all items where they can be had without their parts."""
    made: list[Figures] = []
    for part in parts(range(items)) if counted is None else ():
        made.append(_figures(design, cells, part))
        if items == 1 and part.totals.size <= _KEPT:
            parts = partial(_again, part)
    made.extend(counted or ())
    together = Figures(
        *(np.concatenate([getattr(one, field.name) for one in made]) for field in fields(Figures))
    )
    return Linearised(design, cells, parts, together)


def _again(part: Part, items: Sequence[int]) -> Iterator[Part]:
    return iter([part] * len(items))


def _figures(design: Design, cells: Cells, part: Part) -> Figures:
    return Figures(
        values=part.values,
        variances=_variances(design, cells, part),
        srs_variances=part.srs_variances,
        n=part.n,
        weight_effect=part.weight_effect,
        df=cells.degrees_of_freedom(part.held),
        census=cells.census(part.held),
    )


def _variances(design: Design, cells: Cells, part: Part) -> Floats:
    if design.regression is None and design.lonely is not Lonely.AVERAGE:
        return cell_variances(design, cells, part.totals)
    return fitted_variances(design, _scores(cells, part)).reshape(part.values.shape)


def _scores(cells: Cells, part: Part) -> Scores:
    """In the order of item, output, domain: that in which the totals lie."""
    m, k, _ = part.totals.shape
    base = np.arange(m)[:, None, None] * cells.domains + np.arange(cells.domains)
    base_of = np.broadcast_to(base, (m, k, cells.domains)).ravel()
    held = _held(cells, part.held)
    matrix = _matrix(cells, part.totals, cells.unit, len(cells.structure.stages[-1].stratum))
    if cells.fitted is None or cells.regression is None:
        return Scores(matrix, base_of, held)
    matrix = matrix.copy()
    matrix.sum_duplicates()
    alike = _matrix(cells, part.totals, cells.fitted, len(cells.regression.factors))
    return Scores(matrix, base_of, held, cells.regression.coefficients(alike))


def _matrix(cells: Cells, totals: Floats, column: Ints, columns: int) -> csr_array[np.float64]:
    """A row for each item, output and domain; what a cell holds stands in its column."""
    outputs, size = totals.shape[0] * totals.shape[1], totals.shape[2]
    starts = np.searchsorted(cells.domain, np.arange(cells.domains))
    of_rows = (np.arange(outputs)[:, None] * size + starts).ravel()
    at = np.tile(column.astype(np.int32), outputs)
    return csr_array(
        (totals.ravel(), at, np.append(of_rows, outputs * size)),
        shape=(outputs * cells.domains, columns),
    )


def _held(cells: Cells, held: Bools) -> tuple[Ints, Ints]:
    """Bases (item·D + domain) and units, in pairs."""
    item, cell = np.nonzero(held)
    return item * cells.domains + cells.domain[cell], cells.unit[cell]
