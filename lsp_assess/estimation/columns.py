"""Columns of the frame as numbers, or as numbers of answers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.scales import Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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


def answers(design: Design, column: str, points: Sequence[Point]) -> Ints:
    """The number of each row's answer among the points, `len(points)` where it is missing. Raises for
    what is neither."""
    given = column_of(design, column)
    numeric = pd.api.types.is_numeric_dtype(given) and not any(isinstance(point, str) for point in points)
    codes = _places(_floats(given), points) if numeric else _labels(given, points)
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


def _places(values: Floats, points: Sequence[Point]) -> Ints:
    order = np.argsort(np.array(points, dtype=np.float64))
    ordered = np.array(points, dtype=np.float64)[order]
    place = np.searchsorted(ordered, values).clip(max=len(points) - 1)
    codes = np.where(ordered[place] == values, order[place], -1)
    codes[np.isnan(values)] = len(points)
    return codes


def _labels(given: "pd.Series[Any]", points: Sequence[Point]) -> Ints:
    numbered, distinct = pd.factorize(given)
    places = pd.Index(list(points), dtype=object).get_indexer(pd.Index(distinct, dtype=object))
    return np.append(places, len(points))[numbered]
