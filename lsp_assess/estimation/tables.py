"""Estimates of questions with few answers, from tables of cell × answer: one weighted count of the rows,
from which everything about a question follows.

With t the weight of each answer in a cell and T its sum over the domain, an output that counts each answer
as a (1 or 0 for a share, the top or the bottom; 1, −1 or 0 for the net; the score for the mean) has the
value R = ΣaT / ΣT and in the cell the linearised total (Σat − RΣt) / ΣT.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.cells import Cells
from lsp_assess.estimation.linearise import Figures, Part, Parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ROUNDING = 1e-14  # differences this much smaller than their parts are rounding error
_AT_ONCE = 4_000_000  # numbers in the tables of the items that are worked on together


def table_parts(cells: Cells, answers: Callable[[int], Ints], outputs: Floats) -> Parts:
    """`answers` numbers each row's answer to an item, as many as there are answers where it gave none.
    `outputs` (k, answers) holds what each output counts each answer as."""
    return partial(_parts, cells, answers, outputs)


def _parts(
    cells: Cells, answers: Callable[[int], Ints], outputs: Floats, items: Sequence[int]
) -> Iterator[Part]:
    step = max(1, _AT_ONCE // max(1, len(cells.unit) * sum(outputs.shape)))
    for start in range(0, len(items), step):
        tables = [_table(cells, answers(item), outputs.shape[1]) for item in items[start : start + step]]
        weight, n, squares = (np.stack(each) for each in zip(*tables, strict=True))
        yield _part(cells, weight, n, squares, outputs)


def _table(cells: Cells, answer: Ints, points: int) -> tuple[Floats, Ints, Floats]:
    """Weight (points, C), number (C,) and Σ weight² (C,) of those who answered."""
    size = len(cells.unit)
    place = answer[cells.rows] * size + cells.of_row
    end, shape = (points + 1) * size, (points + 1, size)
    weight, n, squares = (
        np.bincount(place, each, end).reshape(shape)[:points]
        for each in (cells.weights, None, cells.weights**2)
    )
    return weight.astype(np.float64, copy=False), n.sum(axis=0), squares.sum(axis=0)


def _part(cells: Cells, weight: Floats, n: Ints, squares: Floats, outputs: Floats) -> Part:
    answered = weight.sum(axis=1)
    above, size = cells.per_domain(weight), cells.per_domain(n)
    below = above.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Summed as `below` is, answer by answer, so that a share of everybody is 1 exactly.
        values = (outputs[:, :, None] * above[:, None]).sum(axis=2) / below[:, None]
        about = outputs[None, :, :, None] - values[:, :, None, :]
        shares = (above / below[:, None])[:, None]
        spread = (about**2 * shares).sum(axis=2) / (size - 1)[:, None]
        effect = size * cells.per_domain(squares) / below**2
        totals, expected = outputs @ weight, values[..., cells.domain] * answered[:, None]
        nothing = np.abs(totals - expected) <= _ROUNDING * np.maximum(np.abs(totals), np.abs(expected))
        totals = np.where(nothing, 0.0, (totals - expected) / below[:, None, cells.domain])
    figures = Figures(values, spread, size.astype(np.int64), effect, n > 0)
    return Part(figures, np.nan_to_num(totals))
