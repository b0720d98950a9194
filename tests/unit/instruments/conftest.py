"""The tiny questionnaires of tests/questionnaires, one a feature."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lsp_assess.instruments import Instrument, parse

TINY = Path(__file__).parents[2] / "questionnaires"
TODAY = date(2026, 3, 14)

HEAD = """\
name: tiny
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Tiny}
"""


def read_tiny(name: str) -> Instrument:
    return parse((TINY / f"{name}.yaml").read_text(encoding="utf-8"), file=f"{name}.yaml")


@pytest.fixture
def tiny() -> Callable[[str], Instrument]:
    return read_tiny


@pytest.fixture
def today() -> date:
    return TODAY
