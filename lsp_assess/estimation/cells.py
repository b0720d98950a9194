"""The cells that answers are summed in: what one unit of the last stage holds of one domain."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.domains import Domains
from lsp_assess.estimation.numbering import first_rows, pairs
from lsp_assess.estimation.residuals import Regression
from lsp_assess.estimation.strata import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """Of the R rows that weigh something and lie in a domain; C cells in order of domain and unit."""

    structure: Structure
    rows: Ints | slice  # of the frame
    weights: Floats  # (R,)
    of_row: Ints  # (R,)
    unit: Ints  # (C,)
    domain: Ints  # (C,)
    domains: int
    regression: Regression | None
    fitted: Ints | None  # (C,): with a regression, the cell of it that the cell lies in

    @cached_property
    def domain_of_row(self) -> Ints:
        return self.domain[self.of_row]

    @cached_property
    def n(self) -> Ints:
        """(C,) rows."""
        return np.bincount(self.of_row, minlength=len(self.unit))

    @cached_property
    def squares(self) -> Floats:
        """(C,) Σ weight²."""
        return np.bincount(self.of_row, self.weights**2, len(self.unit)).astype(np.float64, copy=False)

    @cached_property
    def per_domain_cells(self) -> Ints:
        """(D,) how many cells a domain has."""
        return np.bincount(self.domain, minlength=self.domains)

    def in_cells(self, of_domains: Floats) -> Floats:
        """What stands for each domain in the last dimension, once for each of its cells."""
        return np.repeat(of_domains, self.per_domain_cells, axis=-1)

    def per_domain(self, summed: NDArray[Any]) -> Floats:
        """Sums over each domain's cells, of what has the cells in its last dimension."""
        return self.sums(summed, self.domain)

    def sums(self, summed: NDArray[Any], domain: Ints) -> Floats:
        """Sums over each domain, of what has these domains, in order, in its last dimension."""
        made = np.zeros((*summed.shape[:-1], self.domains))
        if len(domain):
            starts = starts_of(domain)
            made[..., domain[starts]] = np.add.reduceat(summed, starts, axis=-1, dtype=np.float64)
        return made

    def degrees_of_freedom(self, held: Bools) -> Ints:
        """Clusters − strata in each domain, among the cells `held` in the last dimension."""
        counted = np.zeros((*held.shape[:-1], self.domains))
        if len(self.domain):
            first = self.structure.clusters
            cluster = first.unit[self.unit]
            counted = self._different(held, cluster) - self._different(held, first.stratum[cluster])
        return counted.astype(np.int64)

    def census(self, held: Bools) -> Bools:
        """Whether all units of all stages were drawn wherever a domain's cells are `held`."""
        sampled = np.zeros(len(self.structure.stages[-1].stratum), dtype=np.bool_)
        for stage in self.structure.stages:
            sampled |= (stage.fraction < 1)[stage.stratum][stage.unit]
        anybody, apart = self.per_domain(held) > 0, self.per_domain(held & sampled[self.unit]) == 0
        return np.asarray(anybody & apart, dtype=np.bool_)

    def _different(self, held: Bools, group: Ints) -> Floats:
        """How many different groups are held in each domain."""
        starts = starts_of(self.domain, group)
        any_held = np.logical_or.reduceat(held, starts, axis=-1)
        once = np.zeros(held.shape)
        once[..., starts] = any_held
        return self.per_domain(once)


def starts_of(*sorted_codes: Ints) -> Ints:
    """Where any of the codes changes."""
    changes = np.logical_or.reduce([np.diff(codes) != 0 for codes in sorted_codes])
    return np.flatnonzero(np.append(True, changes))


def cells_of(design: Design, where: Domains) -> Cells:
    counted = (where.code >= 0) & (design.weights > 0)
    rows = slice(None) if counted.all() else np.flatnonzero(counted)
    domain, unit = where.code[rows], design.structure.unit[rows]
    cell, regression = pairs(domain, unit), design.regression
    if regression is not None:
        cell = pairs(cell, regression.cell[rows])
    first = first_rows(cell)
    return Cells(
        structure=design.structure,
        rows=rows,
        weights=design.weights[rows],
        of_row=cell,
        unit=unit[first],
        domain=domain[first],
        domains=len(where.labels),
        regression=regression,
        fitted=None if regression is None else regression.cell[rows][first],
    )
