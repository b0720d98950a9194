"""One of several choices."""

from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.items import SingleItem


class Single:
    def from_form(self, question: SingleItem, form: Form, _today: date, /) -> str | None:
        value = only_value(form, question.name)
        return None if value is None else _checked(question, value)

    def from_json(self, question: SingleItem, raw: object, _today: date, /) -> str:
        return _checked(question, raw)


def _checked(question: SingleItem, value: object) -> str:
    if not isinstance(value, str):
        raise NotAnAnswer("A115", shown(value))
    if all(choice.value != value for choice in question.choices):
        raise NotAnAnswer("A102", shown(value))
    return value
