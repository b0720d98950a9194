"""The short name of a partnership: it stands in every address of its pages, and stays."""

import re

SHORTEST, LONGEST = 3, 40
_SHORT_NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")


def is_short_name(text: str) -> bool:
    """Small letters, digits and single hyphens between them, a letter first."""
    return SHORTEST <= len(text) <= LONGEST and _SHORT_NAME.fullmatch(text) is not None
