from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.outcomes.trajectory import (
    Expected,
    LineStanding,
    PlanLine,
    PlanPoint,
    check_plan,
    expected,
    the_line,
)

START, END = date(2020, 1, 1), date(2021, 1, 1)  # 366 days
LINE = PlanLine("plan", (PlanPoint(START, Decimal(40)), PlanPoint(END, Decimal(100))))


def flat(name: str, standing: LineStanding = LineStanding.SHOWN) -> PlanLine:
    return PlanLine(name, (PlanPoint(START, Decimal(1)),), standing)


def test_between_two_points_the_expected_value_lies_on_the_straight_line() -> None:
    halfway = expected(LINE, date(2020, 7, 2))  # day 183 of 366
    assert halfway == Expected(Fraction(70), Fraction(70))
    assert expected(LINE, START) == Expected(Fraction(40), Fraction(40))
    assert expected(LINE, END) == Expected(Fraction(100), Fraction(100))


def test_nothing_is_expected_before_the_plan_begins_and_its_last_value_stands_after_it() -> None:
    assert expected(LINE, date(2019, 12, 31)) is None
    assert expected(LINE, date(2030, 1, 1)) == Expected(Fraction(100), Fraction(100))


def test_both_ends_of_a_range_are_interpolated() -> None:
    corridor = PlanLine(
        "corridor",
        (PlanPoint(START, Decimal(10), Decimal(30)), PlanPoint(END, Decimal(20), Decimal(24))),
    )
    assert expected(corridor, date(2020, 7, 2)) == Expected(Fraction(15), Fraction(27))


def test_one_of_at_most_nine_lines_is_the_line() -> None:
    nine = (flat("1", LineStanding.THE_LINE), *(flat(str(n)) for n in range(2, 10)))
    check_plan(nine)
    chosen = the_line(nine)
    assert chosen is not None
    assert chosen.name == "1"
    with pytest.raises(Invalid) as tenth:
        check_plan((*nine, flat("10")))
    assert tenth.value.problems[0].code == "plan_lines_too_many"


@pytest.mark.parametrize("standing", list(LineStanding))
def test_two_lines_cannot_both_be_the_line_and_one_must_be(standing: LineStanding) -> None:
    with pytest.raises(Invalid) as refused:
        check_plan((flat("a", standing), flat("b", standing)))
    assert refused.value.problems[0].code == "plan_line_not_one"


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((), "plan_line_empty"),
        ((PlanPoint(END, Decimal(1)), PlanPoint(START, Decimal(1))), "plan_line_out_of_order"),
        ((PlanPoint(START, Decimal(1)), PlanPoint(START, Decimal(2))), "plan_line_out_of_order"),
        ((PlanPoint(START, Decimal("NaN")),), "plan_value_not_a_number"),
        ((PlanPoint(START, Decimal(1), Decimal(2)), PlanPoint(END, Decimal(1))), "plan_line_half_range"),
        ((PlanPoint(START, Decimal(3), Decimal(2)),), "plan_line_upside_down"),
    ],
)
def test_a_plan_line_that_cannot_be_read_is_refused(points: tuple[PlanPoint, ...], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        PlanLine("plan", points)
    assert refused.value.problems[0].code == code
