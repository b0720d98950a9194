"""A day of the calendar, within its bounds."""

import re
from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.items import DateBound, DateItem

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DIGITS = re.compile(r"[0-9]{1,4}")
PARTS = ("day", "month", "year")


class CalendarDate:
    def from_form(self, question: DateItem, form: Form, today: date, /) -> date | None:
        whole = only_value(form, question.name)
        if whole is not None:
            return self.from_json(question, whole, today)
        parts = [only_value(form, f"{question.name}--{part}") for part in PARTS]
        if parts == [None, None, None]:
            return None
        written = " ".join(part or "–" for part in parts)
        if any(part is None or not _DIGITS.fullmatch(part) for part in parts):
            raise NotAnAnswer("A107", shown(written))
        day, month, year = (int(part) for part in parts if part is not None)
        return _checked(question, (year, month, day), written, today)

    def from_json(self, question: DateItem, raw: object, today: date, /) -> date:
        found = _ISO.fullmatch(raw) if isinstance(raw, str) else None
        if found is None:
            raise NotAnAnswer("A107", shown(raw))
        year, month, day = (int(part) for part in found.groups())
        return _checked(question, (year, month, day), found[0], today)


def _checked(question: DateItem, parts: tuple[int, int, int], written: str, today: date) -> date:
    try:
        day = date(*parts)
    except ValueError as error:
        raise NotAnAnswer("A107", shown(written)) from error
    earliest, latest = _bound(question.earliest, today), _bound(question.latest, today)
    if earliest is not None and day < earliest:
        raise NotAnAnswer("A108", shown(written), low=earliest)
    if latest is not None and day > latest:
        raise NotAnAnswer("A119", shown(written), high=latest)
    return day


def _bound(bound: DateBound | None, today: date) -> date | None:
    return today if bound == "today" else bound
