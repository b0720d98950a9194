"""The stages of a sample: strata, and the units drawn from them, numbered so that they lie side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lsp_assess.estimation.numbering import first_rows, numbered, pairs
from lsp_assess.estimation.populations import fractions
from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Nesting(StrEnum):
    NAMED_ONCE = "named_once"  # a cluster's name is its own over all strata; a repeat is a mistake
    WITHIN_STRATUM = "within_stratum"  # cluster 1 of stratum A and cluster 1 of stratum B are two


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """One stage as stated, a value for each row. Without `strata`, the units within one unit of the
    stage before are one stratum; without `units` every row is one."""

    strata: "pd.Series[Any] | None" = None
    units: "pd.Series[Any] | None" = None
    population: "pd.Series[float] | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Units of one stage and the strata they were drawn from, which lie within the units of the stage
    before. What lies within one of them has consecutive numbers."""

    unit: Ints  # of each unit of the last stage: the unit of this stage that holds it
    stratum: Ints  # of each unit
    units_in: Ints  # number drawn from each stratum
    fraction: Floats  # of each stratum's units that were drawn; 0 without a correction
    parent: Ints  # of each stratum: the unit of the stage before; 0 at the first
    share: Floats  # of each stratum's variance that counts: the product of the fractions above it


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """`stages` are those that a variance is made of: without a correction, only the first."""

    unit: Ints  # of each row: that of the last stage
    stages: tuple[Stage, ...]
    lonely_strata: tuple[str, ...]

    @property
    def clusters(self) -> Stage:
        return self.stages[0]


def structure(
    rows: int, drawings: Sequence[Drawing], *, rounds: "pd.Series[Any] | None", nesting: Nesting
) -> Structure:
    """Rounds of a stratum that share no unit are samples of their own."""
    above, share = np.zeros(rows, dtype=np.int64), np.ones(rows)
    made: list[Stage] = []
    lonely: list[str] = []
    for number, drawing in enumerate(drawings):
        stratum, unit = _placed(rows, drawing, above, rounds, nesting)
        row_of, stratum_of_unit = first_rows(stratum), stratum[first_rows(unit)]
        drawn = np.bincount(stratum_of_unit)
        name = partial(_name, drawings[: number + 1], row_of)
        fraction = fractions(drawing.population, stratum, drawn, name)
        lonely += [name(int(h)) for h in np.flatnonzero((drawn == 1) & (fraction < 1))]
        made.append(Stage(unit, stratum_of_unit, drawn, fraction, above[row_of], share[row_of]))
        above, share = unit, share * fraction[stratum]
    last = first_rows(above)
    stages = tuple(replace(stage, unit=stage.unit[last]) for stage in made)
    return Structure(above, stages, tuple(lonely))


def _placed(
    rows: int, drawing: Drawing, above: Ints, rounds: "pd.Series[Any] | None", nesting: Nesting
) -> tuple[Ints, Ints]:
    """Stratum and unit of each row, within the unit above."""
    stratum = above if drawing.strata is None else pairs(above, numbered(drawing.strata))
    unit = np.arange(rows) if drawing.units is None else pairs(above, numbered(drawing.units))
    if nesting is Nesting.WITHIN_STRATUM:
        unit = pairs(stratum, unit)
    elif drawing.units is not None:
        _refuse_unit_in_two_strata(stratum, unit, drawing.units)
    if rounds is not None:
        stratum = pairs(above, _linked_rounds(pairs(stratum, numbered(rounds)), unit))
    return stratum, pairs(stratum, unit)


def _name(drawings: Sequence[Drawing], row_of: Ints, stratum: int) -> str:
    """As it was stated, after the names of the units that it lies in."""
    within = [drawing.units for drawing in drawings[:-1]] + [drawings[-1].strata]
    said = [str(names.iloc[row_of[stratum]]) for names in within if names is not None]
    return " / ".join(said) or "1"


def _refuse_unit_in_two_strata(stratum: Ints, unit: Ints, names: "pd.Series[Any]") -> None:
    astray = np.flatnonzero(stratum != stratum[first_rows(unit)][unit])
    if len(astray):
        raise refuse("cluster_in_two_strata", column=str(names.name), cluster=str(names.iloc[astray[0]]))


def _linked_rounds(stratum_round: Ints, unit: Ints) -> Ints:
    """Rounds of a stratum belong together where they share a unit, directly or through another round;
    else they are samples of their own."""
    nodes, units = stratum_round.max() + 1, unit.max() + 1
    links = coo_array(
        (np.ones(len(unit)), (stratum_round, nodes + unit)), shape=(nodes + units, nodes + units)
    )
    _, component = connected_components(links, directed=False)
    return component[stratum_round].astype(np.int64)
