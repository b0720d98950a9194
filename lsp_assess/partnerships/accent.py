"""The partnership's own colour, which bears white text.

Contrast by WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of relative luminances, where
L = 0.2126 R + 0.7152 G + 0.0722 B of the linearised sRGB channels. Level AA wants 4.5.
"""

import re

LEAST_CONTRAST = 4.5
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


def contrast_with_white(colour: str) -> float | None:
    """From 1 (white) to 21 (black); None where it is no colour as #rrggbb."""
    if not _COLOUR.fullmatch(colour):
        return None
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
