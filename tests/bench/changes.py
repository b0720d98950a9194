"""False alarms and power of the tests for change, in samples whose rounds share places.

Places are drawn afresh in every repeat from a population without an end: each keeps an effect of its own over
the rounds, and three in four are visited again. Nothing changes, or the mean rises by `RISE` a round. Beside
the tests as they are made stand the same ignoring the covariance of the rounds, or the clusters.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtr

from lsp_assess.estimation import (
    Change,
    Design,
    association,
    distribution_changes,
    mean,
    round_changes,
    round_trends,
    shares,
    simple_random_sample,
    stated_design,
)
from tests.bench.table import Line, over

REPEATS, REPEATS_OF_POWER = 1000, 250
STRATA, DRAWN, SHARED, PEOPLE = 4, 12, 9, 8
ROUNDS = (1, 2, 3)
RISE = 0.15
LEVEL = 0.05
ERROR = (LEVEL * (1 - LEVEL) / REPEATS) ** 0.5
Found = Callable[[pd.DataFrame], list[bool]]
POINTS = (1, 2, 3, 4, 5)
OVERLAPPING = (
    "change of a mean, with covariance",
    "the same ignoring the covariance",
    "the same ignoring the clusters",
    "change of the whole distribution (Wald)",
    "answers by round (Rao–Scott)",
    "line through three rounds (generalised least squares)",
)
INDEPENDENT = ("independent rounds: change of a mean", "independent rounds: the same ignoring the clusters")
_WRONG = "ignoring"


def changes() -> tuple[str, list[Line]]:
    rng = np.random.default_rng(1984)
    lines = [
        *_lines(OVERLAPPING, rng, shared=SHARED, found=_found),
        *_lines(INDEPENDENT, rng, shared=0, found=_found_if_independent),
    ]
    return (
        f"Reference: the nominal level. {REPEATS} repeats, {REPEATS_OF_POWER} for power, of {len(ROUNDS)} "
        f"rounds of {STRATA * DRAWN} places in {STRATA} strata, {SHARED} of {DRAWN} visited again where not "
        f"independent, {PEOPLE} people in each; Monte-Carlo error (standard) {100 * ERROR:.2f} points for "
        "false alarms.",
        lines,
    )


def _lines(names: Sequence[str], rng: np.random.Generator, *, shared: int, found: Found) -> list[Line]:
    alarms = np.mean([found(_sample(rng, rise=0.0, shared=shared)) for _ in range(REPEATS)], axis=0)
    power = np.mean([found(_sample(rng, rise=RISE, shared=shared)) for _ in range(REPEATS_OF_POWER)], axis=0)
    return [
        Line(
            what=f"{name}: false alarms; power against {RISE} points a round",
            ours=f"{100 * false:.1f} %; {100 * true:.0f} %",
            reference=f"{100 * LEVEL:.0f} %",
            ratio=over(false, LEVEL),
            aim="" if _WRONG in name else f"{100 * LEVEL:.0f} % ± {196 * ERROR:.1f}",
        )
        for name, false, true in zip(names, alarms, power, strict=True)
    ]


def _sample(rng: np.random.Generator, *, rise: float, shared: int) -> pd.DataFrame:
    """One row a person: five-point answers, with unequal weights."""
    drawn = np.arange(DRAWN) + (DRAWN - shared) * np.arange(len(ROUNDS))[:, None]
    round_, stratum, place = (
        side.ravel()
        for side in np.broadcast_arrays(
            np.arange(len(ROUNDS))[:, None, None], np.arange(STRATA)[None, :, None], drawn[:, None, :]
        )
    )
    kept = rng.normal(0, 0.5, (STRATA, drawn.max() + 1))[stratum, place]
    passing = rng.normal(0, 0.15, len(place))
    latent = 3 + 0.2 * stratum + rise * round_ + kept + passing
    answers = np.clip(np.rint(np.repeat(latent, PEOPLE) + rng.normal(0, 1, len(place) * PEOPLE)), 1, 5)
    return pd.DataFrame(
        {
            "round": np.repeat(round_ + 1, PEOPLE),
            "stratum": np.repeat(stratum, PEOPLE),
            "place": np.repeat(stratum * 1000 + place, PEOPLE),
            "weight": rng.uniform(0.5, 2.0, len(answers)),
            "answer": answers,
        }
    )


def _found(frame: pd.DataFrame) -> list[bool]:
    """Which of the tests, in their order, find something at the level."""
    design = _design(frame)
    answers = shares(design, "answer", categories=POINTS, by=("round",))
    means = mean(design, "answer", by=("round",))
    (change,) = round_changes(means, earlier=1, later=2)
    (whole,) = distribution_changes(answers, earlier=1, later=2)
    (table,) = association(design, rows="answer", columns="round")
    (line,) = round_trends(means, times={1: 0.0, 2: 1.0, 3: 2.0})
    assert line.slope is not None
    return [
        _below(change.p),
        _below(_without_covariance(change)),
        _below(_without_clusters(frame)),
        _below(whole.test.p),
        _below(table.p),
        _below(line.slope.p),
    ]


def _found_if_independent(frame: pd.DataFrame) -> list[bool]:
    (change,) = round_changes(mean(_design(frame), "answer", by=("round",)), earlier=1, later=2)
    return [_below(change.p), _below(_without_clusters(frame))]


def _design(frame: pd.DataFrame) -> Design:
    return stated_design(frame, weights="weight", strata="stratum", clusters="place", rounds="round")


def _below(p: float | None) -> bool:
    return p is not None and p <= LEVEL


def _without_covariance(change: Change) -> float:
    assert change.value is not None
    return float(2 * stdtr(change.df, -abs(change.value) / (change.v1 + change.v2) ** 0.5))


def _without_clusters(frame: pd.DataFrame) -> float | None:
    design = simple_random_sample(frame, rounds="round")
    (change,) = round_changes(mean(design, "answer", by=("round",)), earlier=1, later=2)
    return change.p
