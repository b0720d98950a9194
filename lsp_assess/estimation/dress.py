"""From linearised values to estimates: intervals, effective sizes, flags."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.estimate import (
    PROPORTIONS,
    Domain,
    Estimate,
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
    statistic: Statistic
    category: Level | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What numbers are estimates of: every output of every variable in every domain."""

    variables: tuple[str, ...]
    outputs: tuple[Output, ...]
    domains: tuple[Domain, ...]
    base: Message
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class _Sizes:
    n: Floats
    df: Floats
    weight_effect: Floats
    census: Bools
    deff: Floats
    effective: Floats
    weights_only: Bools


def dressed(made: Linearised, asked: Asked) -> tuple[Estimate, ...]:
    """In the order of variable, domain, output."""
    each = [
        (variable, domain, output)
        for variable in asked.variables
        for domain in asked.domains
        for output in asked.outputs
    ]
    value, variance, plain = (
        of_output.swapaxes(1, 2).ravel()
        for of_output in (made.figures.values, made.figures.variances, made.figures.srs_variances)
    )
    sizes = _sizes(made, variance, plain, len(asked.outputs))
    se = np.sqrt(np.where(variance <= _NO_SPREAD * plain, 0.0, variance))
    proportions = np.array([output.statistic in PROPORTIONS for _, _, output in each])
    limits = _limits(value, se, sizes, proportions, asked.level)
    wide = proportions & ~sizes.census & _fails_nchs(value, se, sizes)
    return tuple(
        Estimate(
            variable=variable,
            statistic=output.statistic,
            category=output.category,
            domain=domain,
            value=_told(value[i]),
            se=_told(se[i]) if sizes.df[i] >= 1 or sizes.census[i] else None,
            df=int(sizes.df[i]),
            lower=_told(limits.lower[i]),
            upper=_told(limits.upper[i]),
            level=asked.level,
            method=limits.method[i],
            n=int(sizes.n[i]),
            effective_n=float(sizes.effective[i]),
            deff=_told(sizes.deff[i]),
            deff_reference=Reference.WEIGHTS_ONLY if sizes.weights_only[i] else Reference.SIMPLE_RANDOM,
            base=asked.base,
            flags=_flags(sizes, i, wide=bool(wide[i])),
        )
        for i, (variable, domain, output) in enumerate(each)
    )


def _sizes(made: Linearised, variance: Floats, plain: Floats, k: int) -> _Sizes:
    figures = made.figures
    n, dfs, effect = (
        np.repeat(each.astype(np.float64).ravel(), k)
        for each in (figures.n, figures.df, figures.weight_effect)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = variance / plain
        untold = ~np.isfinite(deff) | (deff <= _NO_SPREAD)
        effective = np.where(n > 0, n / np.where(untold, effect, deff), 0.0)
    census = np.repeat(figures.census.ravel(), k)
    return _Sizes(n, dfs, effect, census, np.where(untold, effect, deff), effective, untold)


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
