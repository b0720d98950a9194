"""Amounts as they were meant: finite numbers, equal where only rounding error tells them apart."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]

_DIGITS = 12
_SMALLEST = 1e-280  # whose twelfth digit a float still holds


def finite(amounts: Sequence[float]) -> Floats:
    """Raises `EstimationRefused` for what is no finite number."""
    values = np.array(amounts, dtype=np.float64)
    if not np.isfinite(values).all():
        raise refuse("not_finite")
    return values


def settled(amounts: Floats, *, beside: Floats) -> Floats:
    """Rounded to twelve digits of the largest number that they were reckoned from, so that 0.1 + 0.2 ties
    with 0.3, and a difference that is rounding error alone is 0."""
    largest = float(np.abs(beside).max(initial=0.0))
    if largest < _SMALLEST:
        return amounts
    unit = 10.0 ** (np.ceil(np.log10(largest)) - _DIGITS)
    rounded: Floats = np.rint(amounts / unit) * unit
    return rounded


def table(rows: Sequence[Sequence[float | None]]) -> Floats:
    """Rows of one length, NaN for None. Raises for rows of different lengths and for what is no number."""
    if len({len(row) for row in rows}) > 1:
        raise refuse("rows_differ")
    given = finite([0.0 if cell is None else cell for row in rows for cell in row])
    missing = [cell is None for row in rows for cell in row]
    return np.where(missing, np.nan, given).reshape(len(rows), -1) if rows else np.empty((0, 0))
