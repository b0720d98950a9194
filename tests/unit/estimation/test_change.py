"""Panels, flows, whole distributions and lines that can be worked on paper, and the wrong answers that are
easy to give."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2
from scipy.stats import f as f_distribution

from lsp_assess.estimation import (
    Design,
    EstimationRefused,
    association,
    distribution_changes,
    headlines,
    mean,
    proportion,
    round_changes,
    round_trends,
    shares,
    side_by_side,
    simple_random_sample,
    stated_design,
    transitions,
)
from lsp_assess.estimation.wald import wald

THREE = [1, 2, 3]


def panel(before: list[object], now: list[object], **more: list[object]) -> pd.DataFrame:
    """People p0, p1, … asked in both rounds; None where they were not met."""
    people = [f"p{i}" for i in range(len(before))]
    frame = pd.DataFrame(
        {
            "round": [1] * len(before) + [2] * len(now),
            "person": people * 2,
            "answer": pd.Series([*before, *now], dtype=float),
            **{name: values * 2 for name, values in more.items()},
        }
    )
    return frame[frame["answer"].notna()].reset_index(drop=True)


def one_sample(frame: pd.DataFrame) -> Design:
    return simple_random_sample(frame, rounds="round", units="person")


BOTH = {"units": "person", "earlier": 1, "later": 2}


def test_the_panel_changes_by_its_own_differences_and_stands_beside_everybody() -> None:
    # Met twice: 1→2, 2→2, 3→5, 4→5, changes 1, 0, 2, 1: mean 1, s² = 2/3, se = √(2/3/4) among themselves.
    # As a domain of six people: z_i = (change − 1)/4, Σz = 0, V = 6/5 · Σz² = 6/5 · 2/16.
    # Everybody: (1 + 2 + 3 + 4 + 5)/5 = 3 and (2 + 2 + 5 + 5 + 1)/5 = 3.
    frame = panel([1, 2, 3, 4, 5, None], [2, 2, 5, 5, None, 1])
    (found,) = side_by_side(one_sample(frame), "answer", make=mean, **BOTH)
    assert found.panel is not None
    assert (found.everybody.value, found.everybody.shared_clusters) == (0, 4)
    assert (found.panel.value, found.panel.df) == (1, 3)
    assert found.panel.se == pytest.approx(sqrt(6 / 5 * 2 / 16), rel=1e-12)
    assert (found.panel.earlier.n, found.panel.later.n) == (4, 4)


def test_the_panel_is_a_domain_and_keeps_clusters_in_which_nobody_was_met_again() -> None:
    # Three places, in two of which somebody is met again, each rising by 1 and by 3: mean 2, z = ∓½.
    # V = 3/2 · (¼ + ¼) = 3/4; with the third place dropped it would be 2/1 · ½ = 1.
    frame = pd.DataFrame(
        {
            "round": [1, 1, 1, 2, 2, 2],
            "person": ["a", "b", "c", "a", "b", "d"],
            "place": ["x", "y", "z", "x", "y", "z"],
            "answer": [1, 1, 1, 2, 4, 5],
        }
    )
    design = stated_design(frame, clusters="place", rounds="round")
    (found,) = side_by_side(design, "answer", make=mean, **BOTH)
    assert found.panel is not None
    assert found.panel.value == 2
    assert found.panel.se == pytest.approx(sqrt(3 / 4), rel=1e-12)
    dropped = stated_design(frame[frame["place"] != "z"], clusters="place", rounds="round")
    (wrong,) = round_changes(mean(dropped, "answer", by=("round",)), earlier=1, later=2)
    assert wrong.se == pytest.approx(1, rel=1e-12)


def test_nobody_met_twice_leaves_the_panel_empty() -> None:
    frame = panel([1, 2, 3, None, None, None], [None, None, None, 3, 4, 5])
    (found,) = side_by_side(one_sample(frame), "answer", make=mean, **BOTH)
    assert (found.everybody.value, found.panel) == (2, None)
    with pytest.raises(EstimationRefused) as refused:
        transitions(one_sample(frame), "answer", points=[1, 2, 3, 4, 5], **BOTH)
    assert refused.value.problems[0].code == "estimation.rounds_share_nobody"


def test_somebody_twice_in_a_round_is_refused() -> None:
    frame = panel([1, 2, 3], [2, 3, 3])
    doubled = pd.concat([frame, frame[frame["person"] == "p1"].head(1)], ignore_index=True)
    for wrong in (
        lambda: side_by_side(one_sample(doubled), "answer", make=mean, **BOTH),
        lambda: transitions(one_sample(doubled), "answer", points=THREE, **BOTH),
    ):
        with pytest.raises(EstimationRefused) as refused:
            wrong()
        (problem,) = refused.value.problems
        assert problem.code == "estimation.unit_twice"
        assert dict(problem.what.params) == {"column": "person", "unit": "p1", "round": "1"}


def test_answers_of_one_person_in_clusters_of_their_own_are_refused_and_not_taken_as_independent() -> None:
    frame = panel([1, 2, 3], [2, 3, 3])
    unclustered = stated_design(frame.assign(w=1.0), weights="w", rounds="round")
    for wrong in (
        lambda: side_by_side(unclustered, "answer", make=mean, **BOTH),
        lambda: transitions(unclustered, "answer", points=THREE, **BOTH),
    ):
        with pytest.raises(EstimationRefused) as refused:
            wrong()
        (problem,) = refused.value.problems
        assert problem.code == "estimation.unit_in_two_clusters"


def test_two_rounds_of_answers_all_alike_give_no_certain_change() -> None:
    frame = panel([1] * 60, [2] * 60)
    (change,) = round_changes(mean(one_sample(frame), "answer", by=("round",)), earlier=1, later=2)
    assert (change.value, change.lower, change.p) == (1, None, None)
    (headline,) = headlines([(change, 0.5)])
    assert headline.verdict is None


def test_flows_cancel_in_the_net_and_not_in_the_gross() -> None:
    # 1→2, 1→1, 2→1, 2→3, 3→3, 3→2, 2→2, 1→1: 2 of 8 up, 2 down, 4 stay.
    frame = panel([1, 1, 2, 2, 3, 3, 2, 1], [2, 1, 1, 3, 3, 2, 2, 1])
    moved = transitions(one_sample(frame), "answer", points=THREE, **BOTH)
    assert [moved.way(which).value for which in ("down", "same", "up")] == [0.25, 0.5, 0.25]
    assert (moved.gross().value, moved.net().value) == (0.5, 0)
    # ±1 of each mover over 8 people: V = 8/7 · 4/64; all their rows of the first round weigh zero.
    assert moved.net().se == pytest.approx(sqrt(8 / 7 * 4 / 64), rel=1e-12)
    assert moved.cell(1, 1).value == 0.25
    from_one = moved.row_share(1, 1)
    assert from_one is not None
    assert (from_one.value, from_one.n) == (pytest.approx(2 / 3), 3)
    # 2 loses two (to 1 and to 3) and gains two; 1 gains one and loses one.
    assert [moved.net_of(point).value for point in THREE] == pytest.approx([0, 0, 0], abs=1e-15)


def test_pairs_weigh_as_in_the_later_round() -> None:
    frame = panel([1, 1, 2], [2, 1, 2]).assign(weight=[9, 9, 9, 1, 2, 1])
    design = stated_design(frame, weights="weight", clusters="person", rounds="round")
    moved = transitions(design, "answer", points=THREE, **BOTH)
    assert moved.way("up").value == 0.25
    assert moved.row_share(3, 1) is None


def test_transitions_by_area_and_an_answer_off_the_scale() -> None:
    frame = panel([1, 1, 2, 2], [2, 1, 2, 3], area=["n", "n", "s", "s"])
    moved = transitions(one_sample(frame), "answer", points=THREE, **BOTH, by=("area",))
    assert moved.cell(2, 3, area="s").value == 0.5
    assert moved.cell(2, 3, area="n").value == 0
    assert moved.gross(area="n").value == 0.5
    with pytest.raises(EstimationRefused) as refused:
        transitions(one_sample(frame), "answer", points=[1, 2], **BOTH)
    assert refused.value.problems[0].code == "estimation.off_the_scale"


def test_wald_of_two_answers_is_the_square_of_t() -> None:
    frame = pd.DataFrame({"round": [1] * 50 + [2] * 60, "answer": [1] * 20 + [0] * 30 + [1] * 36 + [0] * 24})
    design = simple_random_sample(frame, rounds="round")
    (change,) = round_changes(proportion(design, "answer", by=("round",)), earlier=1, later=2)
    made = shares(design, "answer", categories=[0, 1], by=("round",))
    (whole,) = distribution_changes(made, earlier=1, later=2)
    assert change.value is not None
    assert change.se is not None
    assert (whole.test.rank, whole.test.df, whole.test.denominator_df) == (1, 108, 108)
    assert whole.test.f == pytest.approx((change.value / change.se) ** 2, rel=1e-10)
    assert whole.test.p == pytest.approx(change.p, rel=1e-9)


def test_an_answer_that_nobody_gives_is_no_direction_of_change() -> None:
    frame = pd.DataFrame({"round": [1] * 40 + [2] * 40, "answer": [1, 2, 3, 3] * 10 + [1, 1, 2, 3] * 10})
    design = simple_random_sample(frame, rounds="round")
    with_empty, without = (
        distribution_changes(shares(design, "answer", categories=points, by=("round",)), earlier=1, later=2)[
            0
        ].test
        for points in ([1, 2, 3, 4, 5], [1, 2, 3])
    )
    assert with_empty.rank == without.rank == 2
    assert with_empty.f == pytest.approx(without.f, rel=1e-10)


def test_f_is_on_the_designs_df_and_not_on_infinitely_many() -> None:
    # d = (1, 1), V = I: χ² = 2 on rank 2; ν = 9: F = 2 · 8/(9·2) = 8/9 on 2 and 8.
    made = wald(np.ones(2), np.eye(2), df=9)
    assert (made.chi2, made.f, made.denominator_df) == pytest.approx((2, 8 / 9, 8))
    assert made.p == pytest.approx(f_distribution.sf(8 / 9, 2, 8), rel=1e-12)
    assert made.p is not None
    assert made.p > np.exp(-1) + 0.05  # χ² of 2 on 2, as if the clusters were many


@pytest.mark.parametrize(
    ("comparisons", "covariance", "df"),
    [
        ([1.0, 1.0], [[1.0, 0.0], [0.0, 1.0]], 1),  # two directions on one df
        ([0.0, 0.0], [[0.0, 0.0], [0.0, 0.0]], 9),  # a census
        ([1.0, 1.0], [[1.0, 0.0], [0.0, 0.0]], 9),  # the second differs and does not vary
        ([1.0, np.nan], [[1.0, 0.0], [0.0, 1.0]], 9),
    ],
)
def test_what_cannot_be_tested_has_no_p(
    comparisons: list[float], covariance: list[list[float]], df: int
) -> None:
    made = wald(np.array(comparisons), np.array(covariance), df=df)
    assert (made.testable, made.p, made.f, made.chi2) == (False, None, None, None)


def test_rounds_without_shares_have_no_distribution_to_compare() -> None:
    frame = pd.DataFrame({"round": [1, 1, 2, 2], "answer": [1, 2, 2, 3]})
    made = mean(simple_random_sample(frame, rounds="round"), "answer", by=("round",))
    with pytest.raises(EstimationRefused):
        distribution_changes(made, earlier=1, later=2)


def test_pearsons_chi_square_of_a_simple_random_sample_is_hardly_corrected() -> None:
    # 30, 20 against 20, 30 of 100: χ² = 4 · 5²/25 = 4. With replacement each design effect is n/(n − 1).
    table = [(0, 0)] * 30 + [(0, 1)] * 20 + [(1, 0)] * 20 + [(1, 1)] * 30
    frame = pd.DataFrame(table, columns=["one", "other"])
    (found,) = association(simple_random_sample(frame), rows="one", columns="other")
    assert found.chi2 == pytest.approx(4)
    assert (found.d, found.df, found.n) == (pytest.approx(1), 99, 100)
    assert found.f == pytest.approx(4 * 99 / 100, rel=1e-12)
    assert found.p_first_order == pytest.approx(chi2.sf(3.96, 1), rel=1e-9)


def test_people_of_one_cluster_are_not_counted_as_many() -> None:
    # Everybody stands in the frame three times, as a cluster of three that agree: χ² trebles, F does not.
    table = [(0, 0)] * 30 + [(0, 1)] * 20 + [(1, 0)] * 20 + [(1, 1)] * 30
    frame = pd.DataFrame(table, columns=["one", "other"]).assign(who=range(100))
    thrice = stated_design(pd.concat([frame] * 3, ignore_index=True), clusters="who")
    (alone,) = association(simple_random_sample(frame), rows="one", columns="other")
    (together,) = association(thrice, rows="one", columns="other")
    assert together.chi2 == pytest.approx(12)
    assert (together.f, together.p) == pytest.approx((alone.f, alone.p), rel=1e-9)


def test_a_table_of_one_row_is_not_testable() -> None:
    frame = pd.DataFrame({"one": [1] * 40, "other": [0, 1] * 20, "area": ["n"] * 38 + ["s"] * 2})
    (found,) = association(simple_random_sample(frame), rows="one", columns="other")
    assert (found.testable, found.p, found.f, found.chi2) == (False, None, None, None)
    for domain in association(simple_random_sample(frame), rows="one", columns="other", by=("area",)):
        assert not domain.testable
    with pytest.raises(EstimationRefused):
        association(simple_random_sample(frame.assign(one=None)), rows="one", columns="other")


def test_a_line_through_independent_rounds_weighs_them_by_what_they_know() -> None:
    # Rounds of means 1, 2, 4 with variances v: the weighted least squares line, by the normal equations.
    rng = np.random.default_rng(3)
    parts = [
        pd.DataFrame({"round": r, "answer": rng.normal(m, 1, n)})
        for r, m, n in ((1, 1, 20), (2, 2, 80), (3, 4, 40))
    ]
    made = mean(
        simple_random_sample(pd.concat(parts, ignore_index=True), rounds="round"), "answer", by=("round",)
    )
    times = {1: 2010, 2: 2012, 3: 2013}
    (found,) = round_trends(made, times=times)
    w = np.array([1 / e.se**2 for e in made.estimates if e.se])
    t, y = np.array([*times.values()]), np.array([e.value for e in made.estimates])
    centre = (w @ t) / w.sum()
    slope = (w * (t - centre)) @ y / (w @ (t - centre) ** 2)
    assert found.slope is not None
    assert found.slope.value == pytest.approx(slope, rel=1e-10)
    assert found.slope.se == pytest.approx((w @ (t - centre) ** 2) ** -0.5, rel=1e-10)
    assert found.slope.df == 137
    assert found.departure is not None
    rest = y - (w @ y / w.sum() + slope * (t - centre))
    assert found.departure.chi2 == pytest.approx(w @ rest**2, rel=1e-9)
    assert found.departure.rank == 1
    plain = np.polyfit(t, y, 1)[0]
    assert abs(found.slope.value - plain) > 0.01  # rounds are not worth the same


def test_a_line_knows_that_rounds_share_their_people() -> None:
    # Everybody rises by about one a round, so the slope is near 1 whoever was drawn, though means are not.
    answers = np.array([1.0, 5.0, 2.0, 8.0, 4.0, 7.0])
    noise = {1: [1, -1, 0, 0, -1, 1], 2: [0, 1, -1, 1, -1, 0], 3: [-1, 0, 1, 0, 1, -1]}
    frame = pd.concat(
        [
            pd.DataFrame({"round": r, "person": range(6), "answer": answers + r + np.array(noise[r]) / 20})
            for r in (1, 2, 3)
        ],
        ignore_index=True,
    )
    times = {1: 1, 2: 2, 3: 3}
    (paired,) = round_trends(mean(one_sample(frame), "answer", by=("round",)), times=times)
    apart = simple_random_sample(frame, rounds="round")
    (unpaired,) = round_trends(mean(apart, "answer", by=("round",)), times=times)
    assert paired.slope is not None
    assert unpaired.slope is not None
    assert paired.slope.value == pytest.approx(1, abs=0.05)
    assert paired.slope.se is not None
    assert unpaired.slope.se is not None
    assert paired.slope.se < unpaired.slope.se / 20


def test_a_line_needs_three_rounds_that_tell() -> None:
    frame = pd.DataFrame(
        {"round": [1, 1, 2, 2, 3, 3], "answer": [1, 2, 2, 3, 4, 4], "area": ["n", "n", "n", "n", "n", "s"]}
    )
    made = mean(simple_random_sample(frame, rounds="round"), "answer", by=("round",))
    (found,) = round_trends(made, times={1: 0, 2: 1, 3: 2})
    assert (found.slope, found.departure, found.limits) == (None, None, None)  # round 3 does not vary
    by_area = mean(simple_random_sample(frame, rounds="round"), "answer", by=("round", "area"))
    assert [one.slope for one in round_trends(by_area, times={1: 0, 2: 1, 3: 2})] == [None, None]
    for times, code in (({1: 0, 2: 1}, "rounds_too_few"), ({1: 0, 2: 1, 3: 1}, "time_twice")):
        with pytest.raises(EstimationRefused) as refused:
            round_trends(made, times=times)
        assert refused.value.problems[0].code == f"estimation.{code}"


def unequal_areas() -> pd.DataFrame:
    """North is four times the south, and only the south changes."""
    return pd.DataFrame(
        {
            "round": np.repeat([1, 2], 100),
            "area": ["north"] * 80 + ["south"] * 20 + ["north"] * 80 + ["south"] * 20,
            "answer": [0, 1] * 40 + [0] * 10 + [1] * 10 + [0, 1] * 40 + [1] * 20,
        }
    )


def test_the_whole_is_not_the_average_of_the_averages() -> None:
    design = simple_random_sample(unequal_areas(), rounds="round")
    (whole,) = round_changes(mean(design, "answer", by=("round",)), earlier=1, later=2)
    areas = round_changes(mean(design, "answer", by=("area", "round")), earlier=1, later=2)
    assert [one.value for one in areas] == [0, 0.5]
    assert whole.value == pytest.approx(0.1)
    assert np.mean([one.value for one in areas if one.value is not None]) == 0.25


def test_rounds_that_share_clusters_are_not_taken_for_independent() -> None:
    rng = np.random.default_rng(8)
    place = np.repeat(np.arange(20), 10)
    own = rng.normal(0, 1, 20)[place]
    frame = pd.DataFrame(
        {
            "round": np.repeat([1, 2], 200),
            "place": np.tile(place, 2),
            "answer": np.tile(own, 2) + rng.normal(0, 1, 400),
        }
    )
    design = stated_design(frame, clusters="place", rounds="round")
    (found,) = round_changes(mean(design, "answer", by=("round",)), earlier=1, later=2)
    assert found.se is not None
    assert found.df == 19  # not infinitely many, and not twenty places twice
    assert found.se < 0.5 * (found.v1 + found.v2) ** 0.5
