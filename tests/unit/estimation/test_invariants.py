"""What must hold of every design."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import (
    Design,
    Estimates,
    Lonely,
    distribution,
    mean,
    proportion,
    round_changes,
    scale,
    simple_random_sample,
    stated_design,
    total,
)

ANSWERS = st.one_of(st.none(), st.integers(1, 5))
ROW = st.tuples(
    st.integers(0, 2),  # stratum
    st.integers(0, 3),  # cluster within it
    st.sampled_from([1, 2]),  # round
    st.sampled_from(["north", "south"]),
    st.floats(0.1, 10, allow_nan=False),
    ANSWERS,
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.lists(ROW, min_size=4, max_size=40))
    made = pd.DataFrame(rows, columns=["stratum", "cluster", "round", "area", "weight", "answer"])
    made["cluster"] += 10 * made["stratum"]
    made["answer"] = made["answer"].astype(float)
    made["yes"] = (made["answer"] > 3).astype(float).where(made["answer"].notna())
    return made


def design_of(frame: pd.DataFrame, *, rounds: str | None = None) -> Design:
    return stated_design(
        frame,
        weights="weight",
        strata="stratum",
        clusters="cluster",
        rounds=rounds,
        lonely=Lonely.CERTAINTY,
    )


def everything(frame: pd.DataFrame) -> Estimates:
    return distribution(design_of(frame), "answer", scale=scale([1, 2, 3, 4, 5]), by=("area", "round"))


def assert_same(one: Estimates, other: Estimates) -> None:
    assert [e.domain for e in one.estimates] == [e.domain for e in other.estimates]
    for a, b in zip(one.estimates, other.estimates, strict=True):
        assert (a.n, a.df, a.method, a.flags) == (b.n, b.df, b.method, b.flags)
        for x, y in ((a.value, b.value), (a.se, b.se), (a.lower, b.lower), (a.upper, b.upper)):
            assert (x is None) == (y is None)
            assert x is None or x == pytest.approx(y, rel=1e-7, abs=1e-9)


@given(frames(), st.sampled_from([0.001, 0.5, 3.0, 1e6]))
@settings(max_examples=60, deadline=None)
def test_scaling_all_weights_changes_nothing(frame: pd.DataFrame, factor: float) -> None:
    assert_same(everything(frame), everything(frame.assign(weight=frame["weight"] * factor)))


@given(frames(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_changes_nothing(frame: pd.DataFrame, random: object) -> None:
    order = list(range(len(frame)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert_same(everything(frame), everything(frame.iloc[order]))


@given(frames())
@settings(max_examples=60, deadline=None)
def test_the_names_of_strata_and_clusters_change_nothing(frame: pd.DataFrame) -> None:
    renamed = frame.assign(
        stratum=frame["stratum"].map({0: "z", 1: "m", 2: "a"}),
        cluster="k" + (99 - frame["cluster"]).astype(str),
    )
    assert_same(everything(frame), everything(renamed))


@given(frames())
@settings(max_examples=60, deadline=None)
def test_domains_sum_to_the_total_and_so_does_their_variance(frame: pd.DataFrame) -> None:
    frame = frame.assign(answer=frame["answer"].fillna(0))
    design = design_of(frame)
    parts, (whole,) = total(design, "answer", by=("area",)), total(design, "answer").estimates
    assert sum(e.value or 0 for e in parts.estimates) == pytest.approx(whole.value)
    assert whole.value is not None
    if whole.se is not None:
        assert parts.covariance.sum() == pytest.approx(whole.se**2, rel=1e-9, abs=1e-12 * whole.value**2)


@given(frames())
@settings(max_examples=60, deadline=None)
def test_a_census_has_no_standard_error(frame: pd.DataFrame) -> None:
    sizes = frame.groupby("stratum")["cluster"].transform("nunique")
    design = stated_design(
        frame.assign(all=sizes), weights="weight", strata="stratum", clusters="cluster", fpc="all"
    )
    for one in distribution(design, "answer", scale=scale([1, 2, 3, 4, 5])).estimates:
        assert one.n == 0 or one.se == 0
        assert (one.lower, one.upper) == (one.value, one.value)


@given(frames())
@settings(max_examples=100, deadline=None)
def test_no_estimate_is_ever_not_a_number(frame: pd.DataFrame) -> None:
    made = everything(frame)
    for one in made.estimates:
        for number in (one.value, one.se, one.lower, one.upper, one.effective_n, one.deff):
            assert number is None or np.isfinite(number)
        if one.lower is not None and one.upper is not None and one.value is not None:
            assert one.lower <= one.value <= one.upper
    for part in proportion(design_of(frame), "yes", by=("area",)).estimates:
        if part.lower is not None and part.upper is not None:
            assert 0 <= part.lower < part.upper <= 1


@given(frames())
@settings(max_examples=60, deadline=None)
def test_a_change_is_the_difference_with_the_variance_of_a_difference(frame: pd.DataFrame) -> None:
    frame = frame.dropna()
    assume(set(frame["round"]) == {1, 2})
    made = mean(design_of(frame, rounds="round"), "answer", by=("round",))
    (change,) = round_changes(made, earlier=1, later=2)
    assert change.value == pytest.approx(change.later.value - change.earlier.value)  # type: ignore[operator]
    if change.se is not None:
        variance = change.v1 + change.v2 - 2 * change.c12
        assert change.se**2 == pytest.approx(variance, rel=1e-9, abs=1e-11 * (change.v1 + change.v2))
        assert change.lower is None or change.lower <= change.value  # type: ignore[operator]


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_simple_random_sample_has_the_textbook_standard_error(values: list[float]) -> None:
    (found,) = mean(simple_random_sample(pd.DataFrame({"answer": values})), "answer").estimates
    expected = np.std(values, ddof=1) / np.sqrt(len(values))
    assert found.se == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert found.df == len(values) - 1
