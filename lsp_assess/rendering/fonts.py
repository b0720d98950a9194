"""The fonts of charts and reports: Noto Sans from npm, unpacked into `rendering/fonts/` at set-up."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lsp_assess.kernel.errors import NotFound, Place, problem

FAMILY = "Noto Sans"
FOLDER = Path(__file__).parent / "fonts"


class Cut(StrEnum):
    """npm cuts the family by its letters. In one folder two cuts of a name would hide each other from the
    maker of the charts, so that each cut has a folder of its own."""

    COMMON = "latin"
    RARER = "latin-ext"


@dataclass(frozen=True, slots=True)
class Face:
    cut: Cut
    weight: int
    italic: bool

    @property
    def packed(self) -> str:
        """As npm names it."""
        style = "italic" if self.italic else "normal"
        return f"noto-sans-{self.cut.value}-{self.weight}-{style}.woff2"

    @property
    def file(self) -> str:
        return str(Path(self.packed).with_suffix(".ttf"))


FACES = tuple(
    Face(cut, weight, italic) for cut in Cut for weight, italic in ((400, False), (400, True), (700, False))
)


def font_file(face: Face) -> Path:
    """Raises NotFound where set-up has not brought the fonts."""
    path = FOLDER / face.cut.value / face.file
    if not path.is_file():
        raise NotFound(problem("font_missing", Place(file=face.file), font=face.file))
    return path


def measured_fonts() -> Path:
    """The folder with which the maker of the charts measures texts."""
    return font_file(FACES[0]).parent
