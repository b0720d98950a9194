"""Several of several choices, in the order of the question whatever the order of the answer."""

from collections.abc import Sequence
from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, shown
from lsp_assess.instruments.items import MultipleItem


class Multiple:
    def from_form(
        self,
        question: MultipleItem,
        form: Form,
        _today: date,
        /,
    ) -> tuple[str, ...] | None:
        values = [value for value in form.get(question.name, ()) if value.strip()]
        return _checked(question, values) if values else None

    def from_json(self, question: MultipleItem, raw: object, _today: date, /) -> tuple[str, ...]:
        if not isinstance(raw, list | tuple) or not raw:
            raise NotAnAnswer("A115", shown(raw))
        return _checked(question, raw)


def _checked(question: MultipleItem, values: Sequence[object]) -> tuple[str, ...]:
    known = {choice.value: choice for choice in question.choices}
    for value in values:
        if not isinstance(value, str) or value not in known:
            raise NotAnAnswer("A102", shown(value))
    if len(set(values)) < len(values):
        raise NotAnAnswer("A117")
    if question.maximum is not None and len(values) > question.maximum:
        raise NotAnAnswer("A103", maximum=question.maximum, chosen=len(values))
    chosen = tuple(code for code in known if code in values)
    if len(chosen) > 1 and any(known[code].exclusive for code in chosen):
        raise NotAnAnswer("A116")
    return chosen
