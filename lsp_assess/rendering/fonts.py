"""The fonts of charts and reports: Noto Sans from npm, put into `rendering/fonts/` at set-up."""

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lsp_assess.kernel.errors import NotFound, Place, problem

FAMILY = "Noto Sans"
_FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    file: str
    weight: int
    italic: bool
    unicode_range: str


# The ranges are those that the npm package cuts its files by (its `unicode.json`).
_LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
_LATIN_EXTENDED = (
    "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, "
    "U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, "
    "U+A720-A7FF"
)
_CUTS = {"latin": _LATIN, "latin-ext": _LATIN_EXTENDED}

FACES = tuple(
    Face(f"noto-sans-{cut}-{weight}-{style}.woff2", weight, style == "italic", letters)
    for cut, letters in _CUTS.items()
    for weight, style in ((400, "normal"), (400, "italic"), (700, "normal"))
)


def font_file(face: Face) -> Path:
    """Raises NotFound where set-up has not brought the fonts."""
    path = _FOLDER / face.file
    if not path.is_file():
        raise NotFound(problem("font_missing", Place(file=face.file), font=face.file))
    return path


@lru_cache
def measured_fonts() -> Path:
    """A folder with the fonts as TrueType, which is what the maker of the charts can measure text with.

    Only the cut with the common letters: two cuts of one name hide each other there."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 (no types; slow)

    folder = Path(tempfile.mkdtemp(prefix="lsp-assess-fonts-"))
    for face in (face for face in FACES if face.unicode_range == _LATIN and not face.italic):
        font = TTFont(font_file(face))
        font.flavor = None
        font.save(folder / Path(face.file).with_suffix(".ttf").name)
    return folder
