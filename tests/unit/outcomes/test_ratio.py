from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.kernel.errors import Invalid
from lsp_assess.outcomes.indicators import Measurement
from lsp_assess.outcomes.ratio import Driver, TrapFlag, ratio_change, split_change
from lsp_assess.partnerships.periods import PeriodType, year


def pair(first: int, second: int) -> tuple[Decimal, Decimal]:
    return Decimal(first), Decimal(second)


def test_long_term_unemployment_falls_as_a_share_when_a_factory_closes() -> None:
    # 200 of 1 000 unemployed are long-term; then 600 others lose their work, and 240 of 1 600 are
    change = split_change(numerators=pair(200, 240), denominators=pair(1000, 1600))
    assert change.change == Fraction(-5, 100)
    assert change.from_numerator == Fraction(13, 400)  # 40 · (1/1000 + 1/1600)/2
    assert change.from_denominator == Fraction(-33, 400)  # 220 · (1/1600 − 1/1000)
    assert (change.driver, change.flag) == (Driver.DENOMINATOR, TrapFlag.FALL_DRIVEN_BY_DENOMINATOR)


def test_a_fall_that_the_numerator_made_is_no_trap() -> None:
    change = split_change(numerators=pair(200, 100), denominators=pair(1000, 1000))
    assert (change.from_numerator, change.from_denominator) == (Fraction(-1, 10), Fraction(0))
    assert (change.driver, change.flag) == (Driver.NUMERATOR, TrapFlag.CLEAR)


def test_a_rise_through_a_shrinking_denominator_names_it_and_is_not_flagged_as_a_fall() -> None:
    change = split_change(numerators=pair(50, 50), denominators=pair(200, 100))
    assert (change.driver, change.flag) == (Driver.DENOMINATOR, TrapFlag.CLEAR)


def test_a_ratio_whose_terms_grow_alike_does_not_move() -> None:
    change = split_change(numerators=pair(1, 2), denominators=pair(10, 20))
    assert (change.change, change.driver) == (Fraction(0), Driver.NONE)


AMOUNT = st.decimals(0, 10**6, places=2)
PAIR = st.tuples(AMOUNT, AMOUNT)
BELOW = st.decimals(Decimal("0.01"), 10**6, places=2)


@given(PAIR, st.tuples(BELOW, BELOW))
@settings(max_examples=50, deadline=None)
def test_the_two_parts_always_sum_to_the_move(
    numerators: tuple[Decimal, Decimal], denominators: tuple[Decimal, Decimal]
) -> None:
    change = split_change(numerators=numerators, denominators=denominators)
    before, after = (Fraction(n) / Fraction(d) for n, d in zip(numerators, denominators, strict=True))
    assert change.from_numerator + change.from_denominator == change.change == after - before


@given(PAIR, st.tuples(BELOW, BELOW))
@settings(max_examples=50, deadline=None)
def test_going_back_takes_away_what_either_part_brought(
    numerators: tuple[Decimal, Decimal], denominators: tuple[Decimal, Decimal]
) -> None:
    there = split_change(numerators=numerators, denominators=denominators)
    back = split_change(numerators=numerators[::-1], denominators=denominators[::-1])
    assert (back.from_numerator, back.from_denominator) == (-there.from_numerator, -there.from_denominator)


def test_a_denominator_of_nought_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        split_change(numerators=pair(1, 2), denominators=pair(0, 20))
    assert refused.value.problems[0].code == "denominator_zero"


def test_values_that_came_without_their_terms_are_not_split() -> None:
    period = year(PeriodType.CALENDAR_YEAR, 2020)
    bare = Measurement(period=period, value=Decimal("0.2"))
    full = Measurement(period=period, value=Decimal("0.2"), numerator=Decimal(200), denominator=Decimal(1000))
    assert ratio_change(bare, full) is None
    assert ratio_change(full, full) == split_change(numerators=pair(200, 200), denominators=pair(1000, 1000))
