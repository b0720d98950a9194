"""p-values adjusted for the number of tests. A test that could not be made (None) still counts as one
and stays None."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
P = float | None


def holm(ps: Sequence[P]) -> tuple[P, ...]:
    """Holm (1979): the i-th smallest times (m − i + 1), never falling."""
    order, sorted_ps = _sorted(ps)
    factors = len(ps) - np.arange(len(ps))
    return _back(ps, order, np.maximum.accumulate(np.minimum(1.0, sorted_ps * factors)))


def benjamini_hochberg(ps: Sequence[P]) -> tuple[P, ...]:
    """Benjamini & Hochberg (1995): the i-th smallest times m/i, never rising from the largest down. An
    adjusted p of q or less is a finding at false discovery rate q."""
    order, sorted_ps = _sorted(ps)
    raised = sorted_ps * len(ps) / np.arange(1, len(ps) + 1)
    return _back(ps, order, np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1]))


def _sorted(ps: Sequence[P]) -> tuple[Ints, Floats]:
    filled = np.array([1.0 if p is None else p for p in ps], dtype=np.float64)
    order = np.argsort(filled, kind="stable")
    return order, filled[order]


def _back(ps: Sequence[P], order: Ints, adjusted: Floats) -> tuple[P, ...]:
    restored = np.empty(len(ps))
    restored[order] = adjusted
    return tuple(None if p is None else float(q) for p, q in zip(ps, restored, strict=True))
