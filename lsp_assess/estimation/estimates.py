"""Means, totals, ratios, proportions and whole distributions of a stacked sample, by any domains.

Each takes one column or several; those of one call share a covariance matrix.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells, cells_of
from lsp_assess.estimation.columns import answers, numbers, yes_or_no
from lsp_assess.estimation.design import Columns, Design, listed
from lsp_assess.estimation.domains import domains_of
from lsp_assess.estimation.dress import Asked, Output
from lsp_assess.estimation.estimate import Statistic
from lsp_assess.estimation.linearise import Parts, linearised
from lsp_assess.estimation.ratios import ratio_parts, total_parts
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.scales import Point, Scale
from lsp_assess.estimation.tables import table_parts
from lsp_assess.estimation.together import Estimates
from lsp_assess.kernel.messages import Message, message

Floats = NDArray[np.float64]

ANSWERED = message("estimation.base.answered")


def mean(
    design: Design,
    columns: Columns,
    *,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    named = listed(columns)

    def parts(cells: Cells) -> Parts:
        return ratio_parts(cells, lambda item: numbers(design, named[item]))

    return _estimates(design, named, (Output(Statistic.MEAN),), parts, by, base, level)


def proportion(
    design: Design,
    columns: Columns,
    *,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """Of columns of 0 and 1 (or False and True); missing is outside the base."""
    named = listed(columns)

    def parts(cells: Cells) -> Parts:
        return ratio_parts(cells, lambda item: yes_or_no(design, named[item]))

    return _estimates(design, named, (Output(Statistic.PROPORTION),), parts, by, base, level)


def total(
    design: Design,
    columns: Columns,
    *,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    named = listed(columns)

    def parts(cells: Cells) -> Parts:
        return total_parts(cells, lambda item: numbers(design, named[item]))

    return _estimates(design, named, (Output(Statistic.TOTAL),), parts, by, base, level)


def ratio(
    design: Design,
    *,
    numerator: Columns,
    denominator: Columns,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """Σ numerator / Σ denominator, over those who gave both. Several numerators have a denominator each,
    or share one."""
    above, below = listed(numerator), listed(denominator)
    below = below * len(above) if len(below) == 1 else below
    if len(above) != len(below):
        raise refuse("ratio_columns", numerators=len(above), denominators=len(below))
    named = tuple(f"{over} / {under}" for over, under in zip(above, below, strict=True))

    def parts(cells: Cells) -> Parts:
        return ratio_parts(
            cells, lambda item: numbers(design, above[item]), lambda item: numbers(design, below[item])
        )

    return _estimates(design, named, (Output(Statistic.RATIO),), parts, by, base, level)


def shares(
    design: Design,
    columns: Columns,
    *,
    categories: Sequence[Point],
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """The share of every answer of unordered questions."""
    named, outputs = listed(columns), tuple(Output(Statistic.SHARE, point) for point in categories)

    def parts(cells: Cells) -> Parts:
        return table_parts(
            cells, lambda item: answers(design, named[item], categories), np.eye(len(categories))
        )

    return _estimates(design, named, outputs, parts, by, base, level)


def distribution(
    design: Design,
    columns: Columns,
    *,
    scale: Scale,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """Everything about questions on one ordered scale: each answer's share, top, bottom, net, mean."""
    named, each = listed(columns), np.eye(len(scale.points))
    top, bottom = each[-scale.ends :].sum(axis=0), each[: scale.ends].sum(axis=0)
    made_of = np.vstack([each, top, bottom, top - bottom, scale.scores])
    outputs = (
        *(Output(Statistic.SHARE, point) for point in scale.points),
        Output(Statistic.TOP),
        Output(Statistic.BOTTOM),
        Output(Statistic.NET),
        Output(Statistic.MEAN),
    )

    def parts(cells: Cells) -> Parts:
        return table_parts(cells, lambda item: answers(design, named[item], scale.points), made_of)

    return _estimates(design, named, outputs, parts, by, base, level)


def _estimates(
    design: Design,
    named: tuple[str, ...],
    outputs: tuple[Output, ...],
    parts: Callable[[Cells], Parts],
    by: Sequence[str],
    base: Message,
    level: float,
) -> Estimates:
    if not named:
        raise refuse("nothing_asked")
    where = domains_of(design, by)
    cells = cells_of(design, where)
    made = linearised(design, cells, len(named), parts(cells))
    return Estimates(Asked(named, outputs, where.labels, base, level), made)
