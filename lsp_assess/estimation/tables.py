"""Estimates of questions with few answers, from tables of cell × answer: one weighted count of the rows,
from which everything about a question follows.

With t the weight of an answer in a cell, T its sum over the domain and p = T / ΣT its share, the share's
linearised total in the cell is (t − pΣt) / ΣT. An output that counts each answer as a (1 or 0 for the top or
the bottom; 1, −1 or 0 for the net; the score for the mean) has the value ΣaT / ΣT, and the sum of a times
the shares' linearised totals.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lsp_assess.estimation.cells import Cells
from lsp_assess.estimation.columns import Codes, blocks
from lsp_assess.estimation.linearise import Part, Parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_ROUNDING = 1e-14  # answers that lie this close, against the largest, count the same
_AT_ONCE = 300_000  # numbers in the tables of the items that are worked on together: what a cache holds


def table_parts(cells: Cells, answers: Callable[[int], Codes], outputs: Floats) -> Parts:
    """`answers` numbers each row's answer to an item, as many as there are answers where it gave none.
    `outputs` (k, answers) holds what each output counts each answer as."""
    return partial(_parts, cells, answers, outputs)


def _parts(
    cells: Cells, answers: Callable[[int], Codes], outputs: Floats, items: Sequence[int]
) -> Iterator[Part]:
    step = max(1, _AT_ONCE // max(1, len(cells.unit) * sum(outputs.shape)))
    for start in range(0, len(items), step):
        tables = [table_of(cells, answers(item), outputs.shape[1]) for item in items[start : start + step]]
        weight, n, squares = (np.stack(each) for each in zip(*tables, strict=True))
        yield _part(cells, weight, n, squares, outputs)


def table_of(cells: Cells, answer: Codes, points: int) -> tuple[Floats, Ints, Floats]:
    """Weight (points, C), number (C,) and Σ weight² (C,) of those who answered."""
    size, answer = len(cells.unit), answer[cells.rows]
    weight = np.zeros((points + 1, size))
    for block in blocks(len(answer)):
        place = answer[block].astype(np.int64)
        place *= size
        place += cells.of_row[block]
        np.add.at(weight.reshape(-1), place, cells.weights[block])
    if not weight[points].any():
        return weight[:points], cells.n, cells.squares
    silent = np.flatnonzero(answer == points)
    n = cells.n - np.bincount(cells.of_row[silent], minlength=size)
    squares = cells.squares - np.bincount(cells.of_row[silent], cells.weights[silent] ** 2, size)
    return weight[:points], np.asarray(n, dtype=np.int64), np.where(n > 0, squares, 0.0)


def _part(cells: Cells, weight: Floats, n: Ints, squares: Floats, outputs: Floats) -> Part:
    told = told_of(cells.per_domain(weight), cells.per_domain(n), cells.per_domain(squares), outputs)
    totals = weight - cells.in_cells(told.shares) * weight.sum(axis=1)[:, None]
    totals *= cells.in_cells(told.scale)[:, None]
    counted = csr_array(outputs)  # mostly zeros; a dense product of so few rows wants every core for nothing
    totals = np.stack([counted @ of_item for of_item in totals])
    if told.alike.any():
        totals *= cells.in_cells((~told.alike).astype(np.float64))
    return Part(told.values, told.srs_variances, told.n, told.weight_effect, n > 0, totals)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What tables tell of items in domains without the design."""

    values: Floats  # (M, k, D)
    srs_variances: Floats  # (M, k, D)
    n: Ints  # (M, D)
    weight_effect: Floats  # (M, D)
    shares: Floats  # (M, points, D); 0 where nobody answered
    scale: Floats  # (M, D): 1 over the weight of those who answered; 0 where nobody did
    alike: Bools  # (M, k, D): all count the same, so what is left of their residuals is rounding error


def told_of(weight: Floats, n: Floats, squares: Floats, outputs: Floats) -> Told:
    """From the weight of each answer, the number of answers and their Σ weight², summed over domains."""
    below = weight.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Summed as `below` is, answer by answer, so that a share of everybody is 1 exactly.
        values = (outputs[:, :, None] * weight[:, None]).sum(axis=2) / below[:, None]
        shares = weight / below[:, None]
        about = outputs[None, :, :, None] - values[:, :, None, :]
        spread = (about**2 * shares[:, None]).sum(axis=2)
        effect = n * squares / below**2
        srs = spread / (n - 1)[:, None]
    return Told(
        values=values,
        srs_variances=srs,
        n=n.astype(np.int64),
        weight_effect=effect,
        shares=np.nan_to_num(shares),
        scale=np.divide(1.0, below, out=np.zeros_like(below), where=below > 0),
        alike=~(spread > _ROUNDING**2 * (outputs**2).max(axis=1)[:, None]),
    )
