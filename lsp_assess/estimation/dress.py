"""From linearised values to estimates: intervals, effective sizes, flags."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.domains import Domains
from lsp_assess.estimation.estimate import (
    PROPORTIONS,
    Estimate,
    Estimates,
    Flag,
    Level,
    Reference,
    Statistic,
)
from lsp_assess.estimation.intervals import (
    Limits,
    effective_size,
    korn_graubard,
    proportion_limits,
    t_limits,
)
from lsp_assess.estimation.linearise import Linearised
from lsp_assess.kernel.messages import Message

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROUNDING = 1e-9  # an effective n of 29.999 999 999 8 is thirty
_NO_SPREAD = 1e-12  # a design effect below this is rounding error


@dataclass(frozen=True, slots=True)
class Output:
    variable: str
    statistic: Statistic
    category: Level | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Sizes:
    n: Floats
    df: Floats
    weight_effect: Floats
    census: Bools
    deff: Floats
    effective: Floats
    weights_only: Bools


def dressed(
    design: Design,
    made: Linearised,
    outputs: tuple[Output, ...],
    where: Domains,
    base: Message,
    level: float,
) -> Estimates:
    each = tuple((label, output) for label in where.labels for output in outputs)
    value = made.values.ravel()
    sizes = _sizes(design, made, len(outputs))
    variance = np.diag(made.covariance)
    se = np.sqrt(np.where(variance <= _NO_SPREAD * made.srs_variances.ravel(), 0.0, variance))
    proportions = np.array([output.statistic in PROPORTIONS for output in outputs] * len(where.labels))
    limits = _limits(value, se, sizes, proportions, level)
    wide = proportions & ~sizes.census & _fails_nchs(value, se, sizes)
    estimates = tuple(
        Estimate(
            variable=output.variable,
            statistic=output.statistic,
            category=output.category,
            domain=label,
            value=_told(value[i]),
            se=_told(se[i]) if sizes.df[i] >= 1 or sizes.census[i] else None,
            df=int(sizes.df[i]),
            lower=_told(limits.lower[i]),
            upper=_told(limits.upper[i]),
            level=level,
            method=limits.method[i],
            n=int(sizes.n[i]),
            effective_n=float(sizes.effective[i]),
            deff=_told(sizes.deff[i]),
            deff_reference=Reference.WEIGHTS_ONLY if sizes.weights_only[i] else Reference.SIMPLE_RANDOM,
            base=base,
            flags=_flags(sizes, i, wide=bool(wide[i])),
        )
        for i, (label, output) in enumerate(each)
    )
    base_of = tuple(i // len(outputs) for i in range(len(each)))
    return Estimates(design, estimates, made.covariance, made.clusters, base_of)


def _sizes(design: Design, made: Linearised, k: int) -> _Sizes:
    n = np.repeat(made.n.astype(np.float64), k)
    df = np.repeat([float(design.degrees_of_freedom(held)) for held in made.clusters], k)
    fraction = design.structure.fraction[design.structure.stratum_of_cluster]
    census = np.repeat([len(held) > 0 and bool((fraction[held] == 1).all()) for held in made.clusters], k)
    effect = np.repeat(made.weight_effect, k)
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.diag(made.covariance) / made.srs_variances.ravel()
        untold = ~np.isfinite(deff) | (deff <= _NO_SPREAD)
        effective = np.where(n > 0, n / np.where(untold, effect, deff), 0.0)
    return _Sizes(n, df, effect, census, np.where(untold, effect, deff), effective, untold)


def _limits(value: Floats, se: Floats, sizes: _Sizes, proportions: Bools, level: float) -> Limits:
    plain = t_limits(value, se, sizes.df, sizes.census, level)
    if not proportions.any():
        return plain
    p = np.where(proportions, value, 0.5)
    shaped = proportion_limits(p, se, sizes.df, sizes.n, sizes.weight_effect, sizes.census, level)
    return Limits(
        np.where(proportions, shaped.lower, plain.lower),
        np.where(proportions, shaped.upper, plain.upper),
        tuple(
            shaped.method[i] if is_proportion else plain.method[i]
            for i, is_proportion in enumerate(proportions)
        ),
    )


def _fails_nchs(p: Floats, se: Floats, sizes: _Sizes) -> Bools:
    """Korn–Graubard 95 % interval 0.30 wide or more; or over 0.05 and over 130 % of the proportion
    (NCHS Series 2 no. 175)."""
    effective = effective_size(p, se, sizes.n, sizes.weight_effect)
    lower, upper = korn_graubard(p, effective, sizes.n, sizes.df, 0.95)
    width = upper - lower
    fails: Bools = (width >= 0.30) | ((width > 0.05) & (width > 1.30 * p))
    return fails


def _flags(sizes: _Sizes, i: int, *, wide: bool) -> tuple[Flag, ...]:
    if sizes.n[i] == 0:
        return (Flag.NOBODY,)
    census = bool(sizes.census[i])
    raised = (
        (Flag.SMALL_N, sizes.n[i] < 30),
        (Flag.SMALL_EFFECTIVE_N, sizes.effective[i] < 30 - _ROUNDING),
        (Flag.WIDE_INTERVAL, wide),
        (Flag.NO_DF, sizes.df[i] < 1 and not census),
        (Flag.CAUTION_N, 30 <= sizes.n[i] < 100),
        (Flag.LOW_DF, 1 <= sizes.df[i] < 8 and not census),
    )
    return tuple(flag for flag, up in raised if up)


def _told(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
