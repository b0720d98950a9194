"""A handful of partners: everything here can be counted out."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.few import Pair, agreement, compared, middle, paired_change, percentage
from lsp_assess.estimation.permutation import sign_flip_p


def pairs(*changes: float) -> list[Pair]:
    """One person in each organisation."""
    return [Pair(f"org {i}", 50, 50 + change) for i, change in enumerate(changes)]


def counted_out(amounts: list[float]) -> float:
    sums = [
        sum(s * abs(a) for s, a in zip(signs, amounts, strict=True))
        for signs in product((1, -1), repeat=len(amounts))
    ]
    return sum(abs(s) >= abs(sum(amounts)) - 1e-9 for s in sums) / len(sums)


def test_median_and_quartiles() -> None:
    # Ordered 20, 25, 40, 50, 75: quartiles are the 2nd and 4th.
    found = middle([40, 20, 75, 25, 50])
    assert (found.n, found.median, found.lower_quartile, found.upper_quartile) == (5, 40, 25, 50)
    assert (found.lowest, found.highest) == (20, 75)
    # Of 10, 20, 30, 40 the lower quartile lies three quarters of the way from 10 to 20.
    assert middle([10, 20, 30, 40]).lower_quartile == 17.5


def test_agreement_on_the_scale_of_fives() -> None:
    # 21 points five apart: σ²ᵤ = 25·(441 − 1)/12 = 916.67. Scores 40, 50, 60: s² = 100.
    found = agreement([40, 50, 60], lowest=0, highest=100, step=5)
    assert found.rwg == pytest.approx(1 - 100 / (11000 / 12), rel=1e-14)
    assert found.average_deviation == pytest.approx(20 / 3)


def test_agreement_on_five_categories_one_apart() -> None:
    # σ²ᵤ = (25 − 1)/12 = 2; s² of 2, 4 is 2: no better than chance.
    assert agreement([2, 4], lowest=1, highest=5, step=1).rwg == 0


def test_two_camps_agree_less_than_chance() -> None:
    # 0, 0, 100, 100: s² = 4·2500/3, more than 916.67.
    found = agreement([0, 0, 100, 100], lowest=0, highest=100, step=5)
    assert found.rwg == pytest.approx(1 - (10000 / 3) / (11000 / 12))
    assert found.rwg is not None
    assert found.rwg < 0
    assert found.average_deviation == 50


def test_one_person_cannot_agree() -> None:
    found = agreement([70], lowest=0, highest=100, step=5)
    assert (found.rwg, found.average_deviation) == (None, 0)


def test_a_scale_of_one_point_measures_no_agreement() -> None:
    for highest, step in ((1, 1), (5, 0), (5, -1)):
        with pytest.raises(EstimationRefused):
            agreement([1, 1], lowest=1, highest=highest, step=step)


def test_fewer_than_six_changed_pairs_are_not_testable() -> None:
    found = paired_change(pairs(10, 20, 15, 5, 30, 0, 0))
    assert (found.up, found.same, found.down) == (5, 2, 0)
    assert not found.testable
    assert (found.wilcoxon_p, found.sign_flip_p, found.smallest_p) == (None, None, 2 / 32)


def test_six_that_all_rose_reach_the_smallest_p() -> None:
    found = paired_change(pairs(10, 20, 15, 5, 30, 25))
    assert (found.wilcoxon_p, found.sign_flip_p, found.smallest_p) == (1 / 32, 1 / 32, 1 / 32)
    assert found.rank_biserial == 1


def test_zeros_take_part_in_the_ranking_and_are_then_left_out() -> None:
    # |d|: 0, 0 take ranks 1 and 2; 5 → 3, 10 → 4, 15 → 5, −20 → 6, 25 → 7, 30 → 8.
    # Up 3 + 4 + 5 + 7 + 8 = 27, down 6: rank-biserial 21/33.
    # Of the 64 patterns, those with a lesser side ≤ 6: {}, 3, 4, 5, 6, and their mirrors: 10.
    found = paired_change(pairs(0, 5, 10, 0, 15, -20, 25, 30))
    assert found.rank_biserial == pytest.approx(21 / 33)
    assert found.wilcoxon_p == 10 / 64
    assert (found.up, found.same, found.down, found.median_change) == (5, 2, 1, 7.5)


def test_colleagues_of_one_organisation_count_once() -> None:
    # Five people of one organisation and one each of five others: six changes, of which the first is
    # the median of 5, 5, 10, −20, 0.
    crowd = [Pair("council", 40, 40 + change) for change in (5, 5, 10, -20, 0)]
    found = paired_change(crowd + pairs(10, 20, 15, 5, 30))
    assert (found.people, found.organisations, found.up) == (10, 6, 6)
    assert found.sign_flip_p == 2 / 64


def test_partners_who_all_stayed_have_no_direction() -> None:
    found = paired_change(pairs(0, 0, 0))
    assert (found.rank_biserial, found.smallest_p, found.median_change) == (None, None, 0)
    assert not found.testable


def test_nothing_to_flip_is_not_a_p_of_one() -> None:
    assert sign_flip_p([]) is None
    assert sign_flip_p([0, 0, 0]) is None


def test_flips_that_all_reach_as_far_are_a_p_of_one() -> None:
    assert sign_flip_p([1, -1]) == 1


def test_forty_organisations_are_counted_exactly() -> None:
    found = paired_change(pairs(*([5.0] * 40)))
    assert found.sign_flip_p == 2 / 2**40


def test_more_than_forty_organisations_do_not_stop_a_report() -> None:
    found = paired_change(pairs(*([5.0] * 60)))
    assert found.wilcoxon_p == found.sign_flip_p == pytest.approx(2 / 2**60, rel=1e-12)


def test_forty_amounts_without_a_common_step_are_counted_all_the_same() -> None:
    amounts = [float(np.sqrt(i + 2)) for i in range(40)]
    assert sign_flip_p(amounts) == 2 / 2**40
    assert sign_flip_p([-amounts[0], *amounts[1:]]) == 4 / 2**40  # and the one further out, with mirrors


def test_more_than_forty_such_amounts_are_refused() -> None:
    with pytest.raises(EstimationRefused) as refused:
        sign_flip_p([float(np.sqrt(i + 2)) for i in range(41)])
    assert refused.value.problems[0].code == "estimation.too_many_pairs"


def test_a_change_that_is_rounding_error_is_no_change() -> None:
    up = Pair("a", 0.3, 0.1 + 0.2)
    found = paired_change([up, *(Pair(f"org {i}", 0.1, 0.2 + i) for i in range(6))])
    assert (found.up, found.same, found.down) == (6, 1, 0)


def test_nobody_has_no_median() -> None:
    for nothing in (lambda: middle([]), lambda: paired_change([])):
        with pytest.raises(EstimationRefused):
            nothing()


def test_a_score_that_is_no_number_is_refused() -> None:
    for wrong in (float("nan"), float("inf")):
        for attempt in (
            lambda wrong=wrong: middle([1, wrong]),
            lambda wrong=wrong: agreement([1, wrong], lowest=0, highest=5, step=1),
            lambda wrong=wrong: paired_change([Pair("a", 1, wrong)]),
        ):
            with pytest.raises(EstimationRefused) as refused:
                attempt()
            assert refused.value.problems[0].code == "estimation.not_finite"


def test_no_percentages_of_fewer_than_twenty() -> None:
    assert percentage(19, of=19) is None
    assert percentage(0, of=0) is None
    assert percentage(5, of=20) == 25


def test_groups_under_the_threshold_are_not_compared() -> None:
    groups = {"health": [10, 20, 30, 40, 50], "council": [60, 60, 70, 70, 80], "police": [1, 2]}
    found = compared(groups, threshold=5)
    assert {name: one.median for name, one in found.items()} == {"health": 30, "council": 70}
    assert compared({"health": groups["health"], "police": groups["police"]}, threshold=5) == {}


def test_wilcoxon_as_r_has_it(exact: dict[str, Any]) -> None:
    for case in exact["wilcoxon"].values():
        assert paired_change(pairs(*case["changes"])).wilcoxon_p == pytest.approx(case["p"], rel=1e-9)


@given(st.lists(st.sampled_from([-30, -12.5, -5, 2.5, 5, 10, 100 / 3, -20 / 3]), min_size=1, max_size=9))
@settings(max_examples=30, deadline=None)
def test_sign_flips_are_all_counted(amounts: list[float]) -> None:
    assert sign_flip_p(amounts) == pytest.approx(counted_out(amounts), rel=1e-12)


@given(st.lists(st.floats(0.01, 3).map(lambda a: a + 0.0001234), min_size=1, max_size=9))
@settings(max_examples=30, deadline=None)
def test_sign_flips_of_any_amounts_are_all_counted(amounts: list[float]) -> None:
    assert sign_flip_p(amounts) == pytest.approx(counted_out(amounts), rel=1e-12)


@given(st.lists(st.integers(-8, 8), min_size=6, max_size=10), st.sampled_from([1e-6, 0.1, 1 / 3, 1000]))
@settings(max_examples=30, deadline=None)
def test_the_unit_of_the_scale_changes_no_p(changes: list[int], unit: float) -> None:
    one, other = (paired_change([Pair(str(i), 0, c * u) for i, c in enumerate(changes)]) for u in (1, unit))
    assert (one.up, one.same, one.down) == (other.up, other.same, other.down)
    assert (one.wilcoxon_p, one.sign_flip_p) == (other.wilcoxon_p, other.sign_flip_p)


@given(st.lists(st.integers(-8, 8), min_size=6, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_respondents_changes_nothing(changes: list[int], chance: object) -> None:
    people = [Pair(f"org {i // 2}", 50, 50 + change) for i, change in enumerate(changes)]
    turned = list(people)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert paired_change(people) == paired_change(turned)


@given(st.lists(st.integers(-8, 8), min_size=6, max_size=10))
@settings(max_examples=30, deadline=None)
def test_turning_all_changes_round_turns_only_the_direction(changes: list[int]) -> None:
    one, other = paired_change(pairs(*changes)), paired_change(pairs(*(-c for c in changes)))
    assert (one.up, one.wilcoxon_p, one.sign_flip_p) == (other.down, other.wilcoxon_p, other.sign_flip_p)
    assert (one.rank_biserial or 0) == pytest.approx(-(other.rank_biserial or 0))
    assert np.sign(one.median_change) == -np.sign(other.median_change)


@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=9),
    st.integers(-100, 100),
    st.sampled_from([0.1, 5.0]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=30, deadline=None)
def test_agreement_knows_neither_the_units_of_the_scale_nor_the_order_of_people(
    scores: list[int], shift: int, step: float, chance: object
) -> None:
    moved = [shift + step * score for score in scores]
    chance.shuffle(moved)  # type: ignore[attr-defined]
    one = agreement(scores, lowest=0, highest=20, step=1)
    other = agreement(moved, lowest=shift, highest=shift + 20 * step, step=step)
    assert other.rwg == pytest.approx(one.rwg, abs=1e-9)
    assert other.average_deviation == pytest.approx(step * one.average_deviation, abs=1e-9)
