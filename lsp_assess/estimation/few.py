"""A handful of partners, n of a fixed N: medians, agreement, exact tests on organisations.

A census has no sampling error, so nothing here carries an interval.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from scipy.stats import rankdata

from lsp_assess.estimation.amounts import Floats, finite, settled
from lsp_assess.estimation.permutation import sign_flip_p
from lsp_assess.estimation.refusal import refuse

FEWEST_CHANGED_PAIRS = 6
FEWEST_FOR_PERCENTAGES = 20


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
    scores: `smallest_p` is all that so few could have reached, None where none changed."""

    people: int
    organisations: int
    up: int
    same: int
    down: int
    median_change: float
    rank_biserial: float | None
    wilcoxon_p: float | None
    sign_flip_p: float | None
    smallest_p: float | None

    @property
    def testable(self) -> bool:
        return self.up + self.down >= FEWEST_CHANGED_PAIRS


def middle(scores: Sequence[float]) -> Middle:
    lowest, lower, centre, upper, highest = np.quantile(_some(scores), (0, 0.25, 0.5, 0.75, 1)).tolist()
    return Middle(len(scores), centre, lower, upper, lowest, highest)


def agreement(scores: Sequence[float], *, lowest: float, highest: float, step: float) -> Agreement:
    """rwg = 1 − s²/σ²ᵤ on one statement, σ²ᵤ = step²·(A² − 1)/12 of the uniform over the scale's
    A = (highest − lowest)/step + 1 points (James, Demaree & Wolf 1984). Raises for fewer than two."""
    given = _some(scores)
    points = round((highest - lowest) / step) + 1 if step > 0 else 0
    if points < 2:
        raise refuse("scale_points")
    uniform = step**2 * (points**2 - 1) / 12
    rwg = 1 - float(np.var(given, ddof=1)) / uniform if len(scores) > 1 else None
    return Agreement(len(scores), rwg, float(np.mean(np.abs(given - np.median(given)))))


def percentage(count: int, *, of: int) -> float | None:
    """0 to 100; None of fewer than 20, of whom counts are told."""
    return 100 * count / of if of >= FEWEST_FOR_PERCENTAGES else None


def compared(groups: Mapping[str, Sequence[float]], *, threshold: int) -> Mapping[str, Middle]:
    """The groups of at least `threshold` scores; none where fewer than two are left to compare. (What a
    reader may see of them is the disclosure gate's to say.)"""
    enough = {name: middle(scores) for name, scores in groups.items() if len(scores) >= max(1, threshold)}
    return enough if len(enough) > 1 else {}


def paired_change(pairs: Sequence[Pair]) -> PairedChange:
    """People of one organisation are not independent: the tests flip the signs of organisations."""
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
        smallest_p=2 / 2 ** (up + down) if up + down else None,
    )


def _by_organisation(pairs: Sequence[Pair]) -> list[float]:
    before, after = (_some(scores) for scores in ([p.before for p in pairs], [p.after for p in pairs]))
    changes: defaultdict[str, list[float]] = defaultdict(list)
    for pair, change in zip(pairs, (after - before).tolist(), strict=True):
        changes[pair.organisation].append(change)
    medians = np.array([median(own) for own in changes.values()])
    return [float(c) for c in settled(medians, beside=np.concatenate((before, after)))]


def _signed_ranks(changes: Sequence[float]) -> list[float]:
    """Pratt (1959): zeros take part in the ranking and are then left out."""
    ranks = rankdata(np.abs(changes))
    return [float(sign * rank) for sign, rank in zip(np.sign(changes), ranks, strict=True) if sign]


def _some(scores: Sequence[float]) -> Floats:
    if not scores:
        raise refuse("no_scores")
    return finite(scores)
