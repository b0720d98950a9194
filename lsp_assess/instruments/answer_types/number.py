"""A number within its range, with no more decimals than the question takes."""

import math
import re
from datetime import date
from decimal import Decimal

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.items import NumberItem

_WRITTEN = re.compile(r"[-−]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,9})?")


class Number:
    def from_form(self, question: NumberItem, form: Form, _today: date, /) -> int | float | None:
        written = only_value(form, question.name)
        if written is None:
            return None
        if not _WRITTEN.fullmatch(written):
            raise NotAnAnswer("A104", shown(written))
        return _checked(question, Decimal(written.replace("−", "-").replace(",", "")))

    def from_json(self, question: NumberItem, raw: object, _today: date, /) -> int | float:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise NotAnAnswer("A104", shown(raw))
        if isinstance(raw, float) and not math.isfinite(raw):
            raise NotAnAnswer("A104", shown(raw))
        if not question.low <= raw <= question.high:
            raise NotAnAnswer("A105", shown(raw), low=question.low, high=question.high)
        return _checked(question, Decimal(repr(raw)))


def _checked(question: NumberItem, value: Decimal) -> int | float:
    if not Decimal(repr(question.low)) <= value <= Decimal(repr(question.high)):
        raise NotAnAnswer("A105", shown(value), low=question.low, high=question.high)
    if value != round(value, question.decimals):
        raise NotAnAnswer("A106", shown(value), decimals=question.decimals)
    return int(value) if question.decimals == 0 else float(value) + 0.0
