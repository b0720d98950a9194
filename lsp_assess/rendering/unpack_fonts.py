"""Set-up's own step: fonts as they are used, from npm's WOFF2. Unpacking takes seconds, so that no process
that draws or prints shall do it."""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

from lsp_assess.rendering.fonts import FACES, FOLDER


def unpack(packed: Path, into: Path) -> None:
    for face in FACES:
        place = into / face.cut.value / face.file
        place.parent.mkdir(parents=True, exist_ok=True)
        font = TTFont(packed / face.packed)
        font.flavor = None
        font.save(place)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), FOLDER)
