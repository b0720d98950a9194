"""Which fraction of a stratum's units was drawn, from the population that is stated."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.numbering import first_rows
from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def fractions(
    population: "pd.Series[float] | None", stratum: Ints, drawn: Ints, name: Callable[[int], str]
) -> Floats:
    """Of each stratum, 0 where no population is stated. A column that is at most 1 throughout holds the
    fractions themselves, any other the number of units in each stratum's population. `name` words a
    stratum."""
    if population is None:
        return np.zeros(len(drawn))
    stated, column = population.to_numpy(), str(population.name)
    of_stratum = stated[first_rows(stratum)]
    if (missing := np.isnan(stated)).any():
        raise refuse("population_missing", column=column, stratum=name(int(stratum[missing.argmax()])))
    if (varies := stated != of_stratum[stratum]).any():
        wrong = name(int(stratum[varies.argmax()]))
        raise refuse("population_varies_in_stratum", column=column, stratum=wrong)
    with np.errstate(divide="ignore"):
        fraction: Floats = np.where((stated <= 1).all(), of_stratum, drawn / of_stratum)
    small = np.flatnonzero(~((fraction > 0) & (fraction <= 1)))
    if len(small):
        h = int(small[0])
        raise refuse(
            "population_below_sample",
            column=column,
            stratum=name(h),
            population=f"{of_stratum[h]:g}",
            drawn=int(drawn[h]),
        )
    return fraction
