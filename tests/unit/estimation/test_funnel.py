"""Funnel limits of areas."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.funnel import funnel


def test_the_target_is_that_of_all_areas_together_not_the_mean_of_their_shares() -> None:
    found = funnel([1, 90], [10, 100])
    assert found.target == pytest.approx(91 / 110)
    assert [area.value for area in found.areas] == [0.1, 0.9]


def test_limits_of_a_small_area_by_hand() -> None:
    # Ten areas of 8, half of all counted: P(R ≤ 0) = 1/256, P(R ≤ 1) = 9/256. At 0.025 r = 1,
    # a = (9/256 − 0.025)/(8/256) = 0.325: 0.675/8, and as far from 1. At 0.001 r = 0: −0.744/8, cut off at 0.
    found = funnel([4] * 10, [8] * 10)
    assert (found.target, found.dispersion) == (0.5, 0)
    assert found.areas[0].warning == (pytest.approx(0.084375), pytest.approx(0.915625))
    assert found.areas[0].alarm == (0, 1)
    assert not found.areas[0].warned


def test_the_limits_narrow_as_areas_grow_and_the_alarm_lies_outside_the_warning() -> None:
    small, large, *_ = funnel([10, 100, 50, 52], [100, 1000, 500, 500]).areas
    assert small.warning[0] < large.warning[0] < 0.1 < large.warning[1] < small.warning[1]
    assert large.alarm[0] < large.warning[0] < large.warning[1] < large.alarm[1]


def test_winsorised_scatter_stretches_every_limit_about_the_target() -> None:
    counts, bases = [42, 58, 41, 59, 44, 56, 40, 60, 43, 57], [100] * 10
    found = funnel(counts, bases)
    assert found.dispersion is not None
    assert found.dispersion > 1
    exact = funnel([50] * 10, [100] * 10).areas[0]
    for limits, unstretched in zip(
        (found.areas[0].warning, found.areas[0].alarm), (exact.warning, exact.alarm), strict=True
    ):
        assert limits[0] - 0.5 == pytest.approx(found.dispersion**0.5 * (unstretched[0] - 0.5))
        assert limits[1] - 0.5 == pytest.approx(found.dispersion**0.5 * (unstretched[1] - 0.5))
    assert not any(area.alarmed for area in found.areas)


def test_one_area_far_out_does_not_hide_itself() -> None:
    # Nineteen areas alike and one far out: winsorised, the one hardly counts in φ, and is found.
    found = funnel(
        [50, 49, 51, 50, 48, 52, 50, 49, 51, 50, 50, 47, 53, 50, 50, 49, 51, 50, 50, 95], [100] * 20
    )
    assert found.dispersion is not None
    assert found.dispersion < 1
    assert [area.alarmed for area in found.areas] == [False] * 19 + [True]


@pytest.mark.parametrize("share", [0, 1])
def test_areas_where_nobody_or_everybody_counts_do_not_vary(share: int) -> None:
    found = funnel([share * 30, share * 50], [30, 50])
    assert (found.target, found.dispersion) == (share, None)
    assert not any(area.warned for area in found.areas)


@pytest.mark.parametrize(
    ("counts", "bases", "code"),
    [
        ([1], [10], "areas_too_few"),
        ([1, 2], [10], "series_lengths"),
        ([11, 2], [10, 10], "count_beyond_base"),
        ([-1, 2], [10, 10], "count_beyond_base"),
        ([0, 2], [0, 10], "count_beyond_base"),
    ],
)
def test_what_is_no_count_is_refused(counts: list[int], bases: list[int], code: str) -> None:
    with pytest.raises(EstimationRefused) as refused:
        funnel(counts, bases)
    assert refused.value.problems[0].code == f"estimation.{code}"


AREAS = st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2)


@given(AREAS)
@settings(max_examples=30, deadline=None)
def test_an_area_is_called_out_exactly_where_chance_is_less_than_the_limit(
    areas: list[tuple[int, int]],
) -> None:
    found = funnel(*zip(*areas, strict=True))
    if found.dispersion is not None and found.dispersion > 1:
        return
    for area in found.areas:
        tail = min(
            binom.cdf(area.count, area.base, found.target), binom.sf(area.count - 1, area.base, found.target)
        )
        assert area.warned == (tail < 0.025 - 1e-12)
        assert area.alarmed == (tail < 0.001 - 1e-12)


@given(AREAS)
@settings(max_examples=30, deadline=None)
def test_counting_the_others_turns_the_funnel_round(areas: list[tuple[int, int]]) -> None:
    found = funnel(*zip(*areas, strict=True))
    turned = funnel([n - r for r, n in areas], [n for _, n in areas])
    for area, other in zip(found.areas, turned.areas, strict=True):
        assert 0 <= area.alarm[0] <= area.warning[0] <= area.warning[1] <= area.alarm[1] <= 1
        assert area.warning == pytest.approx(tuple(1 - limit for limit in reversed(other.warning)))
        assert area.warned == other.warned
    if found.dispersion is not None:
        assert found.dispersion == pytest.approx(turned.dispersion, abs=1e-9)
