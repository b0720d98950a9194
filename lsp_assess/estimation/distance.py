"""How far a weight may go from where it started: w = d·F(xᵀλ) (Deville & Särndal 1992).

linear   F = 1 + u; with bounds cut off at them
raking   F = eᵘ; with bounds cut off at them
logit    F = (L(U − 1) + U(1 − L)e^{Au}) / (U − 1 + (1 − L)e^{Au}), A = (U − L)/((1 − L)(U − 1))
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from lsp_assess.estimation.refusal import refuse

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]


class Distance(StrEnum):
    LINEAR = "linear"
    RAKING = "raking"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True)
class Shape:
    factor: Function  # F
    slope: Function  # F′
    integral: Function  # of F; convex, so that the fit is the minimum of Σ d·integral(xᵀλ) − tᵀλ


def shape(distance: Distance, bounds: tuple[float, float] | None) -> Shape:
    """`bounds` of final ÷ starting weight, 0 < lower < 1 < upper; logit needs them."""
    if bounds is not None and not 0 < bounds[0] < 1 < bounds[1]:
        raise refuse("bounds_impossible", lower=bounds[0], upper=bounds[1])
    if distance is Distance.LOGIT:
        if bounds is None:
            raise refuse("bounds_needed")
        return _logit(*bounds)
    low, high = bounds if bounds is not None else (-np.inf, np.inf)
    if distance is Distance.LINEAR:
        return _cut(lambda u: 1 + u, np.ones_like, lambda u: u + u**2 / 2, low - 1, high - 1)
    with np.errstate(invalid="ignore"):
        low, high = (-np.inf, np.inf) if bounds is None else (float(np.log(low)), float(np.log(high)))
    return _cut(np.exp, np.exp, np.exp, low, high)


def _cut(factor: Function, slope: Function, integral: Function, low: float, high: float) -> Shape:
    def extended(u: Floats) -> Floats:
        inside = np.clip(u, low, high)
        return integral(inside) + factor(inside) * (u - inside)

    return Shape(
        lambda u: factor(np.clip(u, low, high)),
        lambda u: np.where((u > low) & (u < high), slope(np.clip(u, low, high)), 0.0),
        extended,
    )


def _logit(low: float, high: float) -> Shape:
    a = (high - low) / ((1 - low) * (high - 1))
    offset = np.log((1 - low) / (high - 1))
    width = high - low

    def slope(u: Floats) -> Floats:
        share = expit(a * u + offset)
        return np.asarray(width * a * share * (1 - share), dtype=np.float64)

    return Shape(
        lambda u: low + width * expit(a * u + offset),
        slope,
        lambda u: low * u + width / a * np.logaddexp(0, a * u + offset),
    )
