"""How the sample was drawn, stated by whoever drew it. What is missing raises; nothing is assumed.

Rows are never dropped: a missing answer, a filter and a subgroup are domains, which weigh zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.residuals import Regression, regression
from lsp_assess.estimation.stated import require, weights_in
from lsp_assess.estimation.strata import Drawing, Nesting, Structure, structure
from lsp_assess.estimation.weighting import Weighting
from lsp_assess.kernel.messages import Message, message

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Columns = str | Sequence[str]  # the name of one column, or of several


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
    regression: Regression | None = None  # on the totals that the weights were fitted to

    def degrees_of_freedom(self, *clusters: Ints) -> int:
        """Clusters − strata, counted over all the clusters given, each once."""
        first = self.structure.clusters
        held = np.zeros(len(first.stratum), dtype=np.bool_)
        for some in clusters:
            held[some] = True
        in_strata = np.bincount(first.stratum[held])
        return int(in_strata.sum() - np.count_nonzero(in_strata))


def stated_design(
    frame: pd.DataFrame,
    *,
    weights: str | Weighting | None = None,
    strata: Columns | None = None,
    clusters: Columns | None = None,
    fpc: Columns | None = None,
    rounds: str | None = None,
    lonely: Lonely | None = None,
    nesting: Nesting = Nesting.NAMED_ONCE,
) -> Design:
    """Each argument names a column; `strata`, `clusters` and `fpc` may name one for each stage of
    sampling. Where the last stage has no column of clusters, it is the rows that were drawn.

    `fpc` holds, for each row, the number of units in its stratum's population at that stage, or, in a
    column that is at most 1 throughout, the fraction that was drawn. The variance of a later stage counts
    by the fraction drawn above it; so without `fpc` only the first stage counts, and a stage that has
    none is taken as complete. Unequal probabilities come in as weights; without a column of weights
    every row weighs 1. `weights` may also be a `Weighting` of the same rows: where its last stage was fitted
    to margins, variances are those of the residuals.

    `rounds` is given when rounds are stacked: a cluster visited in two rounds is one cluster; rounds of a
    stratum that share none are separate strata, so that they are independent. Names of clusters begin
    afresh in each unit of the stage before; in each stratum too where `nesting` says so.
    Raises `EstimationRefused`."""
    stated = [listed(columns) for columns in (strata, clusters, fpc)]
    if weights is None and not any(stated):
        raise refuse("nothing_stated")
    if isinstance(weights, Weighting) and len(weights.weights) != len(frame):
        raise refuse("weights_of_other_rows", weights=len(weights.weights), rows=len(frame))
    require(frame, weights if isinstance(weights, str) else None, *stated[0], *stated[1], rounds)
    if max(map(len, stated)) > len(stated[1]) + 1:
        raise refuse("stage_without_clusters", stages=max(map(len, stated)), clusters=len(stated[1]))
    made = structure(len(frame), _drawings(frame, *stated), rounds=_labels(frame, rounds), nesting=nesting)
    if lonely is None and made.lonely_strata:
        raise refuse(
            "lonely_cluster", count=len(made.lonely_strata), strata=", ".join(made.lonely_strata[:5])
        )
    if isinstance(weights, Weighting):
        residual = regression(weights, made.unit)
        return Design(frame.copy(), weights.weights, made, lonely, (), residual)
    values = np.ones(len(frame)) if weights is None else weights_in(frame, weights)
    return Design(frame.copy(), values, made, lonely, ())


def simple_random_sample(
    frame: pd.DataFrame,
    *,
    rounds: str | None = None,
    units: str | None = None,
    lonely: Lonely | None = None,
) -> Design:
    """The explicit choice where no design is known: every row weighs the same. `units` names people
    or households met in more than one round, where that is known; `lonely` is the rule for a round of one.
    Carries the caveat that ends as a footnote."""
    require(frame, rounds, units)
    drawing = Drawing(units=_labels(frame, units))
    made = structure(len(frame), [drawing], rounds=_labels(frame, rounds), nesting=Nesting.NAMED_ONCE)
    if lonely is None and made.lonely_strata:
        raise refuse("single_row")
    caveat = message("estimation.caveat.simple_random_sample")
    return Design(frame.copy(), np.ones(len(frame)), made, lonely, (caveat,))


def listed(names: Columns | None) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names or ())


def _drawings(
    frame: pd.DataFrame, strata: Sequence[str], clusters: Sequence[str], fpc: Sequence[str]
) -> list[Drawing]:
    """The stages whose variance counts."""
    every = zip_longest(strata, clusters, fpc)
    return [
        Drawing(_labels(frame, stratum), _labels(frame, unit), _numbers(frame, population))
        for stratum, unit, population in islice(every, max(1, len(fpc)))
    ] or [Drawing()]


def _labels(frame: pd.DataFrame, column: str | None) -> "pd.Series[Any] | None":
    return None if column is None else frame[column]


def _numbers(frame: pd.DataFrame, column: str | None) -> "pd.Series[float] | None":
    """Missing is NaN."""
    if column is None:
        return None
    if column not in frame.columns:
        raise refuse("column_missing", column=column)
    try:
        return pd.to_numeric(frame[column]).astype(np.float64)
    except (TypeError, ValueError) as wrong:
        raise refuse("not_a_number", column=column) from wrong
