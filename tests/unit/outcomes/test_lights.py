from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from lsp_assess.disclosure.values import Colour, Light
from lsp_assess.outcomes.indicators import (
    Frequency,
    Indicator,
    Kind,
    Measurement,
    NoValue,
    Polarity,
    Tolerance,
    ToleranceKind,
)
from lsp_assess.outcomes.lights import Reading, WhyGrey, read_light
from lsp_assess.outcomes.trajectory import PlanLine, PlanPoint
from lsp_assess.partnerships.periods import PeriodType, year

Y2020 = year(PeriodType.CALENDAR_YEAR, 2020)
SOON_AFTER = date(2021, 3, 1)
FIVE_PER_CENT = Tolerance(ToleranceKind.RELATIVE, relative=Decimal("0.05"))


def indicator(polarity: Polarity, tolerance: Tolerance = FIVE_PER_CENT) -> Indicator:
    return Indicator(
        code="I1",
        title="An indicator",
        unit="%",
        kind=Kind.MEASURE,
        polarity=polarity,
        tolerance=tolerance,
        period_type=PeriodType.CALENDAR_YEAR,
        frequency=Frequency.YEARLY,
        publication_lag=90,
    )


def light(
    value: str,
    aim: str,
    polarity: Polarity,
    *,
    upper: str | None = None,
    tolerance: Tolerance = FIVE_PER_CENT,
    interval: tuple[str, str] | None = None,
) -> Reading:
    low, high = (Decimal(end) for end in interval) if interval else (None, None)
    return read_light(
        Measurement(period=Y2020, value=Decimal(value), low=low, high=high),
        indicator=indicator(polarity, tolerance),
        line=PlanLine("plan", (PlanPoint(Y2020.end, Decimal(aim), Decimal(upper) if upper else None),)),
        on=SOON_AFTER,
    )


@pytest.mark.parametrize(
    ("value", "aim", "polarity", "d", "colour"),
    [
        # higher is better, 5 % of 60 is 3
        ("60", "60", Polarity.HIGHER, Fraction(0), Colour.GREEN),
        ("59.99", "60", Polarity.HIGHER, Fraction(-1, 6000), Colour.AMBER),
        ("57", "60", Polarity.HIGHER, Fraction(-1, 20), Colour.AMBER),
        ("56.99", "60", Polarity.HIGHER, Fraction(-301, 6000), Colour.RED),
        # lower is better
        ("60", "60", Polarity.LOWER, Fraction(0), Colour.GREEN),
        ("63", "60", Polarity.LOWER, Fraction(-1, 20), Colour.AMBER),
        ("63.01", "60", Polarity.LOWER, Fraction(-301, 6000), Colour.RED),
        ("0", "60", Polarity.LOWER, Fraction(1), Colour.GREEN),
        # a negative aim: 5 % of |−20| is 1
        ("-21", "-20", Polarity.HIGHER, Fraction(-1, 20), Colour.AMBER),
        ("-21.5", "-20", Polarity.HIGHER, Fraction(-3, 40), Colour.RED),
        # what binary fractions would put on the wrong side: 0.1 + 5 % is 0.105
        ("0.105", "0.1", Polarity.LOWER, Fraction(-1, 20), Colour.AMBER),
    ],
)
def test_a_light_on_its_boundaries(
    value: str, aim: str, polarity: Polarity, d: Fraction, colour: Colour
) -> None:
    reading = light(value, aim, polarity)
    assert (reading.d, reading.light) == (d, Light(colour))


@pytest.mark.parametrize(
    ("value", "d", "colour"),
    [
        ("20", Fraction(0), Colour.GREEN),
        ("30", Fraction(0), Colour.GREEN),
        ("40", Fraction(0), Colour.GREEN),
        ("19", Fraction(-1, 20), Colour.AMBER),
        ("18.9", Fraction(-11, 200), Colour.RED),
        ("42", Fraction(-1, 20), Colour.AMBER),
        ("42.1", Fraction(-21, 400), Colour.RED),
    ],
)
def test_a_range_is_green_inside_and_measured_against_its_nearer_end(
    value: str, d: Fraction, colour: Colour
) -> None:
    reading = light(value, "20", Polarity.RANGE, upper="40")
    assert (reading.d, reading.light.colour) == (d, colour)


