"""Two hashes tell versions apart: of everything, and of what gives the answers their meaning."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.instruments.document import document
from lsp_assess.instruments.instrument import Instrument

# Wordings and what describes the file. A link or a mended typo changes no answer's meaning.
_WORDING = frozenset(
    {"title", "text", "label", "description", "help", "statements", "intro", "unit", "note"}
    | {"information_sheet", "privacy_notice", "minutes", "languages", "source_language"}
    | {"version", "based_on", "crosswalk", "links", "wheel"}
)
# Below these the keys are the writer's own names, not ours.
_NAMED = frozenset({"scales", "elements", "caps"})


class Difference(StrEnum):
    IDENTICAL = "identical"
    WORDING_CORRECTION = "wording_correction"
    STRUCTURAL = "structural"


@dataclass(frozen=True, slots=True)
class Issued:
    """What is known of a version that has been issued."""

    content: str
    structure: str


def content_hash(instrument: Instrument) -> str:
    return _hash(document(instrument))


def structure_hash(instrument: Instrument) -> str:
    """Covers names, types, values, routing, base rules and scoring; not wordings, not the version."""
    whole = document(instrument)
    del whole["name"]
    return _hash(_structure(whole))


def issued(instrument: Instrument) -> Issued:
    return Issued(content_hash(instrument), structure_hash(instrument))


def compare(old: Instrument, new: Instrument) -> Difference:
    """Two versions of a questionnaire; their version numbers do not count."""
    if structure_hash(old) != structure_hash(new):
        return Difference.STRUCTURAL
    before, after = document(old), document(new)
    del before["version"], after["version"]
    return Difference.IDENTICAL if before == after else Difference.WORDING_CORRECTION


def _structure(value: object) -> object:
    if isinstance(value, list):
        return [_structure(member) for member in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: _structure(member) for name, member in inner.items()}
        if key in _NAMED
        else _structure(inner)
        for key, inner in value.items()
        if key not in _WORDING
    }


def _hash(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
