"""What must hold of every sample of two stages, and of items that are estimated together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import (
    Design,
    Estimates,
    Lonely,
    Nesting,
    distribution,
    mean,
    scale,
    shares,
    stated_design,
    total,
)

FIVE = scale([1, 2, 3, 4, 5])
ANSWERS = st.one_of(st.none(), st.integers(1, 5))
ROW = st.tuples(
    st.integers(0, 1),  # stratum
    st.integers(0, 2),  # village
    st.integers(0, 1),  # side of the village
    st.integers(0, 2),  # household
    st.sampled_from(["north", "south"]),
    st.floats(0.1, 10, allow_nan=False),
    ANSWERS,
    ANSWERS,
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    names = ["stratum", "village", "side", "household", "area", "weight", "one", "other"]
    made = pd.DataFrame(draw(st.lists(ROW, min_size=4, max_size=40)), columns=names)
    made[["one", "other"]] = made[["one", "other"]].astype(float)
    return made.assign(villages=draw(st.integers(3, 9)), households=draw(st.integers(3, 9)))


def design_of(frame: pd.DataFrame, lonely: Lonely = Lonely.ADJUST) -> Design:
    return stated_design(
        frame,
        weights="weight",
        strata=("stratum", "side"),
        clusters=("village", "household"),
        fpc=("villages", "households"),
        lonely=lonely,
        nesting=Nesting.WITHIN_STRATUM,
    )


def everything(frame: pd.DataFrame) -> Estimates:
    return distribution(design_of(frame), ["one", "other"], scale=FIVE, by=("area",))


def assert_same(one: Estimates, other: Estimates) -> None:
    assert [(e.variable, e.domain) for e in one.estimates] == [
        (e.variable, e.domain) for e in other.estimates
    ]
    for a, b in zip(one.estimates, other.estimates, strict=True):
        assert (a.n, a.df, a.method) == (b.n, b.df, b.method)
        for x, y in ((a.value, b.value), (a.se, b.se), (a.lower, b.lower), (a.upper, b.upper)):
            assert (x is None) == (y is None)
            assert x is None or x == pytest.approx(y, rel=1e-7, abs=1e-8)


@given(frames(), st.sampled_from([0.001, 3.0, 1e6]), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_scale_order_and_names_change_nothing(frame: pd.DataFrame, factor: float, random: object) -> None:
    order = list(range(len(frame)))
    random.shuffle(order)  # type: ignore[attr-defined]
    renamed = frame.iloc[order].assign(
        weight=frame["weight"] * factor,
        stratum=frame["stratum"].map({0: "z", 1: "a"}),
        village=9 - frame["village"],
        side=frame["side"].map({0: "odd", 1: "even"}),
        household="house " + (7 - frame["household"]).astype(str),
    )
    assert_same(everything(frame), everything(renamed))


@given(frames())
@settings(max_examples=12, deadline=None)
def test_items_together_are_items_alone(frame: pd.DataFrame) -> None:
    design = design_of(frame)
    made = (
        lambda items: mean(design, items, by=("area",)),
        lambda items: total(design, items, by=("area",)),
        lambda items: distribution(design, items, scale=FIVE, by=("area",)),
        lambda items: shares(design, items, categories=FIVE.points),
    )
    for estimated in made:
        together, alone = estimated(["one", "other"]), [estimated("one"), estimated("other")]
        assert together.estimates == alone[0].estimates + alone[1].estimates
        half = len(alone[0].estimates)
        assert together.covariance[:half, :half] == pytest.approx(alone[0].covariance, nan_ok=True)
        assert together.covariance[half:, half:] == pytest.approx(alone[1].covariance, nan_ok=True)


@given(frames())
@settings(max_examples=25, deadline=None)
def test_the_covariance_of_two_items_is_that_of_their_sum(frame: pd.DataFrame) -> None:
    frame = frame.fillna({"one": 0, "other": 0}).assign(sum=lambda f: f["one"] + f["other"])
    design = design_of(frame)
    parts, (whole,) = total(design, ["one", "other"]), total(design, "sum").estimates
    if whole.se is not None and whole.value is not None:
        assert parts.covariance.sum() == pytest.approx(whole.se**2, rel=1e-9, abs=1e-12 * whole.value**2)


@given(frames())
@settings(max_examples=25, deadline=None)
def test_domains_sum_to_the_total_and_so_does_their_variance(frame: pd.DataFrame) -> None:
    frame = frame.fillna({"one": 0})
    design = design_of(frame)
    parts, (whole,) = total(design, "one", by=("area",)), total(design, "one").estimates
    assert sum(e.value or 0 for e in parts.estimates) == pytest.approx(whole.value)
    if whole.se is not None and whole.value is not None:
        assert parts.covariance.sum() == pytest.approx(whole.se**2, rel=1e-9, abs=1e-12 * whole.value**2)


@given(frames())
@settings(max_examples=25, deadline=None)
def test_a_census_has_no_standard_error_and_half_a_census_less_than_none(frame: pd.DataFrame) -> None:
    villages = frame.groupby("stratum")["village"].transform("nunique")
    households = frame.groupby(["stratum", "village", "side"])["household"].transform("nunique")
    census = design_of(frame.assign(villages=villages, households=households))
    for one in distribution(census, "one", scale=FIVE).estimates:
        assert one.n == 0 or one.se == 0
        assert (one.lower, one.upper) == (one.value, one.value)
    sampled = np.diag(total(design_of(frame), "one").covariance)
    villages_only = np.diag(total(design_of(frame.assign(households=households)), "one").covariance)
    assert villages_only <= sampled * (1 + 1e-9)


@given(frames(), st.sampled_from(list(Lonely)))
@settings(max_examples=50, deadline=None)
def test_no_estimate_is_ever_not_a_number(frame: pd.DataFrame, lonely: Lonely) -> None:
    for one in distribution(design_of(frame, lonely), ["one", "other"], scale=FIVE, by=("area",)).estimates:
        for number in (one.value, one.se, one.lower, one.upper, one.effective_n, one.deff):
            assert number is None or np.isfinite(number)
        if one.lower is not None and one.upper is not None and one.value is not None:
            assert one.lower <= one.value <= one.upper


@given(frames(), st.sampled_from(list(Lonely)))
@settings(max_examples=25, deadline=None)
def test_standard_errors_are_those_of_the_covariance(frame: pd.DataFrame, lonely: Lonely) -> None:
    made = distribution(design_of(frame, lonely), ["one", "other"], scale=FIVE, by=("area",))
    for one, variance in zip(made.estimates, np.diag(made.covariance), strict=True):
        assert one.se is None or one.se**2 == pytest.approx(variance, rel=1e-9, abs=1e-16)
