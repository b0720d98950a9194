"""A text of several lines."""

from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value
from lsp_assess.instruments.answer_types.written import written
from lsp_assess.instruments.items import LongTextItem


class LongText:
    def from_form(self, question: LongTextItem, form: Form, _today: date, /) -> str | None:
        raw = only_value(form, question.name)
        return None if raw is None else written(raw, longest=question.length)

    def from_json(self, question: LongTextItem, raw: object, _today: date, /) -> str:
        text = written(raw, longest=question.length)
        if not text:
            raise NotAnAnswer("A115")
        return text
