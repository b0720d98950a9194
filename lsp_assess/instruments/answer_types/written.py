"""Written text in one form: NFC, lines ended by LF, nothing that cannot be read or stored. Letters of any
script, and marks that join or turn them round, are kept as they were written."""

import re
import unicodedata

from lsp_assess.instruments.answer_types.handling import NotAnAnswer, shown

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def written(raw: object, *, longest: int, lines: int | None = None) -> str:
    """`longest` in characters. `lines` = 1 for what is kept on one line."""
    if not isinstance(raw, str):
        raise NotAnAnswer("A115", shown(raw))
    if len(raw) > 4 * longest:
        raise NotAnAnswer("A109", maximum=longest, length=len(raw))
    text = _LINE_ENDS.sub("\n", raw).strip()
    if _REFUSED.search(text) or (lines == 1 and ("\n" in text or "\t" in text)):
        raise NotAnAnswer("A110")
    text = unicodedata.normalize("NFC", text)
    if len(text) > longest:
        raise NotAnAnswer("A109", maximum=longest, length=len(text))
    return text
