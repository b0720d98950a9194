"""Which domain each row belongs to. Domains are the combinations that occur; a row without a value in
one of the dimensions belongs to none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.estimate import Domain, Level
from lsp_assess.estimation.numbering import consecutive
from lsp_assess.estimation.refusal import refuse


@dataclass(frozen=True, slots=True, eq=False)
class Domains:
    code: NDArray[np.int64]  # of each row; −1 where it is in no domain
    labels: tuple[Domain, ...]


def domains_of(design: Design, by: Sequence[str]) -> Domains:
    """A combination that occurs in the frame is a domain even when nobody in it answered."""
    if not by:
        return Domains(np.zeros(len(design.frame), dtype=np.int64), ((),))
    combined = np.zeros(len(design.frame), dtype=np.int64)
    inside = np.ones(len(design.frame), dtype=np.bool_)
    levels: list[list[Level]] = []
    for column in by:
        if column not in design.frame.columns:
            raise refuse("column_missing", column=column)
        codes, names = _levels(design.frame[column])
        inside &= codes >= 0
        combined = combined * len(names) + codes
        levels.append(names)
    code, occurring = consecutive(combined[inside])
    full = np.full(len(combined), -1, dtype=np.int64)
    full[inside] = code
    sizes = [len(names) for names in levels]
    positions = np.unravel_index(occurring, sizes) if len(occurring) else [()] * len(sizes)
    labels = tuple(
        tuple((column, names[p]) for column, names, p in zip(by, levels, at, strict=True))
        for at in zip(*positions, strict=True)
    )
    return Domains(full, labels)


def _levels(values: "pd.Series[Any]") -> tuple[NDArray[np.int64], list[Level]]:
    """In the order of a categorical, else sorted."""
    categories = values.astype("category").cat
    return categories.codes.to_numpy().astype(np.int64), categories.categories.tolist()
