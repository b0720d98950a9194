"""R's answers and the data they answer; a missing file fails the tests."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

ORACLES = Path(__file__).parents[2] / "oracles" / "estimation"


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    return json.loads((ORACLES / "answers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def panel() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "panel.csv")


@pytest.fixture(scope="session")
def lonely() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "lonely.csv")


@pytest.fixture(scope="session")
def exact() -> dict[str, Any]:
    return json.loads((ORACLES / "exact.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def few() -> dict[str, Any]:
    return json.loads((ORACLES.parent / "few" / "few.json").read_text(encoding="utf-8"))
