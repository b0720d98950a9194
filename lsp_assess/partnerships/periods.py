"""Periods of time with a stated type: "2014/15" alone may be a financial or an academic year."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.kernel.messages import Message, message


class PeriodType(StrEnum):
    CALENDAR_YEAR = "calendar_year"
    FINANCIAL_YEAR = "financial_year"
    ACADEMIC_YEAR = "academic_year"
    QUARTER = "quarter"
    MONTH = "month"
    ROLLING_YEAR = "rolling_year"
    INSTANT = "instant"


FIRST_MONTH_OF_YEAR = {
    PeriodType.CALENDAR_YEAR: 1,
    PeriodType.FINANCIAL_YEAR: 4,
    PeriodType.ACADEMIC_YEAR: 9,
}
MONTHS_LONG = {
    PeriodType.CALENDAR_YEAR: 12,
    PeriodType.FINANCIAL_YEAR: 12,
    PeriodType.ACADEMIC_YEAR: 12,
    PeriodType.ROLLING_YEAR: 12,
    PeriodType.QUARTER: 3,
    PeriodType.MONTH: 1,
}


def add_months(day: date, months: int) -> date:
    """The same day `months` later; `day` is the first of a month, so that the day always exists."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day.day)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Both `start` and `end` are days that belong to the period. Sorts by start, then end."""

    start: date
    end: date
    type: PeriodType

    def __post_init__(self) -> None:
        if not _has_its_shape(self):
            raise Invalid(
                problem(
                    "period_shape",
                    type=message(f"period_type.{self.type}"),
                    start=self.start,
                    end=self.end,
                )
            )

    @property
    def label(self) -> Message:
        return _label(self)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def overlaps(self, other: "Period") -> bool:
        return self.start <= other.end and other.start <= self.end

    def comparable_with(self, other: "Period") -> bool:
        """Only periods of one type measure the same length of life; a month never faces a year."""
        return self.type is other.type

    def same_season_as(self, other: "Period") -> bool:
        """Same part of the year, for measures with a season (June with June, not with May)."""
        return self.comparable_with(other) and self.start.month == other.start.month


def year(type_: PeriodType, first: int) -> Period:
    """A year of the given type, named by the calendar year in which it begins."""
    start = date(first, FIRST_MONTH_OF_YEAR[type_], 1)
    return Period(start, add_months(start, 12) - timedelta(days=1), type_)


def quarter(first: int, month: int) -> Period:
    """Three months that begin in January, April, July or October."""
    start = date(first, month, 1)
    return Period(start, add_months(start, 3) - timedelta(days=1), PeriodType.QUARTER)


def month(first: int, number: int) -> Period:
    start = date(first, number, 1)
    return Period(start, add_months(start, 1) - timedelta(days=1), PeriodType.MONTH)


def rolling_year(end: date) -> Period:
    """The twelve months of which `end` is the last day."""
    return Period(_day_after_same_day_last_year(end), end, PeriodType.ROLLING_YEAR)


def instant(day: date) -> Period:
    return Period(day, day, PeriodType.INSTANT)


def _day_after_same_day_last_year(end: date) -> date:
    following = end + timedelta(days=1)
    if (following.month, following.day) == (2, 29):
        return date(following.year - 1, 3, 1)
    return following.replace(year=following.year - 1)


def _has_its_shape(period: Period) -> bool:
    start, end, type_ = period.start, period.end, period.type
    if type_ is PeriodType.INSTANT:
        return start == end
    if type_ is PeriodType.ROLLING_YEAR:
        return start == _day_after_same_day_last_year(end)
    if start.day != 1 or end != add_months(start, MONTHS_LONG[type_]) - timedelta(days=1):
        return False
    if type_ is PeriodType.QUARTER:
        return start.month in (1, 4, 7, 10)
    return type_ is PeriodType.MONTH or start.month == FIRST_MONTH_OF_YEAR[type_]


def _label(period: Period) -> Message:
    start, end = period.start, period.end
    two_years = f"{start.year}/{end.year % 100:02d}"
    match period.type:
        case PeriodType.CALENDAR_YEAR:
            return message("period.calendar_year", year=str(start.year))
        case PeriodType.FINANCIAL_YEAR:
            return message("period.financial_year", years=two_years)
        case PeriodType.ACADEMIC_YEAR:
            return message("period.academic_year", years=two_years)
        case PeriodType.QUARTER:
            return message(
                "period.quarter",
                first=message(f"month.{start.month}"),
                last=message(f"month.{end.month}"),
                year=str(start.year),
            )
        case PeriodType.MONTH:
            return message("period.month", month=message(f"month.{start.month}"), year=str(start.year))
        case PeriodType.ROLLING_YEAR:
            return message("period.rolling_year", end=end)
        case PeriodType.INSTANT:
            return message("period.instant", day=start)
