from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lsp_assess.reports.charts.scale import around, either_side, from_nought, nice_step
from lsp_assess.reports.charts.series import thinned
from lsp_assess.reports.charts.text import spread, width, wrap
from lsp_assess.reports.charts.theme import LIGHT_SHAPES, LIGHTS, diverging

numbers = st.integers(-(10**9), 10**9).map(lambda n: n / 1000)


@given(st.text(alphabet="abcdefgh ilmW", min_size=1, max_size=120), st.floats(40, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words: str, room: float) -> None:
    wrapped = wrap(words, room)
    assert all(width(line) <= room for line in wrapped.split("\n"))
    assert "".join(wrapped.split()) == "".join(words.split())


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_labels_that_have_room_are_spread_apart_within_it(wanted: list[float]) -> None:
    places = sorted(spread(wanted, 20, 0, 200))
    assert all(later - earlier >= 20 - 1e-9 for earlier, later in pairwise(places))
    assert places[0] >= -1e-9
    assert places[-1] <= 200 + 1e-9


def test_a_label_that_stands_alone_stays_where_it_is() -> None:
    assert spread([40, 120], 20, 0, 200) == (40, 120)


def test_labels_of_periods_are_thinned_from_the_last() -> None:
    labels = [(i * 30.0, f"201{i}/1{i}") for i in range(8)]
    assert [words for _, words in thinned(labels)] == ["2011/11", "2013/13", "2015/15", "2017/17"]


@given(st.lists(numbers, min_size=1, max_size=6))
def test_a_scale_holds_every_value(values: list[float]) -> None:
    for low, high in (around(values), from_nought(values), either_side(values)):
        assert low < high
        assert low <= min(values) + 1e-6 * abs(low)
        assert max(values) <= high + 1e-6 * abs(high)


def test_steps_are_those_that_people_count_in() -> None:
    assert [nice_step(span) for span in (1, 7, 60, 130, 1000)] == [0.2, 2, 20, 50, 200]


def test_no_two_lights_share_a_shape() -> None:
    assert len(set(LIGHT_SHAPES.values())) == len(LIGHT_SHAPES) == len(LIGHTS)


def test_both_ends_of_a_scale_are_told_apart_from_its_middle() -> None:
    for categories in range(2, 8):
        colours = diverging(categories)
        assert len(set(colours)) == categories
