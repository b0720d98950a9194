"""What must hold of all weights that are fitted."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import (
    Distance,
    Margin,
    Weighting,
    attrition,
    calibrated,
    margin,
    mean,
    post_stratified,
    raked,
    starting_weights,
    stated_design,
    total,
    trimmed,
)

SEXES, AGES = ("f", "m"), ("16-34", "35-64", "65+")
ROW = st.tuples(
    st.sampled_from(SEXES),
    st.sampled_from(AGES),
    st.floats(0.2, 5),
    st.integers(0, 4),  # cluster
    st.one_of(st.none(), st.integers(1, 5)),
    st.booleans(),
)
SHARES = st.floats(0.5, 2)


@st.composite
def samples(draw: st.DrawFn) -> pd.DataFrame:
    """Every combination of sex and age occurs, and so do two clusters, in each of two rounds."""
    every = [(sex, age, 1.0, cluster, 3, True) for sex in SEXES for age in AGES for cluster in (0, 1)]
    rounds = []
    for number in (1, 2):
        rows = every + draw(st.lists(ROW, max_size=15))
        made = pd.DataFrame(rows, columns=["sex", "age", "weight", "cluster", "answer", "stayed"])
        rounds.append(made.assign(round=number))
    frame = pd.concat(rounds, ignore_index=True)
    return frame.assign(answer=frame["answer"].astype(float))


@st.composite
def targets(draw: st.DrawFn) -> tuple[Margin, ...]:
    """Of each round its own, summing to 1000."""
    return tuple(
        margin(column, {c: 1000 * s / sum(shares) for c, s in zip(names, shares, strict=True)}, round=number)
        for number in (1, 2)
        for column, names in (("sex", SEXES), ("age", AGES))
        for shares in [draw(st.lists(SHARES, min_size=len(names), max_size=len(names)))]
    )


def start(frame: pd.DataFrame) -> Weighting:
    return starting_weights(frame, weights="weight", rounds="round")


def answers_of(frame: pd.DataFrame, weighting: Weighting) -> list[Any]:
    design = stated_design(frame, weights=weighting, clusters="cluster", rounds="round")
    made = mean(design, "answer", by=("round", "sex"))
    return [number for e in made.estimates for number in (e.value, e.se, e.df)]


def same(one: list[Any], other: list[Any]) -> bool:
    told = [[-1.0 if number is None else number for number in each] for each in (one, other)]
    return bool(told[0] == pytest.approx(told[1], rel=1e-6, abs=1e-8))


@given(samples(), targets(), st.sampled_from(Distance))
@settings(max_examples=20, deadline=None)
def test_the_margins_are_met_without_error(
    frame: pd.DataFrame, margins: tuple[Margin, ...], distance: Distance
) -> None:
    made = calibrated(start(frame), *margins, distance=distance, bounds=(0.02, 50))
    ones = frame.assign(one=1)
    design = stated_design(ones, weights=made, clusters="cluster", rounds="round")
    for known in margins:
        (column,) = known.columns
        sums = total(design, "one", by=(column, "round"))
        for (category,), target in known.targets.items():
            (found,) = (
                e for e in sums.estimates if e.where(column) == category and e.where("round") == known.round
            )
            assert found.value == pytest.approx(target, rel=1e-8)
            assert found.se == pytest.approx(0, abs=1e-5 * target)


@given(samples(), targets(), st.sampled_from([0.001, 0.5, 1e6]))
@settings(max_examples=12, deadline=None)
def test_scaling_the_starting_weights_changes_nothing(
    frame: pd.DataFrame, margins: tuple[Margin, ...], factor: float
) -> None:
    scaled = frame.assign(weight=frame["weight"] * factor)
    for fit in (raked, calibrated_within_bounds):
        one, other = fit(start(frame), *margins), fit(start(scaled), *margins)
        assert one.weights == pytest.approx(other.weights, rel=1e-7)
        assert same(answers_of(frame, one), answers_of(scaled, other))


def calibrated_within_bounds(weighting: Weighting, *margins: Margin) -> Weighting:
    return calibrated(weighting, *margins, distance=Distance.LOGIT, bounds=(0.02, 50))


@given(samples(), targets(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_the_order_of_rows_is_irrelevant(
    frame: pd.DataFrame, margins: tuple[Margin, ...], random: Any
) -> None:
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled = frame.iloc[order]
    one, other = raked(start(frame), *margins), raked(start(shuffled), *margins)
    assert one.weights[order] == pytest.approx(other.weights, rel=1e-8)
    assert same(answers_of(frame, one), answers_of(shuffled, other))


@given(samples(), targets())
@settings(max_examples=12, deadline=None)
def test_raking_to_one_margin_is_post_stratification(
    frame: pd.DataFrame, margins: tuple[Margin, ...]
) -> None:
    ages = [one for one in margins if one.columns == ("age",)]
    one, other = raked(start(frame), *ages), post_stratified(start(frame), *ages)
    assert one.weights == pytest.approx(other.weights, rel=1e-9)
    assert same(answers_of(frame, one), answers_of(frame, other))


@given(samples(), targets())
@settings(max_examples=12, deadline=None)
def test_raked_twice_is_raked_once(frame: pd.DataFrame, margins: tuple[Margin, ...]) -> None:
    once = raked(start(frame), *margins)
    assert raked(once, *margins).weights == pytest.approx(once.weights, rel=1e-8)


@given(samples(), st.floats(0, 0.9), st.floats(1.2, 4))
@settings(max_examples=20, deadline=None)
def test_trimming_keeps_the_sum_of_each_round_and_the_limits(
    frame: pd.DataFrame, lower: float, upper: float
) -> None:
    before = start(frame)
    after = trimmed(before, lower=lower, upper=upper)
    for (_, rows), limits in zip(after.rounds, after.stages[-1].limits, strict=True):
        own = after.weights[rows]
        assert own.sum() == pytest.approx(before.weights[rows].sum(), rel=1e-9)
        assert own.min() >= lower * own.mean() * (1 - 1e-9)
        assert own.max() <= upper * own.mean() * (1 + 1e-9)
        assert limits.outside == 0


@given(samples())
@settings(max_examples=12, deadline=None)
def test_attrition_keeps_the_sum_of_each_class(frame: pd.DataFrame) -> None:
    before = start(frame)
    after = attrition(before, stayed="stayed", classes=("sex", "age"))
    for rows in frame.groupby(["round", "sex", "age"]).indices.values():
        assert after.weights[rows].sum() == pytest.approx(before.weights[rows].sum(), rel=1e-9)
    assert (after.weights[~frame["stayed"].to_numpy()] == 0).all()
    assert np.isfinite(after.weights).all()
