"""How wide words will be, so that labels get their room before anything is drawn."""

from collections.abc import Sequence
from functools import lru_cache

from lsp_assess.reports.charts.theme import TEXT

# Advance widths of Noto Sans Regular for U+0020 to U+007E, in thousandths of the font size
# (its `hmtx` table); other letters count as a wide small letter.
_ADVANCES = (
    *(260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372),
    *(572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434),
    *(899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781),
    *(605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444),
    *(281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605),
    *(615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572),
)
_OTHER = 620
_BOLDER = 1.06
_REMEMBERED = 16_384
"""The words of a table are measured for every form that it might take."""


def width(words: str, size: float = TEXT) -> float:
    """Pixels that the longest line needs, with the little more of the bold face."""
    return _longest(words) * size / 1000 * _BOLDER


@lru_cache(maxsize=_REMEMBERED)
def _longest(words: str) -> int:
    return max(sum(map(_advance, line)) for line in words.split("\n"))


def _advance(letter: str) -> int:
    place = ord(letter) - 0x20
    return _ADVANCES[place] if 0 <= place < len(_ADVANCES) else _OTHER


@lru_cache(maxsize=_REMEMBERED)
def wrap(words: str, room: float, size: float = TEXT) -> str:
    """Lines no wider than `room`, cut within a word only where the word alone is wider."""
    lines = [""]
    for word in words.split():
        for piece in _pieces(word, room, size):
            joined = f"{lines[-1]} {piece}".strip()
            if width(joined, size) <= room:
                lines[-1] = joined
            else:
                lines.append(piece)
    return "\n".join(line for line in lines if line)


def _pieces(word: str, room: float, size: float) -> list[str]:
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def line_count(words: str) -> int:
    return words.count("\n") + 1


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places near the wanted ones, at least `gap` apart and within [low, high] as far as there is room."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = [0.0] * len(wanted)
    floor = low
    for i in order:
        places[i] = max(wanted[i], floor)
        floor = places[i] + gap
    ceiling = high
    for i in reversed(order):
        places[i] = min(places[i], ceiling)
        ceiling = places[i] - gap
    return tuple(places)
