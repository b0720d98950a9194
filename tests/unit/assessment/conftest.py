from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.parsing import parse, parse_document

FOLDER = Path(__file__).parents[3] / "questionnaires"

ENABLERS = {
    "approach": ["sound", "integrated"],
    "deployment": ["implemented", "systematic"],
    "review": ["measured", "learned", "improved"],
}
RESULTS = {"results": ["trends", "targets", "comparisons", "causes", "scope"]}


@cache
def _plain(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def plain(name: str) -> dict[str, Any]:
    """The file as plain data, to be changed as somebody would change the file."""
    return deepcopy(_plain(name))


def asking_attributes(name: str, *, caps: dict[str, str]) -> Instrument:
    """The edition with the attributes of its first enabling and its first resident part asked, as a
    partnership would write it into its own file; the edition of 2020 offers them itself."""
    questionnaire = plain(name)
    scoring = questionnaire["scoring"]
    for first in ({"enabler", "direction"}, {"result"}):
        criterion = next(c for c in scoring["criteria"] if c["group"] in first)
        part, elements = criterion["parts"][0], RESULTS if first == {"result"} else ENABLERS
        if "detail" in part:
            continue
        grid = f"{part['item']}_attributes"
        part["detail"] = grid
        names = [attribute for attributes in elements.values() for attribute in attributes]
        questionnaire["sections"][0]["items"].append(
            {
                "name": grid,
                "type": "grid",
                "scale": scoring["scale"],
                "text": {"en": grid, "cy": grid},
                "rows": [{"name": each, "text": {"en": each, "cy": each}} for each in names],
            }
        )
        scoring.setdefault("elements", {})[criterion["group"]] = [
            {"name": element, "attributes": [{"name": each} for each in attributes]}
            for element, attributes in elements.items()
        ]
    scoring.pop("caps", None)
    if caps:
        scoring["caps"] = caps
    return parse_document(questionnaire)


@pytest.fixture(scope="session")
def edition() -> Callable[[str], Instrument]:
    def read(name: str) -> Instrument:
        return parse((FOLDER / name).read_text(encoding="utf-8"), file=name)

    return read


@pytest.fixture(scope="session")
def driver(edition: Callable[[str], Instrument]) -> Instrument:
    return edition("lsp_driver.yaml")
