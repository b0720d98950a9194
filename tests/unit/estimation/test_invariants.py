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
    association,
    distribution,
    distribution_changes,
    mean,
    proportion,
    round_changes,
    round_trends,
    scale,
    simple_random_sample,
    stated_design,
    total,
    transitions,
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


def everything_tested(frame: pd.DataFrame) -> list[float | None]:
    """Everything that is tested of a frame of two rounds, p and statistic."""
    design = design_of(frame, rounds="round")
    made = distribution(design, "answer", scale=scale([1, 2, 3, 4, 5]), by=("round",))
    whole = [one.test for one in distribution_changes(made, earlier=1, later=2)]
    tables = association(design, rows="answer", columns="area")
    return [number for one in (*whole, *tables) for number in (one.f, one.p)]


def assert_near(one: list[float | None], other: list[float | None]) -> None:
    assert [x is None for x in one] == [x is None for x in other]
    for x, y in zip(one, other, strict=True):
        assert x is None or x == pytest.approx(y, rel=1e-5, abs=1e-8)


@given(frames(), st.sampled_from([0.001, 3.0]), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_tests_know_neither_the_scale_of_weights_nor_the_order_of_rows(
    frame: pd.DataFrame, factor: float, random: object
) -> None:
    assume(set(frame["round"]) == {1, 2} and frame["answer"].notna().any())
    order = list(range(len(frame)))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = frame.assign(weight=frame["weight"] * factor).iloc[order].reset_index(drop=True)
    found = everything_tested(frame)
    assert_near(found, everything_tested(other))
    assert all(number is None or (np.isfinite(number) and number >= 0) for number in found)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4), st.floats(0.1, 5)), min_size=2, max_size=25))
@settings(max_examples=20, deadline=None)
def test_flows_add_up(pairs: list[tuple[int, int, float]]) -> None:
    before, now, weights = zip(*pairs, strict=True)
    frame = pd.DataFrame(
        {
            "round": [1] * len(pairs) + [2] * len(pairs),
            "person": [*range(len(pairs))] * 2,
            "weight": weights * 2,
            "answer": [*before, *now],
        }
    )
    design = stated_design(frame, weights="weight", clusters="person", rounds="round")
    points = [1, 2, 3, 4]
    moved = transitions(design, "answer", points=points, units="person", earlier=1, later=2)
    cells = np.array([[moved.cell(a, b).value for b in points] for a in points], dtype=float)
    assert cells.sum() == pytest.approx(1)
    ways = {which: moved.way(which).value for which in ("down", "same", "up")}
    assert ways["same"] == pytest.approx(np.trace(cells))
    assert ways["up"] == pytest.approx(np.triu(cells, 1).sum())
    assert moved.gross().value == pytest.approx(1 - np.trace(cells))
    assert moved.net().value == pytest.approx(np.triu(cells, 1).sum() - np.tril(cells, -1).sum())
    # everybody was met twice with one weight, so net flows are the changes of the shares
    made = distribution(design, "answer", scale=scale(points), by=("round",))
    shares_changed = {c.category: c for c in round_changes(made, earlier=1, later=2) if c.category}
    for point in points:
        net, change = moved.net_of(point), shares_changed[point]
        assert net.value == pytest.approx(change.value, abs=1e-12)


@given(frames(), st.floats(0.1, 10), st.floats(-50, 50))
@settings(max_examples=20, deadline=None)
def test_a_line_is_the_same_in_years_and_in_months(frame: pd.DataFrame, unit: float, start: float) -> None:
    frame = frame.assign(round=np.arange(len(frame)) % 3)
    made = mean(design_of(frame), "answer", by=("round",))
    times = {0: 0.0, 1: 1.0, 2: 3.0}
    other = {round_: start + unit * time for round_, time in times.items()}
    (one,), (same,) = round_trends(made, times=times), round_trends(made, times=other)
    assert (one.slope is None) == (same.slope is None)
    if one.slope is not None and same.slope is not None and one.slope.value is not None:
        assert same.slope.value is not None
        assert same.slope.value * unit == pytest.approx(one.slope.value, rel=1e-5, abs=1e-7)
