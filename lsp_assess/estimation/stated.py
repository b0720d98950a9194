"""Columns of a frame as what a design needs; what is missing or impossible raises and names the column."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]


def require(frame: pd.DataFrame, *columns: str | None) -> None:
    """There are rows, and every column named is there without gaps."""
    if len(frame) == 0:
        raise refuse("no_rows")
    for column in columns:
        if column is None:
            continue
        if column not in frame.columns:
            raise refuse("column_missing", column=column)
        gaps = int(frame[column].isna().sum())
        if gaps:
            raise refuse("design_value_missing", column=column, rows=gaps)


def numbers_in(frame: pd.DataFrame, column: str) -> Floats:
    try:
        return pd.to_numeric(frame[column]).to_numpy(dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise refuse("not_a_number", column=column) from wrong


def weights_in(frame: pd.DataFrame, column: str) -> Floats:
    values = numbers_in(frame, column)
    if not np.isfinite(values).all() or (values < 0).any():
        raise refuse("weight_impossible", column=column)
    if not (values > 0).any():
        raise refuse("weights_all_zero", column=column)
    return values
