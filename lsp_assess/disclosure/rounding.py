"""Rounding of what is shown, so that nothing can be turned back into counts.

Every number is rounded once, half up (away from zero), here; whoever shows it later rounds no more.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor, log10

from lsp_assess.disclosure.rules import COUNT_STEP, Rule, SurveyCount, SurveyEstimate
from lsp_assess.disclosure.tables import Column, Kind, Unit
from lsp_assess.disclosure.values import Bound, Caution, Estimate, Number, Strip, Value, Verdict

SMALLEST_P = 0.01
LARGE_BASE = 400
SMALL_BASE = 100
DF_BANDS = (0, 8, 30, 100)
"""Degrees of freedom are told as at least one of these: more of them would give the number of answers away
where each answer is a sampling point of its own."""
HIDDEN_PEOPLE = 2.5
"""A rounded number must leave the base uncertain by at least as much as its own rounding to 5 does."""


def half_up(amount: float, *, step: float = 1.0) -> float:
    """The nearest multiple of `step`; a tie goes away from zero."""
    exact_step = Decimal(str(step))
    # Seventeen digits tell floats apart, fifteen forgive the dust of arithmetic: 2.675 is a tie.
    steps = (Decimal(f"{amount:.15g}") / exact_step).quantize(Decimal(1), ROUND_HALF_UP)
    return float(steps * exact_step) + 0.0


def survey_count(count: float) -> int:
    return int(half_up(count, step=COUNT_STEP))


def coarsest(least: float) -> float:
    """The smallest of … 0.1, 0.2, 0.5, 1, 2, 5 … that is not under `least`."""
    power = 10.0 ** floor(log10(least))
    step = next(multiple for multiple in (1, 2, 5, 10) if multiple * power >= least * (1 - 1e-9))
    return float(f"{step * power:.6g}")


def standard_error_step(standard_error: float, n: float) -> float:
    """A standard error goes as n to the power −½, so that its rounding by d hides 2·n·d/se people; never
    finer than one part in a hundred."""
    return coarsest(max(HIDDEN_PEOPLE * standard_error / n, standard_error / 100))


def interval_step(half_width: float, n: float, *, at_least: float) -> float:
    """Both ends are rounded, which hides n·step/half-width people."""
    return max(at_least, coarsest(HIDDEN_PEOPLE * half_width / n)) if half_width > 0 else at_least


def shown(value: Value, column: Column, rules: tuple[Rule, ...]) -> Value:
    bases = [rule for rule in rules if isinstance(rule, SurveyEstimate)]
    match value:
        case Number():
            return _number(value, column, rules)
        case Estimate() if bases:
            return _survey_estimate(value, column, bases)
        case Estimate():
            return _plain_estimate(value, column)
        case Verdict() if value.detectable is not None:
            return replace(value, detectable=_detectable(value.detectable, bases))
        case Strip():
            return replace(value, points=tuple(sorted(value.points)))
    return value


def _number(value: Number, column: Column, rules: tuple[Rule, ...]) -> Number:
    if column.kind is Kind.P:
        return _p(value.amount)
    if column.kind is Kind.COUNT and any(isinstance(r, SurveyCount | SurveyEstimate) for r in rules):
        return replace(value, amount=survey_count(value.amount))
    return replace(value, amount=half_up(value.amount, step=10.0**-column.decimals))


def _p(p: float) -> Number:
    if p < SMALLEST_P:
        return Number(SMALLEST_P, Bound.BELOW)
    return Number(half_up(p, step=SMALLEST_P))


def _detectable(change: float, bases: list[SurveyEstimate]) -> float:
    if not bases or change <= 0:
        return change
    return half_up(change, step=standard_error_step(change, min(rule.n for rule in bases)))


def _plain_estimate(value: Estimate, column: Column) -> Estimate:
    step = 10.0**-column.decimals
    return replace(
        value,
        amount=half_up(value.amount, step=step),
        low=None if value.low is None else half_up(value.low, step=step),
        high=None if value.high is None else half_up(value.high, step=step),
    )


def _survey_estimate(value: Estimate, column: Column, bases: list[SurveyEstimate]) -> Estimate:
    n = min(rule.n for rule in bases)
    decimals = min(column.decimals, 0 if column.unit is Unit.POINTS and n < LARGE_BASE else column.decimals)
    step = 10.0**-decimals
    low, high = value.low, value.high
    if low is not None and high is not None:
        ends = interval_step((high - low) / 2, n, at_least=step)
        low, high = half_up(low, step=ends), half_up(high, step=ends)
    error = value.standard_error
    if error is not None and error > 0:
        error = half_up(error, step=standard_error_step(error, n))
    return Estimate(
        amount=half_up(value.amount, step=step),
        low=low,
        high=high,
        standard_error=error,
        n=None if value.n is None else survey_count(value.n),
        effective_n=None if value.effective_n is None else float(survey_count(value.effective_n)),
        cautions=_cautions(value, bases),
        method=value.method,
        df=None if value.df is None else max(band for band in DF_BANDS if band <= value.df),
    )


def _cautions(value: Estimate, bases: list[SurveyEstimate]) -> tuple[Caution, ...]:
    """A change stands on the smaller of its two bases."""
    effective = min(min(rule.n, ceil(rule.effective_n)) for rule in bases)
    if effective < SMALL_BASE and Caution.SMALL_BASE not in value.cautions:
        return (*value.cautions, Caution.SMALL_BASE)
    return value.cautions
