"""A handful of partners, n of a fixed N: medians, agreement, exact tests on organisations.

A census has no sampling error, so nothing here carries an interval.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from scipy.stats import rankdata

from lsp_assess.estimation.permutation import sign_flip_p
from lsp_assess.estimation.refusal import refuse

FEWEST_CHANGED_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Middle:
    """Quartiles by linear interpolation between the ordered scores, as a spreadsheet's QUARTILE."""

    n: int
    median: float
    lower_quartile: float
    upper_quartile: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """`rwg` is 1 with full agreement, 0 as spread as chance, negative when split into camps; None for a
    single person. `average_deviation` from the median is in the scale's own units."""

    n: int
    rwg: float | None
    average_deviation: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One person's score in two rounds."""

    organisation: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class PairedChange:
    """Counts are of organisations, by the median of their people's changes. The p-values are exact and
    two-sided; None when fewer than six organisations changed, which is not testable, whatever the
    scores: `smallest_p` is all that so few could have reached."""

    people: int
    organisations: int
    up: int
    same: int
    down: int
    median_change: float
    rank_biserial: float | None
    wilcoxon_p: float | None
    sign_flip_p: float | None
    smallest_p: float

    @property
    def testable(self) -> bool:
        return self.up + self.down >= FEWEST_CHANGED_PAIRS


def middle(scores: Sequence[float]) -> Middle:
    _some(scores)
    lowest, lower, centre, upper, highest = np.quantile(scores, (0, 0.25, 0.5, 0.75, 1)).tolist()
    return Middle(len(scores), centre, lower, upper, lowest, highest)


def agreement(scores: Sequence[float], *, lowest: float, highest: float, step: float) -> Agreement:
    """rwg = 1 − s²/σ²ᵤ on one statement, σ²ᵤ = step²·(A² − 1)/12 of the uniform over the scale's
    A = (highest − lowest)/step + 1 points (James, Demaree & Wolf 1984)."""
    _some(scores)
    points = round((highest - lowest) / step) + 1
    uniform = step**2 * (points**2 - 1) / 12
    centre = median(scores)
    rwg = 1 - float(np.var(scores, ddof=1)) / uniform if len(scores) > 1 else None
    return Agreement(len(scores), rwg, float(np.mean([abs(s - centre) for s in scores])))


def paired_change(pairs: Sequence[Pair]) -> PairedChange:
    """People of one organisation are not independent: the tests flip the signs of organisations."""
    _some(pairs)
    changes = _by_organisation(pairs)
    up, down = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
    signed = _signed_ranks(changes)
    testable = up + down >= FEWEST_CHANGED_PAIRS
    return PairedChange(
        people=len(pairs),
        organisations=len(changes),
        up=up,
        same=len(changes) - up - down,
        down=down,
        median_change=median(changes),
        rank_biserial=sum(signed) / sum(map(abs, signed)) if up + down else None,
        wilcoxon_p=sign_flip_p(signed) if testable else None,
        sign_flip_p=sign_flip_p(changes) if testable else None,
        smallest_p=min(1.0, 2 / 2 ** (up + down)),
    )


def _by_organisation(pairs: Sequence[Pair]) -> list[float]:
    changes: defaultdict[str, list[float]] = defaultdict(list)
    for pair in pairs:
        changes[pair.organisation].append(pair.after - pair.before)
    return [median(own) for own in changes.values()]


def _signed_ranks(changes: Sequence[float]) -> list[float]:
    """Pratt (1959): zeros take part in the ranking and are then left out."""
    rounded = np.round(changes, 9)  # so that 0.1 + 0.2 ties with 0.3
    ranks = rankdata(np.abs(rounded))
    return [float(sign * rank) for sign, rank in zip(np.sign(rounded), ranks, strict=True) if sign]


def _some(scores: Sequence[object]) -> None:
    if not scores:
        raise refuse("no_scores")
