"""Means, totals, ratios, proportions and whole distributions of a stacked sample, by any domains."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.domains import Domains, domains_of
from lsp_assess.estimation.dress import Output, dressed
from lsp_assess.estimation.estimate import Estimates, Statistic
from lsp_assess.estimation.linearise import ratios, totals
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.scales import Point, Scale
from lsp_assess.kernel.messages import Message, message

Floats = NDArray[np.float64]

ANSWERED = message("estimation.base.answered")


def mean(
    design: Design, column: str, *, by: Sequence[str] = (), base: Message = ANSWERED, level: float = 0.95
) -> Estimates:
    values = numbers(design, column)
    return _averages(design, values[:, None], (Output(column, Statistic.MEAN),), values, by, base, level)


def proportion(
    design: Design, column: str, *, by: Sequence[str] = (), base: Message = ANSWERED, level: float = 0.95
) -> Estimates:
    """Of a column of 0 and 1 (or False and True); missing is outside the base."""
    values = numbers(design, column)
    if not np.isin(values[~np.isnan(values)], (0.0, 1.0)).all():
        raise refuse("not_yes_or_no", column=column)
    return _averages(
        design, values[:, None], (Output(column, Statistic.PROPORTION),), values, by, base, level
    )


def total(
    design: Design, column: str, *, by: Sequence[str] = (), base: Message = ANSWERED, level: float = 0.95
) -> Estimates:
    values = numbers(design, column)
    where = domains_of(design, by, ~np.isnan(values))
    made = totals(design, np.nan_to_num(values)[:, None], where.code, len(where.labels))
    return dressed(design, made, (Output(column, Statistic.TOTAL),), where, base, level)


def ratio(
    design: Design,
    *,
    numerator: str,
    denominator: str,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """Σ numerator / Σ denominator, over those who gave both."""
    above, below = numbers(design, numerator), numbers(design, denominator)
    where = domains_of(design, by, ~np.isnan(above + below))
    made = ratios(
        design, np.nan_to_num(above)[:, None], np.nan_to_num(below)[:, None], where.code, len(where.labels)
    )
    name = Output(f"{numerator} / {denominator}", Statistic.RATIO)
    return dressed(design, made, (name,), where, base, level)


def shares(
    design: Design,
    column: str,
    *,
    categories: Sequence[Point],
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """The share of every answer of an unordered question."""
    matrix, answered = _indicators(design, column, categories)
    outputs = tuple(Output(column, Statistic.SHARE, point) for point in categories)
    return _averages(design, matrix, outputs, np.where(answered, 1.0, np.nan), by, base, level)


def distribution(
    design: Design,
    column: str,
    *,
    scale: Scale,
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> Estimates:
    """Everything about a question on an ordered scale: each answer's share, top, bottom, net, mean."""
    matrix, answered = _indicators(design, column, scale.points)
    top = matrix[:, -scale.ends :].sum(axis=1)
    bottom = matrix[:, : scale.ends].sum(axis=1)
    score = matrix @ np.array(scale.scores)
    outputs = (
        *(Output(column, Statistic.SHARE, point) for point in scale.points),
        Output(column, Statistic.TOP),
        Output(column, Statistic.BOTTOM),
        Output(column, Statistic.NET),
        Output(column, Statistic.MEAN),
    )
    everything = np.column_stack([matrix, top, bottom, top - bottom, score])
    return _averages(design, everything, outputs, np.where(answered, 1.0, np.nan), by, base, level)


def _averages(
    design: Design,
    matrix: Floats,
    outputs: tuple[Output, ...],
    answered: Floats,
    by: Sequence[str],
    base: Message,
    level: float,
) -> Estimates:
    where: Domains = domains_of(design, by, ~np.isnan(answered))
    clean = np.nan_to_num(matrix)
    made = ratios(design, clean, np.ones_like(clean), where.code, len(where.labels))
    return dressed(design, made, outputs, where, base, level)


def numbers(design: Design, column: str) -> Floats:
    """A column as numbers, NaN for missing. Raises for what is neither."""
    try:
        values = pd.to_numeric(column_of(design, column)).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as wrong:
        raise refuse("not_a_number", column=column) from wrong
    if np.isinf(values).any():
        raise refuse("not_a_number", column=column)
    return values


def column_of(design: Design, column: str) -> "pd.Series[Any]":
    if column not in design.frame.columns:
        raise refuse("column_missing", column=column)
    return design.frame[column]


def _indicators(design: Design, column: str, points: Sequence[Point]) -> tuple[Floats, NDArray[np.bool_]]:
    answers = column_of(design, column)
    codes = pd.Index(list(points), dtype=object).get_indexer(pd.Index(answers, dtype=object))
    answered = answers.notna().to_numpy()
    strange = np.flatnonzero(answered & (codes < 0))
    if len(strange):
        raise refuse("off_the_scale", column=column, value=str(answers.iloc[strange[0]]), rows=len(strange))
    matrix = (codes[:, None] == np.arange(len(points))).astype(np.float64)
    return matrix, answered
