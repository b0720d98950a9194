"""Names as consecutive numbers."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def numbered(names: "pd.Series[Any]") -> Ints:
    return pd.factorize(names)[0].astype(np.int64)


def pairs(outer: Ints, inner: Ints) -> Ints:
    """Numbers of the pairs that occur, in order of the outer number."""
    both = outer * (inner.max(initial=0) + 1) + inner
    return np.asarray(pd.factorize(both, sort=True)[0], dtype=np.int64)


def first_rows(numbers: Ints) -> Ints:
    """The first row of each number; every number up to the last occurs."""
    found = np.empty(numbers.max(initial=-1) + 1, dtype=np.int64)
    found[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return found
