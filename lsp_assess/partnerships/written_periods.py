"""Reads periods as offices write them; the type is declared by the mapping, never guessed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.periods import (
    Period,
    PeriodType,
    add_months,
    instant,
    month,
    quarter,
    rolling_year,
    year,
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
YEAR = r"(?:19|20|21)[0-9]{2}"
SINGLE_YEAR = re.compile(rf"({YEAR})")
TWO_YEARS = re.compile(rf"({YEAR})\s?[/-]\s?({YEAR}|[0-9]{{2}})")
ISO_DAY = re.compile(rf"({YEAR})-([0-9]{{2}})-([0-9]{{2}})")
ISO_MONTH = re.compile(rf"({YEAR})-([0-9]{{2}})")
NAMED_MONTH = re.compile(rf"([a-z]+)\.?[ -]({YEAR})")
MONTH_TO_MONTH = re.compile(rf"([a-z]+)\.?(?: ({YEAR}))?\s?(?:-|to)\s?([a-z]+)\.? ({YEAR})")
NUMBERED_QUARTER = re.compile(rf"(?:({YEAR})[ -]?q([1-4])|q([1-4])[ -]({YEAR}))")
FINANCIAL_QUARTER = re.compile(rf"(?:({YEAR})/([0-9]{{2}}) q([1-4])|q([1-4]) ({YEAR})/([0-9]{{2}}))")
YEAR_ENDING = re.compile(r"(?:12 months|twelve months|year) (?:ending|to) (.+)")


def parse_period(text: str, type_: PeriodType, *, place: Place = Place()) -> Period:
    """Raises `Invalid` (period_unreadable) where the text cannot be a period of that type."""
    written = " ".join(text.replace("–", "-").replace("—", "-").split()).casefold()
    try:
        period = READERS[type_](written)
    except ValueError:  # a month 13, 30 February
        period = None
    if period is None:
        raise Invalid(problem("period_unreadable", place, text=text, type=message(f"period_type.{type_}")))
    return period


def _calendar_year(text: str) -> Period | None:
    found = SINGLE_YEAR.fullmatch(text)
    return year(PeriodType.CALENDAR_YEAR, int(found[1])) if found else None


def _two_years(type_: PeriodType) -> Callable[[str], Period | None]:
    def read(text: str) -> Period | None:
        found = TWO_YEARS.fullmatch(text)
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
            return None
        if len(found[2]) == 4 and int(found[2]) != int(found[1]) + 1:
            return None
        return year(type_, int(found[1]))

    return read


def _month(text: str) -> Period | None:
    if found := ISO_MONTH.fullmatch(text):
        return month(int(found[1]), int(found[2]))
    found = NAMED_MONTH.fullmatch(text)
    if found is None or found[1] not in MONTHS:
        return None
    return month(int(found[2]), MONTHS[found[1]])


def _quarter(text: str) -> Period | None:
    if found := NUMBERED_QUARTER.fullmatch(text):
        number, first = int(found[2] or found[3]), int(found[1] or found[4])
        return quarter(first, 3 * number - 2)
    if found := FINANCIAL_QUARTER.fullmatch(text):
        first, second = int(found[1] or found[5]), int(found[2] or found[6])
        if (first + 1) % 100 != second:
            return None
        number = int(found[3] or found[4])
        return quarter(first, 3 * number + 1) if number < 4 else quarter(first + 1, 1)
    span = _months_spanned(text)
    if span is None or add_months(span[0], 2) != span[1] or span[0].month not in (1, 4, 7, 10):
        return None
    return quarter(span[0].year, span[0].month)


def _rolling_year(text: str) -> Period | None:
    if found := YEAR_ENDING.fullmatch(text):
        text = found[1]
    if day := _day(text):
        return rolling_year(day)
    if ending := _month(text):
        return rolling_year(ending.end)
    span = _months_spanned(text)
    if span is None or add_months(span[0], 11) != span[1]:
        return None
    return rolling_year(add_months(span[1], 1) - timedelta(days=1))


def _instant(text: str) -> Period | None:
    day = _day(text)
    return instant(day) if day else None


def _day(text: str) -> date | None:
    if found := ISO_DAY.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    words = text.split(" ")
    if len(words) != 3 or words[1] not in MONTHS:
        return None
    if not re.fullmatch(r"[0-9]{1,2}", words[0]) or not SINGLE_YEAR.fullmatch(words[2]):
        return None
    return date(int(words[2]), MONTHS[words[1]], int(words[0]))


def _months_spanned(text: str) -> tuple[date, date] | None:
    """First days of the first and the last month of "Oct 2021-Sep 2022" or "Jan-Mar 2023"."""
    found = MONTH_TO_MONTH.fullmatch(text)
    if found is None or found[1] not in MONTHS or found[3] not in MONTHS:
        return None
    last = date(int(found[4]), MONTHS[found[3]], 1)
    return date(int(found[2] or found[4]), MONTHS[found[1]], 1), last


READERS: dict[PeriodType, Callable[[str], Period | None]] = {
    PeriodType.CALENDAR_YEAR: _calendar_year,
    PeriodType.FINANCIAL_YEAR: _two_years(PeriodType.FINANCIAL_YEAR),
    PeriodType.ACADEMIC_YEAR: _two_years(PeriodType.ACADEMIC_YEAR),
    PeriodType.QUARTER: _quarter,
    PeriodType.MONTH: _month,
    PeriodType.ROLLING_YEAR: _rolling_year,
    PeriodType.INSTANT: _instant,
}
