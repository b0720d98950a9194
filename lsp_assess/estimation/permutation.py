"""Exact null distributions: sums of signed amounts over all patterns of signs, statistics over all orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from math import lcm

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]

MOST_ONE_BY_ONE = 40  # a handful of partners: 2²⁰ patterns of either half
_MOST_STEPS = 4_000_000
_FINEST = 5040  # scores are means of a few statements: fractions with small denominators
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class OrderTest:
    """`p` is None where nothing could be tested: no order of the values would have reached the level.
    `smallest_p` is what the most extreme order reaches; None where all orders are alike."""

    p: float | None
    smallest_p: float | None


def order_test(distances: Floats, seen: float, *, level: float) -> OrderTest:
    """Two-sided: the share of all orders (n! `distances` from the null, free of rounding error) that are
    as far as the one `seen`."""
    furthest = float(distances.max())
    if furthest == 0:
        return OrderTest(None, None)
    smallest = float(np.mean(distances >= furthest))
    testable = smallest <= 1 - level
    return OrderTest(float(np.mean(distances >= seen)) if testable else None, smallest)


@lru_cache(maxsize=9)
def orders(n: int) -> NDArray[np.int8]:
    """All n! orders of 0 … n − 1, one a row."""
    return np.array(list(permutations(range(n))), dtype=np.int8)


def sign_flip_p(amounts: Sequence[float]) -> float | None:
    """Two-sided: the share of the 2^m patterns of signs whose sum is as far from 0 as the one seen.
    Amounts of 0 change no pattern; None where there is no other. Raises `EstimationRefused` over 40
    amounts that have no small common denominator."""
    moved = np.array([a for a in amounts if a != 0], dtype=np.float64)
    if len(moved) == 0:
        return None
    steps = _whole(moved)
    if steps is not None:
        return _summed(steps)
    if len(moved) > MOST_ONE_BY_ONE:
        raise refuse("too_many_pairs", pairs=len(moved), most=MOST_ONE_BY_ONE)
    return _halved(moved)


def _whole(amounts: Floats) -> list[int] | None:
    """In whole steps of their common denominator, so that ties are ties; None where that is too fine."""
    largest = float(np.abs(amounts).max())
    fractions = [Fraction(a).limit_denominator(_FINEST) for a in amounts.tolist()]
    errors = [abs(float(f) - a) for f, a in zip(fractions, amounts.tolist(), strict=True)]
    common = lcm(*(f.denominator for f in fractions))
    steps = [int(f * common) for f in fractions]
    fits = max(errors) <= _ROUNDING * largest and 0 not in steps and sum(map(abs, steps)) <= _MOST_STEPS
    return steps if fits else None


def _summed(steps: Sequence[int]) -> float:
    """Adds one step after the other to the distribution of the sum of those with a plus. Shares of 2^m
    are exact in a float up to m = 53; beyond, their relative error stays that of a few additions."""
    reach = sum(map(abs, steps))
    share = np.zeros(reach + 1)
    share[0] = 1.0
    for step in map(abs, steps):
        share /= 2
        share[step:] = share[step:] + share[:-step]
    distance = np.abs(2 * np.arange(reach + 1) - reach)
    return float(share[distance >= abs(sum(steps))].sum())


def _halved(amounts: Floats) -> float:
    """All sums of either half, sorted; of each sum of the one, how many of the other bring it far enough
    (Horowitz & Sahni 1974)."""
    middle = len(amounts) // 2
    one, other = _sums(amounts[:middle]), _sums(amounts[middle:])
    seen = abs(float(amounts.sum())) - _ROUNDING * float(np.abs(amounts).sum())
    if seen <= 0:
        return 1.0
    above = len(other) - np.searchsorted(other, seen - one, side="left")
    below = np.searchsorted(other, -seen - one, side="right")
    return float((above + below).sum() / 2.0 ** len(amounts))


def _sums(amounts: Floats) -> Floats:
    sums = np.zeros(1)
    for amount in amounts:
        sums = np.concatenate((sums - amount, sums + amount))
    return np.sort(sums)
