from collections.abc import Callable
from pathlib import Path

import pytest

from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.parsing import parse

PROJECT = Path(__file__).parents[3]
FOLDERS = (PROJECT / "questionnaires", PROJECT / "tests/questionnaires/editions")


@pytest.fixture(scope="session")
def edition() -> Callable[[str], Instrument]:
    def read(name: str) -> Instrument:
        path = next(folder / name for folder in FOLDERS if (folder / name).exists())
        return parse(path.read_text(encoding="utf-8"), file=name)

    return read


@pytest.fixture(scope="session")
def driver(edition: Callable[[str], Instrument]) -> Instrument:
    return edition("lsp_driver.yaml")
