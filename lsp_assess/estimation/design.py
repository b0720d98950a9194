"""How the sample was drawn, stated by whoever drew it. What is missing raises; nothing is assumed.

Rows are never dropped: a missing answer, a filter and a subgroup are domains, which weigh zero.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.strata import Nesting, Structure, structure
from lsp_assess.kernel.messages import Message, message

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Lonely(StrEnum):
    """What a stratum with a single cluster adds to a variance (Lumley 2010, §3.2)."""

    CERTAINTY = "certainty"  # it was bound to be drawn: nothing
    REMOVE = "remove"  # left out of the variance: nothing, and the variance is too small
    ADJUST = "adjust"  # its cluster's linearised total, squared about zero: cautious, most so for totals
    AVERAGE = "average"  # the average of the other strata in the domain


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A sample with its design. Build it by `stated_design` or `simple_random_sample`."""

    frame: pd.DataFrame
    weights: Floats
    structure: Structure
    lonely: Lonely | None
    caveats: tuple[Message, ...]

    def degrees_of_freedom(self, *clusters: Ints) -> int:
        """Clusters − strata, counted over all the clusters given, each once."""
        held = np.zeros(len(self.structure.stratum_of_cluster), dtype=np.bool_)
        for some in clusters:
            held[some] = True
        in_strata = np.bincount(self.structure.stratum_of_cluster[held])
        return int(in_strata.sum() - np.count_nonzero(in_strata))


def stated_design(
    frame: pd.DataFrame,
    *,
    weights: str | None = None,
    strata: str | None = None,
    clusters: str | None = None,
    fpc: str | None = None,
    rounds: str | None = None,
    lonely: Lonely | None = None,
    nesting: Nesting = Nesting.NAMED_ONCE,
) -> Design:
    """Each argument names a column. `fpc` holds the number of clusters in the stratum's population
    (of rows, where no clusters are stated). `rounds` is given when rounds are stacked: a cluster
    visited in two rounds is one cluster; rounds of a stratum that share none are separate strata,
    so that they are independent. A round drawn without weights weighs 1 throughout.
    Raises `EstimationRefused`."""
    if weights is None and strata is None and clusters is None:
        raise refuse("nothing_stated")
    _present(frame, weights, strata, clusters, fpc, rounds)
    made = structure(
        len(frame),
        strata=_labels(frame, strata),
        clusters=_labels(frame, clusters),
        rounds=_labels(frame, rounds),
        population=_numbers(frame, fpc),
        nesting=nesting,
    )
    if lonely is None and made.lonely_strata:
        raise refuse(
            "lonely_cluster", count=len(made.lonely_strata), strata=", ".join(made.lonely_strata[:5])
        )
    return Design(frame.copy(), _weights(frame, weights), made, lonely, ())


def simple_random_sample(
    frame: pd.DataFrame, *, rounds: str | None = None, units: str | None = None
) -> Design:
    """The explicit choice where no design is known: every row weighs the same. `units` names people
    or households met in more than one round, where that is known. Carries the caveat that ends as a
    footnote."""
    _present(frame, rounds, units)
    made = structure(
        len(frame),
        strata=None,
        clusters=_labels(frame, units),
        rounds=_labels(frame, rounds),
        population=None,
        nesting=Nesting.NAMED_ONCE,
    )
    if made.lonely_strata:
        raise refuse("single_row")
    caveat = message("estimation.caveat.simple_random_sample")
    return Design(frame.copy(), np.ones(len(frame)), made, None, (caveat,))


def _present(frame: pd.DataFrame, *columns: str | None) -> None:
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


def _labels(frame: pd.DataFrame, column: str | None) -> "pd.Series[Any] | None":
    return None if column is None else frame[column]


def _numbers(frame: pd.DataFrame, column: str | None) -> Floats | None:
    if column is None:
        return None
    try:
        return pd.to_numeric(frame[column]).to_numpy(dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise refuse("not_a_number", column=column) from wrong


def _weights(frame: pd.DataFrame, column: str | None) -> Floats:
    values = _numbers(frame, column)
    if values is None or column is None:
        return np.ones(len(frame))
    if not np.isfinite(values).all() or (values < 0).any():
        raise refuse("weight_impossible", column=column)
    if not (values > 0).any():
        raise refuse("weights_all_zero", column=column)
    return values
