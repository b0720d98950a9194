"""Names as consecutive numbers."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_SPARSE = 4  # times as many numbers as rows, from which a table of all of them is no quicker than sorting


def numbered(names: "pd.Series[Any]") -> Ints:
    return pd.factorize(names)[0].astype(np.int64)


def pairs(outer: Ints, inner: Ints) -> Ints:
    """Numbers of the pairs that occur, in order of the outer number."""
    return consecutive(outer * (inner.max(initial=0) + 1) + inner)[0]


def consecutive(numbers: Ints) -> tuple[Ints, Ints]:
    """Numbers of 0 or more without their gaps, in the same order; and those that occur."""
    if numbers.max(initial=0) > _SPARSE * len(numbers):
        codes, found = pd.factorize(numbers, sort=True)
        return codes.astype(np.int64, copy=False), np.asarray(found, dtype=np.int64)
    seen = np.zeros(numbers.max(initial=-1) + 1, dtype=np.bool_)
    seen[numbers] = True
    return (np.cumsum(seen) - 1)[numbers], np.flatnonzero(seen)


def first_rows(numbers: Ints) -> Ints:
    """The first row of each number; every number up to the last occurs."""
    found = np.empty(numbers.max(initial=-1) + 1, dtype=np.int64)
    found[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return found
