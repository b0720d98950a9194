"""Variances alone, summed straight from the cells: the same as those of the laid out scores (`variance`),
for many items at once, where nothing but the design has a say in them."""

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells, starts_of
from lsp_assess.estimation.design import Design
from lsp_assess.estimation.variance import ROUNDING, factors

Floats = NDArray[np.float64]


def cell_variances(design: Design, cells: Cells, totals: Floats) -> Floats:
    """(…, D) of the linearised totals (…, C). Cells lie in order of domain and unit, and units of stage,
    stratum and unit before, so that whatever is summed lies side by side."""
    squares = means = np.zeros((*totals.shape[:-1], cells.domains))
    if not len(cells.unit):
        return squares
    for stage in design.structure.stages:
        factor, centred = factors(design, stage)
        unit = stage.unit[cells.unit]
        starts = starts_of(cells.domain, unit)
        domain, stratum = cells.domain[starts], stage.stratum[unit[starts]]
        at = totals if len(starts) == len(unit) else np.add.reduceat(totals, starts, axis=-1)
        squares = squares + cells.sums(at**2 * factor[stratum], domain)
        starts = starts_of(domain, stratum)
        domain, stratum = domain[starts], stratum[starts]
        sums = np.add.reduceat(at, starts, axis=-1)
        means = means + cells.sums(sums**2 * (factor * centred / stage.units_in)[stratum], domain)
    found = squares - means
    found[found <= ROUNDING * squares] = 0.0
    return found
