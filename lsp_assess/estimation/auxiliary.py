"""The known totals of one round over its rows, collapsed to the cells of rows that are alike in all of them:
a million rows are met once, and everything after is done on the cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from lsp_assess.estimation.combinations import Combinations, combinations
from lsp_assess.estimation.margins import Category, Known, Margin, PopulationTotal, said
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.stated import numbers_in, require

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SAME_TOTAL = 1e-6


@dataclass(frozen=True, slots=True)
class Label:
    columns: tuple[str, ...]
    category: Category | None  # None of a numeric column


@dataclass(frozen=True, slots=True, eq=False)
class Auxiliary:
    """p known totals over c cells."""

    labels: tuple[Label, ...]  # (p,)
    targets: Floats  # (p,)
    cell: Ints  # of each row given
    x: csr_array  # (c, p): what a row of the cell adds to each total, per unit of weight
    total: float | None  # people in the population, by the margins; None without one


def auxiliary(frame: pd.DataFrame, known: Sequence[Known]) -> Auxiliary:
    """`frame` holds the rows of one round that have a weight. Margins that differ in their sum by no more
    than rounding (a millionth) are scaled to the first. Raises `EstimationRefused`."""
    margins = [one for one in known if isinstance(one, Margin)]
    numeric = [one for one in known if isinstance(one, PopulationTotal)]
    require(frame, *(column for one in known for column in one.columns))
    alike = combinations(frame, list(dict.fromkeys(column for one in margins for column in one.columns)))
    total = _common_total(margins)
    parts = [_indicators(alike, one) for one in margins]
    if numeric:
        parts = [part[alike.number] for part in parts]
    parts += [csr_array(_finite(frame, one.column)[:, None]) for one in numeric]
    labels = [Label(one.columns, category) for one in margins for category in one.targets]
    targets = [t * total / sum(m.targets.values()) for m in margins if total for t in m.targets.values()]
    return Auxiliary(
        labels=(*labels, *(Label(one.columns, None) for one in numeric)),
        targets=np.array([*targets, *(one.target for one in numeric)]),
        cell=np.arange(len(frame)) if numeric else alike.number,
        x=hstack(parts, format="csr"),
        total=total,
    )


def _indicators(alike: Combinations, one: Margin) -> csr_array:
    """(combinations, targets): 1 where the combination has the target's category."""
    number, found = alike.values(one.columns)
    place = {category: i for i, category in enumerate(one.targets)}
    for category in found:
        if category not in place:
            raise refuse("category_without_margin", column=said(one.columns), category=said(category))
    for category in set(place) - set(found):
        raise refuse("margin_without_anybody", column=said(one.columns), category=said(category))
    places = np.array([place[category] for category in found])[number]
    ends = np.arange(len(alike) + 1)
    return csr_array((np.ones(len(alike)), places, ends), shape=(len(alike), len(place)))


def _finite(frame: pd.DataFrame, column: str) -> Floats:
    values = numbers_in(frame, column)
    if not np.isfinite(values).all():
        raise refuse("not_a_number", column=column)
    return values


def _common_total(margins: Sequence[Margin]) -> float | None:
    if not margins:
        return None
    first, total = margins[0], sum(margins[0].targets.values())
    for other in margins[1:]:
        its = sum(other.targets.values())
        if abs(its - total) > _SAME_TOTAL * total:
            raise refuse(
                "margin_totals_differ",
                column=said(first.columns),
                total=total,
                other=said(other.columns),
                other_total=its,
            )
    return total
