"""Cells as people type them: one identity for twins, numbers that are numbers, nothing invisible."""

import re
import unicodedata

from lsp_assess.kernel.errors import Invalid, Place, problem

_NUMBER = re.compile(r"[+-]?(?:\d{1,18})(?:\.\d{1,18})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_LARGEST = 1e15
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def tidy(cell: str) -> str:
    """Without the spaces around it, letters composed (NFC): how codes and labels are compared."""
    return unicodedata.normalize("NFC", cell).strip()


def identity(cell: str) -> str:
    """One identity for the ways of writing one code: full-width, decomposed, in small letters."""
    return unicodedata.normalize("NFKC", cell).strip().casefold()


def check_visible(cell: str, place: Place) -> None:
    """Codes and names hold nothing that cannot be seen: two that look alike would be told apart."""
    found = _INVISIBLE.search(cell)
    if found:
        raise Invalid(problem("import_invisible_character", place, character=f"U+{ord(found[0]):04X}"))


def read_number(cell: str, place: Place) -> float:
    """A finite number written with a point. Raises Invalid for NaN, infinities, minus nought, 1,000."""
    written = cell.replace("−", "-")
    value = float(written) if _NUMBER.fullmatch(written) else None
    if value is None or abs(value) > _LARGEST:
        raise Invalid(problem("import_not_a_number", place, value=cell[:50]))
    if value == 0 and written.startswith("-"):
        raise Invalid(problem("import_minus_nought", place, value=cell[:50]))
    return value
