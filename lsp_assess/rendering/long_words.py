"""Words that are longer than any: a line may end within them."""

import re

LONGEST = 100
"""Longer than a hash or most addresses. To find where a line ends, the renderer needs time that grows with
the square of what cannot be parted: sixty thousand letters of two directions took it a minute, and take it
three seconds in pieces."""

_PIECE = re.compile(rf"\S{{{LONGEST}}}(?=\S)")


def parted(words: str) -> str:
    """With a place to end a line, which nobody sees, after each hundred letters that have none."""
    return _PIECE.sub("\\g<0>\u200b", words) if len(words) > LONGEST else words
