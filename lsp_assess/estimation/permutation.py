"""Exact null distributions of sums of signed amounts. Counts of up to 2⁴⁰ patterns are whole numbers
that a float holds exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from lsp_assess.estimation.refusal import refuse

MOST_PAIRS = 40  # a handful of partners; beyond, counts would no longer be exact
_MOST_STEPS = 4_000_000
_FINEST = 5040  # scores are means of a few statements: fractions with small denominators


def sign_flip_p(amounts: Sequence[float]) -> float:
    """Two-sided: the share of the 2^m patterns of signs whose sum is as far from 0 as the one seen.
    Amounts of 0 change no pattern. Raises `EstimationRefused` over 40 amounts."""
    steps = _whole([a for a in amounts if a != 0])
    reach = sum(abs(s) for s in steps)
    patterns = np.zeros(reach + 1)  # by the sum of those with a plus
    patterns[0] = 1.0
    for step in map(abs, steps):
        patterns[step:] = patterns[step:] + patterns[:-step]
    distance = np.abs(2 * np.arange(reach + 1) - reach)
    return float(patterns[distance >= abs(sum(steps))].sum() / 2.0 ** len(steps))


def _whole(amounts: Sequence[float]) -> list[int]:
    """In whole steps of their common denominator, so that ties are ties."""
    if len(amounts) > MOST_PAIRS:
        raise refuse("too_many_pairs", pairs=len(amounts), most=MOST_PAIRS)
    fractions = [Fraction(a).limit_denominator(_FINEST) for a in amounts]
    common = lcm(*(f.denominator for f in fractions))
    steps = [int(f * common) for f in fractions]
    if sum(map(abs, steps)) > _MOST_STEPS:
        raise refuse("amounts_too_fine")
    return steps
