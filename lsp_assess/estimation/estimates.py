"""Means, totals, ratios, proportions and whole distributions of a stacked sample, by any domains.

Each takes one column or several; those of one call share a covariance matrix.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells, cells_of
from lsp_assess.estimation.columns import Codes, answers, numbers, yes_or_no
from lsp_assess.estimation.design import Columns, Design, listed
from lsp_assess.estimation.domains import domains_of
from lsp_assess.estimation.dress import Asked, Output
from lsp_assess.estimation.estimate import Statistic
from lsp_assess.estimation.linearise import Figures, Parts, linearised
from lsp_assess.estimation.ratios import ratio_parts, total_parts
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.row_tables import every_row_a_unit, row_figures
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
    outputs = tuple(Output(Statistic.SHARE, point) for point in categories)
    return _counted(design, columns, categories, outputs, np.eye(len(categories)), by, base, level)


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
    each = np.eye(len(scale.points))
    top, bottom = each[-scale.ends :].sum(axis=0), each[: scale.ends].sum(axis=0)
    made_of = np.vstack([each, top, bottom, top - bottom, scale.scores])
    outputs = (
        *(Output(Statistic.SHARE, point) for point in scale.points),
        Output(Statistic.TOP),
        Output(Statistic.BOTTOM),
        Output(Statistic.NET),
        Output(Statistic.MEAN),
    )

    return _counted(design, columns, scale.points, outputs, made_of, by, base, level)


def _counted(
    design: Design,
    columns: Columns,
    points: Sequence[Point],
    outputs: tuple[Output, ...],
    made_of: Floats,
    by: Sequence[str],
    base: Message,
    level: float,
) -> Estimates:
    """`made_of` (outputs, points) holds what each output counts each answer as."""
    named = listed(columns)

    def numbered(item: int) -> Codes:
        return answers(design, named[item], points)

    def parts(cells: Cells) -> Parts:
        return table_parts(cells, numbered, made_of)

    def counted(cells: Cells) -> Iterable[Figures]:
        return row_figures(design, cells, len(named), numbered, made_of)

    quick = counted if every_row_a_unit(design) else None
    return _estimates(design, named, outputs, parts, by, base, level, quick)


def _estimates(
    design: Design,
    named: tuple[str, ...],
    outputs: tuple[Output, ...],
    parts: Callable[[Cells], Parts],
    by: Sequence[str],
    base: Message,
    level: float,
    counted: Callable[[Cells], Iterable[Figures]] | None = None,
) -> Estimates:
    if not named:
        raise refuse("nothing_asked")
    where = domains_of(design, by)
    cells = cells_of(design, where)
    made = linearised(design, cells, len(named), parts(cells), counted(cells) if counted else None)
    return Estimates(Asked(named, outputs, where.labels, base, level), made)
