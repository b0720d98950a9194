"""Quantiles as R's survey has them, by hand, and where R's own are at fault."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from lsp_assess.estimation import (
    Design,
    Estimate,
    EstimationRefused,
    Flag,
    Lonely,
    Method,
    Statistic,
    proportion,
    quantiles,
    simple_random_sample,
    stated_design,
)
from tests.unit.estimation.test_against_r_designs import API, CORE, STAGES, data

FIFTHS = (0.1, 0.25, 0.5, 0.75, 0.9)


def stages() -> Design:
    return stated_design(data("stages"), weights="weight", lonely=Lonely.CERTAINTY, **STAGES["one"])


CASES: dict[str, tuple[Callable[[], Design], str, dict[str, str], tuple[float, ...]]] = {
    "apistrat": (API["apistrat"], "api00", {}, (0.02, 0.04, *FIFTHS, 0.97)),
    "apiclus1": (API["apiclus1"], "api00", {}, FIFTHS),
    "apiclus2": (API["apiclus2"], "enroll", {}, FIFTHS),
    "schools_with_award": (API["apistrat"], "api00", {"awards": "Yes"}, FIFTHS),
    "stages": (stages, "value", {}, FIFTHS),
}


@pytest.mark.parametrize("name", list(CASES))
def test_quantiles_are_those_of_r(name: str) -> None:
    """By R's `xlogit` where the share below has a logit interval, by its `beta` where Korn–Graubard's."""
    make, column, area, at = CASES[name]
    design, answers = make(), json.loads((CORE / "answers.json").read_text(encoding="utf-8"))["quantiles"]
    found = [one for one in quantiles(design, column, at=at, by=tuple(area)) if dict(one.domain) == area]
    methods = set()
    for one, place in zip(found, range(len(at)), strict=True):
        method = share_below(design, column, one).method
        methods.add(method)
        row = answers["logit" if method is Method.LOGIT else "beta"][name][place]
        assert (one.category, one.value, one.lower, one.upper) == (
            row["at"],
            row["value"],
            row["lower"],
            row["upper"],
        )
        assert one.se == pytest.approx(row["se"], rel=1e-8)
        assert one.method is Method.WOODRUFF
    assert Method.LOGIT in methods or name == "apiclus2"


def share_below(design: Design, column: str, one: Estimate) -> Estimate:
    values = design.frame[column]
    below = (values <= one.value).astype(float).where(values.notna())
    marked = replace(design, frame=design.frame.assign(below=below))
    made = proportion(marked, "below", by=tuple(name for name, _ in one.domain))
    return made.pick(Statistic.PROPORTION, **dict(one.domain))


def test_a_median_by_hand() -> None:
    # Of 1 … 99 with equal weights, 50 is the first that half lie at or below: p = 50/99,
    # se = √(p(1 − p)/98). Its logit limits, times 99 and rounded up, are values.
    frame = pd.DataFrame({"x": np.arange(1.0, 100.0)})
    (found,) = quantiles(simple_random_sample(frame), "x")
    p = 50 / 99
    half = 1.984467454426692 * sqrt(p * (1 - p) / 98) / (p * (1 - p))
    assert found.value == 50
    assert found.lower == np.ceil(99 * expit(logit(p) - half))
    assert found.upper == np.ceil(99 * expit(logit(p) + half))
    assert found.se == pytest.approx((found.upper - found.lower) / 2 / 1.984467454426692, rel=1e-9)
    assert (found.statistic, found.category, found.n, found.df) == (Statistic.QUANTILE, 0.5, 99, 98)


@pytest.mark.parametrize(
    ("weights", "median"),
    [([1, 1, 1, 1], 2.0), ([1, 1, 1, 3], 3.0), ([0.1, 0.2, 0.3, 0.6], 3.0), ([3, 1, 1, 0], 1.0)],
)
def test_the_median_is_the_first_value_that_half_the_weight_has_reached(
    weights: list[float], median: float
) -> None:
    frame = pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0], "w": weights})
    assert quantiles(stated_design(frame, weights="w"), "x")[0].value == median


def test_a_share_under_that_of_the_smallest_value_is_the_smallest_value() -> None:
    # R's survey 4.1-1 takes the second value here.
    frame = pd.DataFrame({"x": [7.0, 1.0, 3.0, 5.0, 9.0]})
    (found,) = quantiles(simple_random_sample(frame), "x", at=(0.05,))
    assert (found.value, found.lower) == (1, 1)


def test_several_columns_domains_and_shares_in_order() -> None:
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [4.0, None, 2, 1], "area": ["n", "n", "s", "s"]})
    found = quantiles(simple_random_sample(frame), ["a", "b"], at=(0.5, 0.9), by=("area",))
    assert [(one.variable, one.category, one.where("area"), one.value) for one in found] == [
        ("a", 0.5, "n", 1),
        ("a", 0.5, "s", 3),
        ("a", 0.9, "n", 2),
        ("a", 0.9, "s", 4),
        ("b", 0.5, "n", 4),
        ("b", 0.5, "s", 1),
        ("b", 0.9, "n", 4),
        ("b", 0.9, "s", 2),
    ]


def test_nobody_has_no_median_and_a_census_no_interval() -> None:
    frame = pd.DataFrame({"x": [1.0, 2.0, None, None], "area": ["n", "n", "s", "s"], "all": [4] * 4})
    north, south = quantiles(stated_design(frame, fpc="all"), "x", by=("area",))
    assert (south.value, south.se, south.lower, south.flags) == (None, None, None, (Flag.NOBODY,))
    assert (north.value, north.se, north.lower, north.upper) == (1, 0, 1, 1)
    assert north.method is Method.CENSUS


def test_where_the_spread_is_not_told_the_median_stands_alone() -> None:
    frame = pd.DataFrame({"x": [1.0, 2, 3, 4], "c": [1, 1, 2, 2], "area": ["n", "n", "s", "s"]})
    north = quantiles(stated_design(frame, clusters="c"), "x", by=("area",))[0]
    assert (north.value, north.se, north.lower, north.method) == (1, None, None, Method.NONE)


@pytest.mark.parametrize("wrong", [0.0, 1.0, 50.0, float("nan")])
def test_only_a_share_has_a_quantile(wrong: float) -> None:
    with pytest.raises(EstimationRefused) as refused:
        quantiles(simple_random_sample(pd.DataFrame({"x": [1.0, 2.0]})), "x", at=(wrong,))
    assert refused.value.problems[0].code == "estimation.not_a_share"


@given(
    st.lists(st.tuples(st.integers(-5, 5), st.floats(0.1, 9), st.integers(0, 2)), min_size=3, max_size=40),
    st.floats(0.01, 0.99),
)
@settings(max_examples=50, deadline=None)
def test_as_much_as_was_asked_for_lies_at_or_below_and_less_lies_below(
    rows: list[tuple[int, float, int]], p: float
) -> None:
    frame = pd.DataFrame(rows, columns=["x", "w", "area"])
    design = stated_design(frame, weights="w")
    for one in quantiles(design, "x", at=(p,), by=("area",)):
        assert one.value is not None
        assert one.lower is None or one.upper is None or one.lower <= one.value <= one.upper
        at_or_below = frame.assign(y=(frame["x"] <= one.value) * 1.0, z=(frame["x"] < one.value) * 1.0)
        counted = stated_design(at_or_below, weights="w")
        area = dict(one.domain)
        reached = proportion(counted, ["y", "z"], by=("area",))
        assert reached.pick(Statistic.PROPORTION, "y", **area).value >= p - 1e-9  # type: ignore[operator]
        assert reached.pick(Statistic.PROPORTION, "z", **area).value < p  # type: ignore[operator]
