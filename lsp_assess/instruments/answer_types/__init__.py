"""One handler for each type of answer. A grid is answered row by row, each as a scale; a note is not
answered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lsp_assess.instruments.answer_types.consent import Consent
from lsp_assess.instruments.answer_types.date import CalendarDate
from lsp_assess.instruments.answer_types.handling import AnswerType
from lsp_assess.instruments.answer_types.long_text import LongText
from lsp_assess.instruments.answer_types.multiple import Multiple
from lsp_assess.instruments.answer_types.number import Number
from lsp_assess.instruments.answer_types.scale import OnScale
from lsp_assess.instruments.answer_types.short_text import ShortText
from lsp_assess.instruments.answer_types.single import Single
from lsp_assess.instruments.items import ItemType

HANDLERS: Mapping[ItemType, AnswerType[Any]] = MappingProxyType(
    {
        ItemType.SINGLE: Single(),
        ItemType.MULTIPLE: Multiple(),
        ItemType.SCALE: OnScale(),
        ItemType.NUMBER: Number(),
        ItemType.DATE: CalendarDate(),
        ItemType.SHORT_TEXT: ShortText(),
        ItemType.LONG_TEXT: LongText(),
        ItemType.CONSENT: Consent(),
    }
)
