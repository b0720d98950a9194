from datetime import date

import pytest

from lsp_assess.kernel.errors import Invalid, Place
from lsp_assess.partnerships.periods import (
    Period,
    PeriodType,
    instant,
    month,
    quarter,
    rolling_year,
    year,
)
from lsp_assess.partnerships.written_periods import parse_period


@pytest.mark.parametrize(
    ("text", "type_", "start", "end"),
    [
        ("2012", PeriodType.CALENDAR_YEAR, date(2012, 1, 1), date(2012, 12, 31)),
        ("2014/15", PeriodType.FINANCIAL_YEAR, date(2014, 4, 1), date(2015, 3, 31)),
        ("2014/15", PeriodType.ACADEMIC_YEAR, date(2014, 9, 1), date(2015, 8, 31)),
        ("1999/00", PeriodType.FINANCIAL_YEAR, date(1999, 4, 1), date(2000, 3, 31)),
        ("2014-2015", PeriodType.ACADEMIC_YEAR, date(2014, 9, 1), date(2015, 8, 31)),
        ("April 2023", PeriodType.MONTH, date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", PeriodType.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("Jan-Mar 2023", PeriodType.QUARTER, date(2023, 1, 1), date(2023, 3, 31)),
        ("2023 Q4", PeriodType.QUARTER, date(2023, 10, 1), date(2023, 12, 31)),
        ("2014/15 Q4", PeriodType.QUARTER, date(2015, 1, 1), date(2015, 3, 31)),
        ("Q1 2014/15", PeriodType.QUARTER, date(2014, 4, 1), date(2014, 6, 30)),
        ("Oct 2021-Sep 2022", PeriodType.ROLLING_YEAR, date(2021, 10, 1), date(2022, 9, 30)),
        ("Oct 2021 – Sep 2022", PeriodType.ROLLING_YEAR, date(2021, 10, 1), date(2022, 9, 30)),
        ("2023-06-30", PeriodType.ROLLING_YEAR, date(2022, 7, 1), date(2023, 6, 30)),
        ("Year ending June 2023", PeriodType.ROLLING_YEAR, date(2022, 7, 1), date(2023, 6, 30)),
        ("2023-06-30", PeriodType.INSTANT, date(2023, 6, 30), date(2023, 6, 30)),
        ("30 June 2023", PeriodType.INSTANT, date(2023, 6, 30), date(2023, 6, 30)),
    ],
)
def test_a_written_period_is_read_by_its_declared_type(
    text: str, type_: PeriodType, start: date, end: date
) -> None:
    assert parse_period(text, type_) == Period(start, end, type_)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("2014/15", PeriodType.CALENDAR_YEAR),
        ("2014/16", PeriodType.FINANCIAL_YEAR),
        ("2014/2115", PeriodType.FINANCIAL_YEAR),
        ("2014", PeriodType.FINANCIAL_YEAR),
        ("2023-13", PeriodType.MONTH),
        ("Avril 2023", PeriodType.MONTH),
        ("Feb-Apr 2023", PeriodType.QUARTER),
        ("2014/16 Q1", PeriodType.QUARTER),
        ("Oct 2021-Oct 2022", PeriodType.ROLLING_YEAR),
        ("2023-02-30", PeriodType.INSTANT),
        ("0000", PeriodType.CALENDAR_YEAR),
        ("٢٠٢٣", PeriodType.CALENDAR_YEAR),
        ("NA", PeriodType.CALENDAR_YEAR),
        ("", PeriodType.MONTH),
    ],
)
def test_what_is_no_period_of_that_type_is_refused_with_its_place(text: str, type_: PeriodType) -> None:
    place = Place(row=7, column="period", value=text)
    with pytest.raises(Invalid) as refused:
        parse_period(text, type_, place=place)
    (found,) = refused.value.problems
    assert (found.code, found.place, found.what.params["text"]) == ("period_unreadable", place, text)


def test_a_rolling_year_that_ends_on_29_february_begins_on_1_march() -> None:
    assert rolling_year(date(2024, 2, 29)).start == date(2023, 3, 1)
    assert rolling_year(date(2024, 2, 28)).start == date(2023, 3, 1)


def test_a_period_that_does_not_have_the_shape_of_its_type_cannot_be_made() -> None:
    with pytest.raises(Invalid) as refused:
        Period(date(2014, 1, 1), date(2014, 12, 31), PeriodType.FINANCIAL_YEAR)
    assert refused.value.problems[0].code == "period_shape"


def test_rolling_years_a_quarter_apart_overlap_and_calendar_years_do_not() -> None:
    assert rolling_year(date(2022, 9, 30)).overlaps(rolling_year(date(2022, 12, 31)))
    assert not year(PeriodType.CALENDAR_YEAR, 2012).overlaps(year(PeriodType.CALENDAR_YEAR, 2013))


def test_a_financial_year_is_not_comparable_with_an_academic_year() -> None:
    financial, academic = year(PeriodType.FINANCIAL_YEAR, 2014), year(PeriodType.ACADEMIC_YEAR, 2014)
    assert not financial.comparable_with(academic)
    assert financial.comparable_with(year(PeriodType.FINANCIAL_YEAR, 2015))


def test_seasons_face_each_other_only_in_the_same_part_of_the_year() -> None:
    assert month(2022, 6).same_season_as(month(2023, 6))
    assert not month(2022, 6).same_season_as(month(2023, 5))
    assert quarter(2022, 4).same_season_as(quarter(2023, 4))


def test_the_label_says_which_kind_of_year_it_is() -> None:
    assert year(PeriodType.FINANCIAL_YEAR, 2014).label.code == "period.financial_year"
    assert year(PeriodType.ACADEMIC_YEAR, 2014).label.params["years"] == "2014/15"
    assert instant(date(2023, 6, 30)).label.params["day"] == date(2023, 6, 30)


def test_every_period_form_of_the_shared_indicators_is_read() -> None:
    forms = {
        "2014/15": PeriodType.FINANCIAL_YEAR,
        "2024/25": PeriodType.ACADEMIC_YEAR,
        "2019": PeriodType.CALENDAR_YEAR,
        "March 2023": PeriodType.MONTH,
        "Jan 2025-Dec 2025": PeriodType.ROLLING_YEAR,
        "2023-06-30": PeriodType.ROLLING_YEAR,
    }
    assert [parse_period(text, type_).days for text, type_ in forms.items()] == [365, 365, 365, 31, 365, 365]
