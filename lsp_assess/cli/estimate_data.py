"""The columns of a file as `lsp-assess estimate` reads them: words, numbers, labels.

An answer is missing where its cell is empty or holds a code that begins with a point (`.refused`), as in
the research file; such a code stands outside the base of its question.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lsp_assess.exchange.csv_reading import read_columns
from lsp_assess.kernel.errors import Invalid, Place, problem

MISSING = re.compile(r"(\.[^\W\d].*)?")
PLAIN_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
PROBLEMS_SHOWN = 5

Column: TypeAlias = "pd.Series[Any]"


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """`rows` counts as a spreadsheet does: the header is row 1."""

    file: str
    rows: Sequence[int]
    cells: dict[str, Column]

    def words(self, column: str) -> Column:
        """Codes as they stand; None where missing."""
        return self.cells[column]

    def labels(self, column: str) -> Column:
        """Whole numbers where all of them are, so that 10 comes after 2."""
        words = self.cells[column]
        known = words.dropna()
        if len(known) and known.map(lambda word: PLAIN_WHOLE.fullmatch(word) is not None).all():
            return words.map(int, na_action="ignore")
        return words

    def numbers(self, column: str) -> Column:
        """NaN where missing. Raises Invalid naming the first rows that hold something else."""
        words = self.cells[column]
        numbers = pd.to_numeric(words, errors="coerce").astype(np.float64)
        wrong = np.flatnonzero(words.notna() & ~np.isfinite(numbers))
        if len(wrong):
            raise Invalid(
                *(
                    problem(
                        "estimation.not_a_number",
                        Place(file=self.file, row=self.rows[at], column=column, value=words.iloc[at][:50]),
                        column=column,
                    )
                    for at in wrong[:PROBLEMS_SHOWN]
                )
            )
        return numbers

    def where(self, column: str, codes: Collection[str]) -> "pd.Series[bool]":
        return self.cells[column].isin(list(codes))


def read_data(path: Path, *, wanted: Collection[str]) -> Data:
    """Raises Invalid for a file that is not one table of UTF-8 text, or lacks a column."""
    found = read_columns(path.read_bytes(), file=path.name, wanted=sorted(set(wanted)))
    return Data(path.name, found.rows, {name: _words(cells) for name, cells in found.cells.items()})


def _words(cells: Sequence[str]) -> Column:
    missing = {cell for cell in set(cells) if MISSING.fullmatch(cell)}
    return pd.Series([None if cell in missing else cell for cell in cells], dtype=object)
