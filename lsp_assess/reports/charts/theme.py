"""One look for every chart: few colours, each of a different lightness, and never colour alone."""

from typing import TypeAlias

Spec: TypeAlias = dict[str, object]

FONT = "Noto Sans"
WIDTH = 640
TEXT = 11
SMALL = 10
LINE_HEIGHT = 13

INK = "#1b1f23"
SOFT = "#5a646d"
MID = "#8b959d"
PALE = "#cfd5d9"
GRID = "#e3e7ea"
BAND = "#eceff1"
PAPER = "#ffffff"
ACCENT = "#1f5a85"

LIGHTS = {"green": "#00716b", "amber": "#e5a100", "red": "#c43d1a", "grey": MID, "cannot_tell": PAPER}
LIGHT_SHAPES = {
    "green": "circle",
    "amber": "triangle-up",
    "red": "square",
    "grey": "cross",
    "cannot_tell": "diamond",
}

_NEGATIVE = ("#a8481a", "#d98a5b", "#f0c9ae")
_POSITIVE = ("#1f5a85", "#6d9cc0", "#bfd6e6")
_NEUTRAL = "#dde1e4"
_RAMP = ("#173f5e", "#1f5a85", "#4a7fa8", "#7fa6c4", "#aac5da", "#cddde9", "#e6eef4")


def diverging(categories: int) -> tuple[str, ...]:
    """Colours from the first category to the last, darkest at both ends, pale about the neutral point.

    At most seven categories: a longer scale cannot be told apart by eye."""
    half = categories // 2
    if half > len(_NEGATIVE):
        raise ValueError(f"a diverging chart has at most seven categories, not {categories}")
    middle = (_NEUTRAL,) if categories % 2 else ()
    return (*_NEGATIVE[:half], *middle, *reversed(_POSITIVE[:half]))


def ramp(categories: int) -> tuple[str, ...]:
    """Colours of answers that have an order and no middle, or none: dark to pale, at most seven."""
    return _RAMP[:: max(1, len(_RAMP) // categories)][:categories]


def is_dark(colour: str) -> bool:
    """Whether white text reads better on it than black (relative luminance of WCAG 2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return luminance < 0.179


CONFIG: Spec = {
    "font": FONT,
    "background": PAPER,
    "view": {"stroke": None},
    "aria": False,
    "text": {"font": FONT, "fontSize": TEXT, "color": INK, "lineBreak": "\n", "lineHeight": LINE_HEIGHT},
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "labelColor": SOFT,
        "titleColor": SOFT,
        "gridColor": GRID,
        "domainColor": PALE,
        "tickColor": PALE,
        "labelOverlap": True,
        "labelFlush": False,
        "labelExpr": "replace(datum.label, /,/g, '\u202f')",
    },
}
