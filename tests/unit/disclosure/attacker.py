"""An attacker who counts on the fingers: every table of whole numbers that fits what is shown.

Shares no code with the audit. Each row of a published table is a sum of atoms (the smallest groups that
people fall into); all sizes of the atoms are tried.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Number

Sizes = NDArray[np.int64]


def all_sizes(atoms: int, most: int) -> Sizes:
    """One column a world, one row an atom."""
    return np.indices((most + 1,) * atoms).reshape(atoms, -1)


def possible_sizes(
    table: SafeTable, members: Mapping[str, Sequence[int]], *, most: int, threshold: int
) -> dict[str, tuple[int, int]]:
    """By row, the least and the most people that it can stand for. A number shown is exact and no less than
    the threshold; a sign instead of a number says that there is somebody."""
    worlds = all_sizes(1 + max(atom for atoms in members.values() for atom in atoms), most)
    sums = {row: worlds[list(atoms)].sum(axis=0) for row, atoms in members.items()}
    fits = np.ones(worlds.shape[1], dtype=bool)
    for row in table.rows:
        cell = row.cells[1]
        if cell.state is State.WITHHELD:
            fits &= sums[row.key] >= 1
        else:
            assert isinstance(cell.value, Number)
            fits &= (sums[row.key] == cell.value.amount) & (sums[row.key] >= threshold)
    return {row: (int(found[fits].min()), int(found[fits].max())) for row, found in sums.items()}


def possible_answers(table: SafeTable, *, answers: int, bases: range) -> dict[str, tuple[int, int]]:
    """By column of an unweighted distribution, how many people can have given the answer. Beside the answers
    stands the share of the two best, which come last. Shares are rounded
    half up to whole per cents, the base to the nearest 5; what is shown counts 8 or more and leaves 8 or
    more, or nobody."""
    shown, base = table.rows[0].cells[1 : 1 + answers], table.rows[0].cells[-1].value
    names = [column.key for column in table.columns[1 : 1 + answers]]
    assert isinstance(base, Number)
    reached: dict[str, list[int]] = {name: [] for name in names}
    for n in bases:
        if (n + 2) // 5 * 5 != base.amount or n < 30:
            continue
        worlds = all_sizes(answers - 1, n)
        last = n - worlds.sum(axis=0)
        worlds = np.vstack([worlds, last])[:, last >= 0]
        fits = np.ones(worlds.shape[1], dtype=bool)
        for cell, counts in zip(shown, worlds, strict=True):
            fits &= _fits(cell.state, getattr(cell.value, "amount", None), counts, n)
        best = table.rows[0].cells[1 + answers]
        fits &= _fits(best.state, getattr(best.value, "amount", None), worlds[-2:].sum(axis=0), n)
        for name, counts in zip(names, worlds[:, fits], strict=True):
            reached[name] += counts.tolist()
    return {name: (min(counts), max(counts)) for name, counts in reached.items()}


def _fits(state: State, percent: float | None, counts: Sizes, n: int) -> NDArray[np.bool_]:
    if state is State.WITHHELD:
        return counts >= 1
    if state is State.ZERO:
        return counts == 0
    left = n - counts
    return ((200 * counts + n) // (2 * n) == percent) & (counts >= 8) & ((left == 0) | (left >= 8))
