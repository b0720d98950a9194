"""The questionnaires that are shipped, and which of them each round uses."""

from collections.abc import Mapping
from dataclasses import dataclass

from lsp_assess.instruments import Instrument, content_hash, parse
from lsp_assess.shipped import shipped_folder

DRIVER = "lsp_driver"
WHEEL = "progress_wheel"
PERCEPTIONS = "value_added_perceptions"
STORY = "value_added_story"
SURVEY = "resident_survey"
IN_PAST_ROUNDS = (DRIVER, WHEEL, PERCEPTIONS, STORY, SURVEY)
IN_OPEN_ROUND = (DRIVER, STORY, SURVEY)


@dataclass(frozen=True, slots=True)
class Shipped:
    instrument: Instrument
    content_hash: str
    source: str


def read_shipped() -> Mapping[str, Shipped]:
    found = {}
    for name in IN_PAST_ROUNDS:
        path = shipped_folder("questionnaires") / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        instrument = parse(text, file=path.name)
        found[name] = Shipped(instrument, content_hash(instrument), text)
    return found
