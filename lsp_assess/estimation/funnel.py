"""Funnel limits for the proportions of areas (Spiegelhalter 2005, *Statistics in Medicine* 24, 1185–1202).

About the target θ, the share of all areas together, the lower limit at probability p is y_p = (r − a)/n, r
the least count with P(R ≤ r) ≥ p for R binomial(n, θ), and a = (P(R ≤ r) − p)/P(R = r): exact, interpolated
between counts. The upper limit is that of those not counted, turned round (r − a at 1 − p would call counts
out that chance alone exceeds more often than p).

Overdispersion: of the areas' z = (y − θ)/√(θ(1 − θ)/n) the 10 % at either end are set to the 10th and the
90th percentile (winsorised); φ is their mean square. Where φ > 1 every limit lies √φ times as far from θ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from lsp_assess.estimation.amounts import Floats, finite
from lsp_assess.estimation.refusal import refuse

WINSORISED = 0.10  # at either end
WARNING = 0.95
ALARM = 0.998
FEWEST_AREAS = 2


@dataclass(frozen=True, slots=True)
class AreaInFunnel:
    """`warning` and `alarm` are the 95 % and 99.8 % limits of an area of this size."""

    count: int
    base: int
    value: float
    warning: tuple[float, float]
    alarm: tuple[float, float]

    @property
    def warned(self) -> bool:
        return _outside(self.value, self.warning)

    @property
    def alarmed(self) -> bool:
        return _outside(self.value, self.alarm)


@dataclass(frozen=True, slots=True)
class Funnel:
    """`dispersion` is φ; None where all or none were counted, so that nothing varies."""

    target: float
    dispersion: float | None
    areas: tuple[AreaInFunnel, ...]


def funnel(counts: Sequence[int], bases: Sequence[int]) -> Funnel:
    """Counts of whole events among whole bases (not survey estimates, which carry intervals of their own).
    Raises under two areas, and for a count under 0 or over its base."""
    if len(counts) != len(bases):
        raise refuse("series_lengths", points=len(counts), others=len(bases))
    if len(counts) < FEWEST_AREAS:
        raise refuse("areas_too_few", areas=len(counts), fewest=FEWEST_AREAS)
    r, n = finite(counts), finite(bases)
    if (n < 1).any() or (r < 0).any() or (r > n).any():
        raise refuse("count_beyond_base")
    target = float(r.sum() / n.sum())
    dispersion = _dispersion(r / n, n, target) if 0 < target < 1 else None
    stretch = max(1.0, dispersion or 0.0) ** 0.5
    warning, alarm = (_limits(n, target, level, stretch) for level in (WARNING, ALARM))
    return Funnel(
        target,
        dispersion,
        tuple(
            AreaInFunnel(count, base, count / base, warning[i], alarm[i])
            for i, (count, base) in enumerate(zip(counts, bases, strict=True))
        ),
    )


def _dispersion(values: Floats, n: Floats, target: float) -> float:
    z = (values - target) * np.sqrt(n / (target * (1 - target)))
    return float(np.mean(np.clip(z, *np.quantile(z, (WINSORISED, 1 - WINSORISED))) ** 2))


def _limits(n: Floats, target: float, level: float, stretch: float) -> list[tuple[float, float]]:
    p = (1 - level) / 2
    lower, upper = (
        np.clip(target + stretch * (limit - target), 0.0, 1.0)
        for limit in (_lower(n, target, p), 1 - _lower(n, 1 - target, p))
    )
    return list(zip(lower.tolist(), upper.tolist(), strict=True))


def _lower(n: Floats, target: float, p: float) -> Floats:
    counts = binom.ppf(p, n, target)
    beyond = (binom.cdf(counts, n, target) - p) / binom.pmf(counts, n, target)
    limits: Floats = (counts - beyond) / n
    return limits


def _outside(value: float, limits: tuple[float, float]) -> bool:
    return value < limits[0] or value > limits[1]
