"""Krippendorff's α: agreement of coders over several units, any of whom may have left units out.

α = 1 − D_o/D_e, from the coincidences of values within units (Krippendorff 2011, *Computing Krippendorff's
alpha-reliability*; *Content Analysis*, 4th ed., ch. 12). 0.80 is reliable, 0.667 tentative.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lsp_assess.estimation.amounts import Floats, settled, table

RELIABLE = 0.80
TENTATIVE = 0.667


class Metric(StrEnum):
    """What the distance between two values is."""

    NOMINAL = "nominal"  # the same or not
    ORDINAL = "ordinal"  # how many values lie between, the two themselves by half
    INTERVAL = "interval"  # their difference


@dataclass(frozen=True, slots=True)
class Krippendorff:
    """`units` are those that two or more coded, `values` the codes in them; `alpha` is None where they are
    fewer than two, or all codes are alike. Shown also when negative."""

    units: int
    values: int
    alpha: float | None


def krippendorff(codes: Sequence[Sequence[float | None]], *, metric: Metric) -> Krippendorff:
    """A row for each unit (target), a column for each coder, None where one did not code."""
    given = table(codes)
    known = given[~np.isnan(given)]
    points = np.unique(settled(known, beside=known))
    place = np.searchsorted(points, settled(given, beside=known))
    counts = (place[:, :, None] == np.arange(len(points))).sum(axis=1).astype(np.float64)
    coded = counts.sum(axis=1)
    counts, coded = counts[coded > 1], coded[coded > 1]
    units, values = len(coded), int(coded.sum())
    within = counts.T @ (counts / (coded - 1)[:, None]) - np.diag((counts / (coded - 1)[:, None]).sum(axis=0))
    of_value = counts.sum(axis=0)
    distance = _distances(points, of_value, metric)
    expected = float((np.outer(of_value, of_value) * distance).sum())
    if units < 2 or expected == 0:
        return Krippendorff(units, values, None)
    return Krippendorff(units, values, 1 - (values - 1) * float((within * distance).sum()) / expected)


def _distances(points: Floats, of_value: Floats, metric: Metric) -> Floats:
    """Squared, between every two values."""
    if metric is Metric.NOMINAL:
        return 1 - np.eye(len(points))
    place = np.cumsum(of_value) - of_value / 2 if metric is Metric.ORDINAL else points
    squared: Floats = (place[:, None] - place) ** 2
    return squared
