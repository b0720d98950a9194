"""What is known of the population, for weights to be fitted to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lsp_assess.estimation.refusal import refuse

Category = tuple[object, ...]  # a value of each of the margin's columns
Round = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Margin:
    """People in each category, as counts or as shares: all margins of a round add up to the same. Several
    columns make a margin of their cross-classification. Without a round it holds in every round."""

    columns: tuple[str, ...]
    targets: Mapping[Category, float]
    round: Round | None = None


@dataclass(frozen=True, slots=True)
class PopulationTotal:
    """The sum of a numeric column over the population, in the column's own unit."""

    column: str
    target: float
    round: Round | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)


Known = Margin | PopulationTotal


def margin(
    columns: str | Sequence[str], targets: Mapping[object, float], *, round: Round | None = None
) -> Margin:
    """`margin("sex", {"f": 5200, "m": 4800})`, `margin(("sex", "age"), {("f", "16-34"): 0.2, …})`.
    A category of which there is nobody in the population is left out. Raises on a target that is not
    more than 0."""
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    made: dict[Category, float] = {}
    for category, target in targets.items():
        key = category if isinstance(category, tuple) else (category,)
        if not (np.isfinite(target) and target > 0):
            raise refuse("margin_not_positive", column=said(names), category=said(key), target=float(target))
        made[key] = float(target)
    return Margin(names, MappingProxyType(made), round)


def population_total(column: str, target: float, *, round: Round | None = None) -> PopulationTotal:
    return PopulationTotal(column, float(target), round)


def said(parts: Sequence[object]) -> str:
    return " × ".join(str(part) for part in parts)
