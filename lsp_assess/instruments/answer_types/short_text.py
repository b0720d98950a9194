"""A text of one line."""

from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value
from lsp_assess.instruments.answer_types.written import written
from lsp_assess.instruments.items import ShortTextItem


class ShortText:
    def from_form(self, question: ShortTextItem, form: Form, _today: date, /) -> str | None:
        raw = only_value(form, question.name)
        return None if raw is None else written(raw, longest=question.length, lines=1)

    def from_json(self, question: ShortTextItem, raw: object, _today: date, /) -> str:
        text = written(raw, longest=question.length, lines=1)
        if not text:
            raise NotAnAnswer("A115")
        return text
