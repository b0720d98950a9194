"""A value of a scale; also each row of a grid."""

import re
from datetime import date

from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.items import ScaleItem

_WHOLE = re.compile(r"-?[0-9]{1,9}")


class OnScale:
    def from_form(self, question: ScaleItem, form: Form, _today: date, /) -> int | None:
        written = only_value(form, question.name)
        if written is None:
            return None
        if not _WHOLE.fullmatch(written):
            raise NotAnAnswer("A102", shown(written))
        return _checked(question, int(written))

    def from_json(self, question: ScaleItem, raw: object, _today: date, /) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise NotAnAnswer("A115", shown(raw))
        return _checked(question, raw)


def _checked(question: ScaleItem, value: int) -> int:
    if value not in question.scale.values:
        raise NotAnAnswer("A102", shown(value))
    return value
