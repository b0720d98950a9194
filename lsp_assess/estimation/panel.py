"""Those who were met in both rounds: who they are, and what they say beside what everybody says.

The panel is a domain: everybody else weighs zero and stays, so that strata and clusters are counted as drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.change import Change, round_changes
from lsp_assess.estimation.columns import column_of
from lsp_assess.estimation.design import Design
from lsp_assess.estimation.estimate import Domain, Level
from lsp_assess.estimation.estimates import ANSWERED
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.together import Estimates
from lsp_assess.kernel.messages import Message, message

Ints = NDArray[np.int64]

IN_BOTH = message("estimation.base.in_both_rounds")
_PANEL = "answered in both rounds"


class Estimator(Protocol):
    """`mean`, `proportion` or `total`; `partial(distribution, scale=…)`, `partial(shares, categories=…)`."""

    def __call__(self, design: Design, column: str, /, *, by: Sequence[str], base: Message) -> Estimates: ...


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The same change twice. `panel` is None where nobody of the domain answered in both rounds. Where
    the two differ by much, those who stayed are not like those who left or came."""

    everybody: Change
    panel: Change | None


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Rows of those who gave an answer that counts in both rounds; pair i is `first[i]`, `second[i]`."""

    first: Ints
    second: Ints


def side_by_side(
    design: Design,
    column: str,
    *,
    make: Estimator,
    units: str,
    earlier: Level,
    later: Level,
    rounds: str = "round",
    by: Sequence[str] = (),
    panel: Design | None = None,
) -> tuple[SideBySide, ...]:
    """The change by what everybody said in each round, beside the change by those who answered `column` in
    both, matched by `units` (people, or households where one person answers for each). `panel` is the
    same sample weighted for those who were lost; where it is left out, each row keeps its weight."""
    dimensions = (rounds, *by)
    whole = round_changes(
        make(design, column, by=dimensions, base=ANSWERED), earlier=earlier, later=later, rounds=rounds
    )
    own = panel or design
    pairs = matched(own, column, units=units, earlier=earlier, later=later, rounds=rounds)
    if not len(pairs.first):
        return tuple(SideBySide(change, None) for change in whole)
    within = np.full(len(own.frame), np.nan)
    within[pairs.first] = within[pairs.second] = 1.0
    marked = replace(own, frame=own.frame.assign(**{_PANEL: within}))
    made = make(marked, column, by=(*dimensions, _PANEL), base=IN_BOTH)
    met = {
        (change.variable, change.statistic, change.category, _of_everybody(change.domain)): change
        for change in round_changes(made, earlier=earlier, later=later, rounds=rounds)
        if change.value is not None
    }
    return tuple(
        SideBySide(change, met.get((change.variable, change.statistic, change.category, change.domain)))
        for change in whole
    )


def matched(
    design: Design, column: str, *, units: str, earlier: Level, later: Level, rounds: str = "round"
) -> Matched:
    """Raises where somebody stands twice in one round (then nobody knows which answer is compared), or in
    one cluster in the one and in another in the other, as where the design states no clusters."""
    wave, who = column_of(design, rounds), column_of(design, units)
    counted = (column_of(design, column).notna() & who.notna()).to_numpy() & (design.weights > 0)
    first, second = (np.flatnonzero(counted & (wave == which).to_numpy()) for which in (earlier, later))
    names = [pd.Index(who.iloc[rows]) for rows in (first, second)]
    for which, those in zip((earlier, later), names, strict=True):
        if those.has_duplicates:
            twice = str(those[those.duplicated()][0])
            raise refuse("unit_twice", column=units, unit=twice, round=str(which))
    place = names[0].get_indexer(names[1])
    pairs = Matched(first[place[place >= 0]], second[place >= 0])
    _refuse_apart(design, who, pairs)
    return pairs


def _refuse_apart(design: Design, who: "pd.Series[Any]", pairs: Matched) -> None:
    """Two answers of one person in clusters of their own would be taken as independent."""
    cluster = design.structure.clusters.unit[design.structure.unit]
    apart = np.flatnonzero(cluster[pairs.first] != cluster[pairs.second])
    if len(apart):
        unit = str(who.iloc[pairs.first[apart[0]]])
        raise refuse("unit_in_two_clusters", column=str(who.name), unit=unit, units=len(apart))


def _of_everybody(domain: Domain) -> Domain:
    return tuple((column, value) for column, value in domain if column != _PANEL)
