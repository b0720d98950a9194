"""Change between rounds: Δ = ȳ₂ − ȳ₁, V(Δ) = v₁ + v₂ − 2c₁₂.

Rounds are stacked in one design, so c₁₂ is read off the joint covariance matrix; it comes out as zero
where the rounds share no cluster (Berger 2004; Qualité & Tillé 2008).
"""

from dataclasses import dataclass

import numpy as np

from lsp_assess.estimation.contrast import Contrast, contrast, joint_df
from lsp_assess.estimation.estimate import (
    PROPORTIONS,
    Domain,
    Estimate,
    Flag,
    Level,
    Statistic,
)
from lsp_assess.estimation.intervals import Method
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.rounds import over_rounds
from lsp_assess.estimation.together import Estimates


@dataclass(frozen=True, slots=True)
class Change:
    """`p` is two-sided, from t on df; None where the standard error is 0 or there are no df."""

    earlier: Estimate
    later: Estimate
    domain: Domain  # the estimates' domain without the round
    delta: Contrast
    v1: float
    v2: float
    c12: float
    shared_clusters: int
    level: float
    lower: float | None
    upper: float | None
    method: Method

    @property
    def variable(self) -> str:
        return self.earlier.variable

    @property
    def statistic(self) -> Statistic:
        return self.earlier.statistic

    @property
    def category(self) -> Level | None:
        return self.earlier.category

    @property
    def value(self) -> float | None:
        return self.delta.value

    @property
    def se(self) -> float | None:
        return self.delta.se

    @property
    def df(self) -> int:
        return self.delta.df

    @property
    def p(self) -> float | None:
        return self.delta.p

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Those of either round."""
        return tuple(flag for flag in Flag if flag in self.earlier.flags or flag in self.later.flags)

    @property
    def suppressed(self) -> bool:
        return self.earlier.suppressed or self.later.suppressed

    def interval(self, level: float) -> tuple[float, float] | None:
        """The limits at another level, such as the one that goes with an adjusted test."""
        if self.method is Method.COMBINED:
            return _combined(self.earlier, self.later, self.delta, self.c12, level)
        return None if self.method is Method.NONE else self.delta.interval(level)


def round_changes(
    estimates: Estimates, *, earlier: Level, later: Level, rounds: str = "round", level: float = 0.95
) -> tuple[Change, ...]:
    """The change of every estimate that stands in both rounds, in their order. `rounds` must be one of
    the columns the estimates were made `by`. Raises when no estimate stands in both."""
    pairs = [
        (at[earlier], at[later])
        for at in over_rounds(estimates, rounds).values()
        if earlier in at and later in at
    ]
    if not pairs:
        raise refuse("rounds_share_nothing", column=rounds, earlier=str(earlier), later=str(later))
    bases = {
        (estimates.base_of[first], estimates.base_of[second]): (first, second) for first, second in pairs
    }
    overlaps = {both: _overlap(estimates, *places) for both, places in bases.items()}
    return tuple(
        _change(
            estimates,
            first,
            second,
            overlaps[estimates.base_of[first], estimates.base_of[second]],
            _apart_from(estimates.estimates[first].domain, rounds),
            level,
        )
        for first, second in pairs
    )


def difference_of_changes(estimates: Estimates, one: Change, other: Change) -> Contrast:
    """How much more `one` changed than `other`: (ȳ₂ − ȳ₁) − (ȳ'₂ − ȳ'₁), with every covariance. Both
    changes must come from these estimates."""
    at = [
        estimates.estimates.index(estimate)
        for estimate in (one.later, one.earlier, other.later, other.earlier)
    ]
    weights = dict(zip(at, (1.0, -1.0, -1.0, 1.0), strict=True))
    return contrast(estimates, weights, df=joint_df(estimates, at))


def _apart_from(domain: Domain, rounds: str) -> Domain:
    return tuple((column, value) for column, value in domain if column != rounds)


@dataclass(frozen=True, slots=True)
class _Overlap:
    df: int
    shared_clusters: int


def _overlap(estimates: Estimates, first: int, second: int) -> _Overlap:
    one, other = (estimates.clusters[estimates.base_of[place]] for place in (first, second))
    shared = np.intersect1d(one, other, assume_unique=True)
    return _Overlap(joint_df(estimates, (first, second)), len(shared))


def _change(
    estimates: Estimates, first: int, second: int, overlap: _Overlap, domain: Domain, level: float
) -> Change:
    earlier, later = estimates.estimates[first], estimates.estimates[second]
    delta = contrast(estimates, {second: 1.0, first: -1.0}, df=overlap.df)
    variances = estimates.covariance_of([first, second])
    c12 = float(variances[0, 1])
    method = _method(earlier, later, delta)
    combined = method is Method.COMBINED
    limits = _combined(earlier, later, delta, c12, level) if combined else delta.interval(level)
    lower, upper = limits if limits is not None and method is not Method.NONE else (None, None)
    return Change(
        earlier=earlier,
        later=later,
        domain=domain,
        delta=delta,
        v1=float(variances[0, 0]),
        v2=float(variances[1, 1]),
        c12=c12,
        shared_clusters=overlap.shared_clusters,
        level=level,
        lower=lower,
        upper=upper,
        method=method,
    )


def _method(earlier: Estimate, later: Estimate, delta: Contrast) -> Method:
    methods = {earlier.method, later.method}
    if methods == {Method.CENSUS}:
        return Method.CENSUS
    if Method.NONE in methods or delta.value is None or delta.se is None:
        return Method.NONE
    few = Method.KORN_GRAUBARD in methods or delta.se == 0
    return Method.COMBINED if earlier.statistic in PROPORTIONS and few else Method.T


def _combined(
    earlier: Estimate, later: Estimate, delta: Contrast, c12: float, level: float
) -> tuple[float, float] | None:
    """The interval of a difference from those of its two proportions, where t on df would not hold:
    Δ − √(a² − 2ρab + b²), a = ȳ₂ − l₂, b = u₁ − ȳ₁, and the mirror image above (Zou & Donner 2008).
    ρ is left out where the answers did not vary, since then it is not known."""
    first, second = earlier.interval(level), later.interval(level)
    if first is None or second is None or earlier.value is None or later.value is None:
        return None
    known = earlier.se and later.se and delta.se
    rho = min(1.0, max(-1.0, c12 / (earlier.se * later.se))) if known else 0.0  # type: ignore[operator]
    change = later.value - earlier.value

    def reach(a: float, b: float) -> float:
        return float(np.sqrt(max(0.0, a * a - 2 * rho * a * b + b * b)))

    below = reach(later.value - second[0], first[1] - earlier.value)
    above = reach(second[1] - later.value, earlier.value - first[0])
    return change - below, change + above
