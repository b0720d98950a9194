"""Ratios, means and totals of numbers, row by row.

A ratio R = Σwy / Σwx has the linearised value z = w(y − Rx) / Σwx, a total z = wy; a mean is the ratio
with x = 1 (Lumley 2010, appendix C).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells
from lsp_assess.estimation.linearise import Part, Parts

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROUNDING = 1e-14  # residuals this much smaller than what they are the difference of are rounding error

Numbers = Callable[[int], Floats]  # an item's numbers, of each row of the frame; NaN where there are none


def ratio_parts(cells: Cells, numerators: Numbers, denominators: Numbers | None = None) -> Parts:
    """Means where there are no denominators."""
    return partial(_ratios, cells, numerators, denominators)


def total_parts(cells: Cells, numbers: Numbers) -> Parts:
    return partial(_totals, cells, numbers)


def _ratios(
    cells: Cells, numerators: Numbers, denominators: Numbers | None, items: Sequence[int]
) -> Iterator[Part]:
    for item in items:
        y = numerators(item)[cells.rows]
        x = np.ones_like(y) if denominators is None else denominators(item)[cells.rows]
        answered = ~np.isnan(y + x)
        y, x, weights = (np.where(answered, each, 0.0) for each in (y, x, cells.weights))
        below = _sums(cells, weights * x)
        total_weight = _sums(cells, weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            values = _sums(cells, weights * y) / np.where(below == 0, np.nan, below)
            expected = values[cells.domain_of_row] * x
            residuals = y - expected
            residuals[np.abs(residuals) <= _ROUNDING * np.maximum(np.abs(y), np.abs(expected))] = 0.0
            squares = _sums(cells, weights * residuals**2) / total_weight * (total_weight / below) ** 2
            totals = _per_cell(cells, weights * residuals) / below[cells.domain]
        yield _part(cells, values, squares, weights, answered, totals)


def _totals(cells: Cells, numbers: Numbers, items: Sequence[int]) -> Iterator[Part]:
    for item in items:
        y = numbers(item)[cells.rows]
        answered = ~np.isnan(y)
        y, weights = (np.where(answered, each, 0.0) for each in (y, cells.weights))
        values, total_weight = _sums(cells, weights * y), _sums(cells, weights)
        values[total_weight == 0] = np.nan
        with np.errstate(invalid="ignore", divide="ignore"):
            centred = y - (values / total_weight)[cells.domain_of_row]
            centred[np.abs(centred) <= _ROUNDING * np.abs(y)] = 0.0
            squares = _sums(cells, weights * centred**2) * total_weight
        yield _part(cells, values, squares, weights, answered, _per_cell(cells, weights * y))


def _part(
    cells: Cells, values: Floats, squares: Floats, weights: Floats, answered: Bools, totals: Floats
) -> Part:
    """`squares` are Σwu²/Σw of the linearised values u, which make s²/n by s² = n/(n − 1) · Σwu²/Σw."""
    in_cell = _per_cell(cells, answered)
    n = cells.per_domain(in_cell)
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = n * _sums(cells, weights**2) / _sums(cells, weights) ** 2
        spread = squares / (n - 1)
    return Part(
        values=values[None, None],
        srs_variances=spread[None, None],
        n=n.astype(np.int64)[None],
        weight_effect=effect[None],
        held=(in_cell > 0)[None],
        totals=np.nan_to_num(totals)[None, None],
    )


def _sums(cells: Cells, each: Floats) -> Floats:
    return np.bincount(cells.domain_of_row, each, cells.domains).astype(np.float64, copy=False)


def _per_cell(cells: Cells, each: "Floats | Bools") -> Floats:
    return np.bincount(cells.of_row, each, len(cells.unit)).astype(np.float64, copy=False)
