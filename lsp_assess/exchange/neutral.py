"""Text that a spreadsheet program will not run. Numbers never pass through here: they stay numbers."""

import re
import unicodedata

# what begins a formula or a command, also full-width, and what is trimmed before it is looked at
_STARTS = frozenset("=+-@\t\r\n") | frozenset("＝＋－＠﹦﹢﹣﹫")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def neutral(text: str) -> str:
    """The text as it can be shown: no control characters, and an apostrophe before what could be run."""
    if text.isascii() and text.isalnum():
        return text
    shown = _CONTROLS.sub("", text)
    begins = shown.lstrip(" \u00a0\u3000\ufeff\u200b")[:1]
    runs = shown[:1] in _STARTS or begins in _STARTS or unicodedata.normalize("NFKC", begins) in _STARTS
    # a control character that stood first may have hidden it
    return f"'{shown}" if runs and shown else shown
