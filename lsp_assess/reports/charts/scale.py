"""Ends of a scale that read well."""

from collections.abc import Sequence
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)


def nice_step(span: float, parts: int = 5) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that covers the span in at most `parts` steps."""
    if span <= 0:
        return 1
    power = 10.0 ** floor(log10(span / parts))
    return next(s * power for s in _STEPS if s * power * parts >= span * (1 - 1e-9))


def from_nought(values: Sequence[float]) -> tuple[float, float]:
    """A scale that begins at nought, wherever the values lie above it."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    step = nice_step(high - low)
    return floor(low / step) * step, max(step, ceil(high / step) * step)


def around(
    values: Sequence[float], *, least: float = 0, bounds: tuple[float, float] | None = None
) -> tuple[float, float]:
    """A scale that holds the values, at least `least` wide, within the bounds of what is possible."""
    low, high = min(values), max(values)
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    step = nice_step(high - low or abs(high) or 1)
    low, high = floor(low / step) * step, ceil(high / step) * step
    if low == high:
        low, high = low - step, high + step
    if bounds is not None:
        low, high = max(bounds[0], low), min(bounds[1], high)
    return low, high


def either_side(values: Sequence[float]) -> tuple[float, float]:
    """A scale with nought in its middle."""
    reach = from_nought([abs(v) for v in values])[1]
    return -reach, reach
