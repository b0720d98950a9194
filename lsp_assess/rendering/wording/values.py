"""Values as people read them: dates, numbers and shares by the rules of the language.

After the colon of a placeholder stands one of:
`plain` (no separators: years, codes) · `whole`, `tenth`, `hundredth` (places shown) · `percent` (0 to 100,
shown whole with its sign) · `signed`, `signed_tenth`, `signed_percent` (with + or −) · `day`, `month`,
`moment` (dates) · `lower` (starts small)
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

Value: TypeAlias = "str | int | float | Decimal | date | datetime | None"
Number: TypeAlias = "int | float | Decimal"

NOTHING = "–"
MINUS = "−"
THIN = "\N{NARROW NO-BREAK SPACE}"
UNITED_KINGDOM = ZoneInfo("Europe/London")

_PLACES = {
    "whole": 0,
    "tenth": 1,
    "hundredth": 2,
    "percent": 0,
    "signed": 0,
    "signed_tenth": 1,
    "signed_percent": 0,
}
_SIGNED = {"signed", "signed_tenth", "signed_percent"}
_PERCENT_SIGN = {"percent", "signed_percent"}


@lru_cache
def locale_of(language: str) -> Locale:
    """The locale of a language as it is used in the United Kingdom, where there is one."""
    return Locale.parse(f"{language}_GB") if language in ("en", "cy", "gd") else Locale.parse(language)


def say_value(value: Value, spec: str, language: str) -> str:
    """Raises ValueError when the specification does not fit the value."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return _say_text(value, spec)
    if isinstance(value, date):
        return _say_date(value, spec, language)
    return _say_number(value, spec, language)


def _say_text(value: str, spec: str) -> str:
    if spec == "lower":
        return value[:1].lower() + value[1:]
    if spec in ("", "plain"):
        return value
    raise ValueError(f"a text cannot be shown as {spec!r}")


def _say_date(value: date, spec: str, language: str) -> str:
    locale = locale_of(language)
    moment = isinstance(value, datetime) and spec in ("", "moment")
    if isinstance(value, datetime):
        value = value.astimezone(UNITED_KINGDOM) if value.tzinfo else value
        if moment:
            return format_datetime(value, "d MMMM y, HH:mm", locale=locale)
    if spec in ("", "day"):
        return format_date(value, "d MMMM y", locale=locale)
    if spec == "month":
        return format_date(value, "MMMM y", locale=locale)
    raise ValueError(f"a date cannot be shown as {spec!r}")


def _say_number(value: Number, spec: str, language: str) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        return NOTHING
    if spec == "plain":
        return f"{exact:f}".replace("-", MINUS)
    if spec == "":
        places = 0 if exact == exact.to_integral_value() else min(2, -int(exact.as_tuple().exponent))
    elif spec in _PLACES:
        places = _PLACES[spec]
    else:
        raise ValueError(f"a number cannot be shown as {spec!r}")
    shown = _grouped(exact, places, language)
    if spec in _SIGNED and exact > 0 and any(digit in "123456789" for digit in shown):
        shown = f"+{shown}"
    return f"{shown}%" if spec in _PERCENT_SIGN else shown


def _grouped(value: Decimal, places: int, language: str) -> str:
    """Rounded once, half up (away from zero); a value that rounds to nought has no sign."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):,f}".replace(",", THIN)
    if places:
        point = str(locale_of(language).number_symbols["latn"]["decimal"])
        digits = digits.replace(".", point)
    return f"{MINUS}{digits}" if rounded < 0 else digits
