"""What partners write beside their scores: about two in five write something on a criterion."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.people import Partner
from lsp_assess.instruments.answers import Answer, Answered

WRITERS = 6  # of strengths, and as many of areas for improvement, on each criterion


@cache
def data(name: str) -> Any:
    """A data file of the demonstration."""
    path = files("lsp_assess.demonstration") / "data" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def remarks_in(round_number: int, partners: Sequence[Partner]) -> Mapping[str, Mapping[str, Answer]]:
    """By name of the partner. Nobody repeats what another wrote in the round."""
    written: dict[str, dict[str, Answer]] = {partner.name: {} for partner in partners}
    for criterion, kinds in data("remarks").items():
        for kind, sentences in kinds.items():
            chance = stream("remarks", criterion, kind, round_number)
            writers = chance.choice(len(partners), size=min(WRITERS, len(sentences)), replace=False)
            for writer, sentence in zip(writers, chance.permutation(sentences), strict=False):
                written[partners[writer].name][f"{kind}_{criterion}"] = Answered(str(sentence))
    return written
