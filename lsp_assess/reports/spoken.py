"""A questionnaire's words as a message. Apart from what reckons: pages speak too, and start without it."""

from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import Message, given


def said(text: Text) -> Message:
    return given(**dict(text.entries))