@pytest.mark.parametrize(
    ("value", "colour"),
    [("0", Colour.GREEN), ("2", Colour.AMBER), ("2.01", Colour.RED)],
)
def test_where_the_divisor_is_nought_the_absolute_tolerance_serves(value: str, colour: Colour) -> None:
    tolerance = Tolerance(ToleranceKind.RELATIVE, relative=Decimal("0.05"), absolute=Decimal(2))
    reading = light(value, "0", Polarity.LOWER, tolerance=tolerance)
    assert (reading.d, reading.light.colour) == (None, colour)


def test_a_range_from_nought_uses_the_absolute_tolerance_at_that_end_only() -> None:
    tolerance = Tolerance(ToleranceKind.RELATIVE, relative=Decimal("0.05"), absolute=Decimal(1))
    seen = [
        light(value, "0", Polarity.RANGE, upper="40", tolerance=tolerance).light.colour
        for value in ("-1", "-1.1", "0", "42", "42.1")
    ]
    assert seen == [Colour.AMBER, Colour.RED, Colour.GREEN, Colour.AMBER, Colour.RED]


def test_an_absolute_tolerance_is_in_the_unit_of_the_indicator() -> None:
    tolerance = Tolerance(ToleranceKind.ABSOLUTE, absolute=Decimal(2))
    seen = [light(value, "60", Polarity.HIGHER, tolerance=tolerance).light.colour for value in ("58", "57.9")]
    assert seen == [Colour.AMBER, Colour.RED]


def test_without_tolerance_there_is_no_amber() -> None:
    none = Tolerance(ToleranceKind.RELATIVE)
    assert light("59.9", "60", Polarity.HIGHER, tolerance=none).light.colour is Colour.RED
    spanning = light("60", "60", Polarity.HIGHER, tolerance=none, interval=("59", "61")).light
    assert spanning.spans == (Colour.RED, Colour.GREEN)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (("60", "64"), Light(Colour.GREEN)),
        (("59", "64"), Light(Colour.CANNOT_TELL, (Colour.AMBER, Colour.GREEN))),
        (("56", "64"), Light(Colour.CANNOT_TELL, (Colour.RED, Colour.AMBER, Colour.GREEN))),
    ],
)
def test_an_interval_gives_a_light_only_where_all_of_it_has_one_colour(
    interval: tuple[str, str], expected: Light
) -> None:
    assert light("62", "60", Polarity.HIGHER, interval=interval).light == expected


def test_an_interval_wholly_inside_the_tolerance_is_amber() -> None:
    assert light("58", "60", Polarity.HIGHER, interval=("57", "59.9")).light == Light(Colour.AMBER)


def test_an_interval_wider_than_a_range_reaches_the_colours_of_both_sides() -> None:
    reading = light("30", "20", Polarity.RANGE, upper="40", interval=("19.5", "42.5"))
    assert reading.light.spans == (Colour.RED, Colour.AMBER, Colour.GREEN)


def test_grey_says_why() -> None:
    line = PlanLine("plan", (PlanPoint(date(2021, 1, 1), Decimal(60)),))
    of = indicator(Polarity.HIGHER)
    missing = Measurement(period=Y2020, value=None, missing=NoValue.NOT_PUBLISHED)
    there = Measurement(period=Y2020, value=Decimal(60))
    last_day, next_day = date(2022, 3, 31), date(2022, 4, 1)  # 90 days after the end of 2021
    greys = [
        read_light(None, indicator=of, line=line, on=last_day),
        read_light(missing, indicator=of, line=line, on=last_day),
        read_light(there, indicator=of, line=None, on=last_day),
        read_light(there, indicator=of, line=line, on=last_day),  # the plan begins after the value
        read_light(there, indicator=of, line=line, on=next_day),
    ]
    assert {grey.light for grey in greys} == {Light(Colour.GREY)}
    assert [grey.why_grey for grey in greys] == [
        WhyGrey.MISSING,
        WhyGrey.MISSING,
        WhyGrey.NO_LINE,
        WhyGrey.NO_LINE,
        WhyGrey.LATE,
    ]
