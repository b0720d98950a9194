"""Columns of the frame as numbers, or as numbers of answers."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.scales import Point

Floats = NDArray[np.float64]
Codes = NDArray[np.integer[Any]]

_BLOCK = 65_536
_MOST_SMALL = 1000  # points that are numbered in two bytes


def numbers(design: Design, column: str) -> Floats:
    """NaN for missing. Raises for what is neither."""
    try:
        stated = pd.to_numeric(column_of(design, column))
    except (TypeError, ValueError) as wrong:
        raise refuse("not_a_number", column=column) from wrong
    values = _floats(stated)
    if np.isinf(values).any():
        raise refuse("not_a_number", column=column)
    return values


def yes_or_no(design: Design, column: str) -> Floats:
    values = numbers(design, column)
    if not ((values == 0) | (values == 1) | np.isnan(values)).all():
        raise refuse("not_yes_or_no", column=column)
    return values


def answers(design: Design, column: str, points: Sequence[Point]) -> Codes:
    """The number of each row's answer among the points, `len(points)` where it is missing. Raises for
    what is neither."""
    given = column_of(design, column)
    if pd.api.types.is_numeric_dtype(given) and not any(isinstance(point, str) for point in points):
        values = _floats(given)
        quick = _counted_up(values, points)
        if quick is not None:
            return quick
        codes = _places(values, points)
    else:
        codes = _labels(given, points)
    strange = np.flatnonzero(codes < 0)
    if len(strange):
        off = str(given.iloc[strange[0]])
        raise refuse("off_the_scale", column=column, value=off, rows=len(strange))
    return codes


def column_of(design: Design, column: str) -> "pd.Series[Any]":
    if column not in design.frame.columns:
        raise refuse("column_missing", column=column)
    return design.frame[column]


def _floats(column: "pd.Series[Any]") -> Floats:
    if isinstance(column.dtype, np.dtype):
        return column.to_numpy().astype(np.float64, copy=False)
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _counted_up(values: Floats, points: Sequence[Point]) -> Codes | None:
    """Where points go up by one and nothing else occurs, which is quick to see; else None."""
    first, count = int(points[0]), len(points)
    if list(points) != list(range(first, first + count)) or count > _MOST_SMALL:
        return None
    if np.fmin.reduce(values) < first or np.fmax.reduce(values) >= first + count:
        return None
    codes = np.empty(len(values), dtype=np.int16)
    for block in blocks(len(values)):
        given, own = values[block] - first, codes[block]
        with np.errstate(invalid="ignore"):
            own[:] = given
        if np.count_nonzero(own != given):
            missing = np.isnan(given)
            own[missing] = count
            if np.count_nonzero(own != given) > np.count_nonzero(missing):
                return None
    return codes


def blocks(rows: int) -> Iterator[slice]:
    """Rows a few at a time, so that what is made of them on the way stays in a cache."""
    return (slice(start, start + _BLOCK) for start in range(0, rows, _BLOCK))


def _places(values: Floats, points: Sequence[Point]) -> Codes:
    order = np.argsort(np.array(points, dtype=np.float64))
    ordered = np.array(points, dtype=np.float64)[order]
    place = np.searchsorted(ordered, values).clip(max=len(points) - 1)
    codes = np.where(ordered[place] == values, order[place], -1)
    codes[np.isnan(values)] = len(points)
    return codes


def _labels(given: "pd.Series[Any]", points: Sequence[Point]) -> Codes:
    numbered, distinct = pd.factorize(given)
    places = pd.Index(list(points), dtype=object).get_indexer(pd.Index(distinct, dtype=object))
    return np.append(places, len(points))[numbered]
