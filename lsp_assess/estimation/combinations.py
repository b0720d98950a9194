"""Rows that are alike in some columns, numbered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.numbering import first_rows

Ints = NDArray[np.int64]
Values = tuple[object, ...]

_ROOM = 4  # codes for each row, up to which they are counted rather than looked up


@dataclass(frozen=True, slots=True, eq=False)
class Combinations:
    columns: tuple[str, ...]
    number: Ints  # of each row's combination
    levels: tuple[Sequence[object], ...]  # of each column
    places: tuple[Ints, ...]  # of each column: the level in each combination

    def __len__(self) -> int:
        return len(self.places[0]) if self.places else 1

    def values(self, columns: Sequence[str]) -> tuple[Ints, list[Values]]:
        """The values of some of the columns that occur together, and their number in each combination."""
        chosen = [self.columns.index(column) for column in columns]
        levels = [self.levels[i] for i in chosen]
        number, first = _combined([self.places[i] for i in chosen], [len(each) for each in levels], len(self))
        places = [self.places[i][first] for i in chosen]
        return number, [
            tuple(level[place] for level, place in zip(levels, at, strict=True))
            for at in zip(*places, strict=True)
        ] or [()]


def combinations(frame: pd.DataFrame, columns: Sequence[str]) -> Combinations:
    coded = [_coded(frame[column]) for column in columns]
    codes, levels = [code for code, _ in coded], tuple(level for _, level in coded)
    number, first = _combined(codes, [len(level) for level in levels], len(frame))
    return Combinations(tuple(columns), number, levels, tuple(code[first] for code in codes))


def _coded(column: "pd.Series[Any]") -> tuple[Ints, Sequence[object]]:
    """Without gaps. Levels need not occur."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64), column.cat.categories.tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        values = column.to_numpy().astype(np.int64, copy=False)
        least, most = int(values.min()), int(values.max())
        if most - least < _ROOM * len(values):
            return values - least, range(least, most + 1)
    codes, levels = pd.factorize(column)
    return codes.astype(np.int64), list(levels)


def _combined(codes: Sequence[Ints], sizes: Sequence[int], length: int) -> tuple[Ints, Ints]:
    """Consecutive numbers of the combinations that occur, and the first place of each."""
    number, size = np.zeros(length, dtype=np.int64), 1
    for i, (code, levels) in enumerate(zip(codes, sizes, strict=True)):
        number, size = (number * levels + code, size * levels) if i else (code, levels)
        if size > _ROOM * length:
            number, names = pd.factorize(number, sort=True)
            size = len(names)
    seen = np.bincount(number, minlength=size) > 0
    number = (np.cumsum(seen) - 1)[number]
    return number, first_rows(number)
