"""Estimates of questions with few answers where every row is a unit of its own: a unit has one answer then,
so the squares of the units' linearised totals are had from tables of Σ weight² by domain, stratum and
answer, and no unit has to be laid out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells
from lsp_assess.estimation.columns import Codes
from lsp_assess.estimation.design import Design, Lonely
from lsp_assess.estimation.linearise import Figures
from lsp_assess.estimation.numbering import first_rows, pairs
from lsp_assess.estimation.tables import Told, table_of, told_of
from lsp_assess.estimation.variance import ROUNDING, factors

Floats = NDArray[np.float64]


def every_row_a_unit(design: Design) -> bool:
    """Whether that is all that has a say in the variance."""
    structure = design.structure
    rows = len(structure.stages) == 1 and len(structure.clusters.stratum) == len(structure.unit)
    return rows and design.regression is None and design.lonely is not Lonely.AVERAGE


def row_figures(
    design: Design, cells: Cells, items: int, answers: Callable[[int], Codes], outputs: Floats
) -> Iterator[Figures]:
    """Of each item, as from `table_parts`; outputs (k, answers)."""
    stratum = design.structure.clusters.stratum[cells.unit[cells.of_row]]
    group = pairs(cells.domain_of_row, stratum)
    rows = first_rows(group)
    groups = replace(
        cells, of_row=group, unit=cells.unit[cells.of_row[rows]], domain=cells.domain_of_row[rows]
    )
    squared = replace(groups, weights=groups.weights**2)
    for item in range(items):
        answer = answers(item)
        weight, n, squares = table_of(groups, answer, outputs.shape[1])
        above, size, spread = (groups.per_domain(each[None]) for each in (weight, n, squares))
        told = told_of(above, size, spread, outputs)
        of_answers, _, _ = table_of(squared, answer, outputs.shape[1])
        yield Figures(
            values=told.values,
            variances=_variances(design, groups, weight, of_answers, told, outputs)[None],
            srs_variances=told.srs_variances,
            n=told.n,
            weight_effect=told.weight_effect,
            df=told.n - groups.per_domain(n[None] > 0).astype(np.int64),
            census=groups.census(n[None] > 0),
        )


def _variances(
    design: Design, groups: Cells, weight: Floats, squares: Floats, told: Told, outputs: Floats
) -> Floats:
    """(k, D), from Σ weight and Σ weight² (answers, groups)."""
    stage = design.structure.clusters
    factor, centred = factors(design, stage)
    stratum = stage.stratum[groups.unit]
    residuals = outputs[:, :, None] - groups.in_cells(np.nan_to_num(told.values[0]))[:, None]
    residuals = residuals * groups.in_cells(told.scale[0])
    within = groups.per_domain((residuals**2 * squares).sum(axis=1) * factor[stratum])
    sums = (residuals * weight).sum(axis=1)
    found = within - groups.per_domain(sums**2 * (factor * centred / stage.units_in)[stratum])
    found[(found <= ROUNDING * within) | told.alike[0]] = 0.0
    return found
