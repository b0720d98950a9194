"""Where the folders lie that are shipped beside the code: at the top of a checkout, inside a wheel."""

from pathlib import Path
from typing import Literal

Folder = Literal["questionnaires", "migrations", "templates", "docs/examples"]

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: Folder) -> Path:
    """Raises FileNotFoundError where an installation is incomplete."""
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation lacks its folder {name}")
