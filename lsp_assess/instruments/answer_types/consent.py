"""Consent, given or not: nothing is taken as given that was not said."""

from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.items import CONSENT_VALUES, ConsentItem


class Consent:
    def from_form(self, question: ConsentItem, form: Form, _today: date, /) -> str | None:
        value = only_value(form, question.name)
        return None if value is None else _checked(value)

    def from_json(self, _question: ConsentItem, raw: object, _today: date, /) -> str:
        return _checked(raw)


def _checked(value: object) -> str:
    if not isinstance(value, str) or value not in CONSENT_VALUES:
        raise NotAnAnswer("A102", shown(value))
    return value
