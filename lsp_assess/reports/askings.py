"""Whether a question of the published round can be compared with what an earlier round asked.

Two sources say so: the crosswalk of the questionnaire, where rounds used different structures of it, and
the wordings that an imported file declared for its rounds. Without either, other words are no comparison.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lsp_assess.instruments import Instrument, structure_hash
from lsp_assess.instruments.instrument import Comparability, Crossing
from lsp_assess.instruments.items import Question
from lsp_assess.kernel.messages import Message, given
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import Asking


@dataclass(frozen=True, slots=True)
class Wording:
    """How an imported round asked an item, seen from the item's own words."""

    kind: Comparability
    wording: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInstrument:
    """`wordings` and `not_asked` come with imported rounds."""

    round: str
    instrument: Instrument
    wordings: Mapping[str, Wording]
    not_asked: Collection[str] = ()

    def wording(self, name: str) -> Wording:
        return self.wordings.get(name, Wording(Comparability.SAME))


@dataclass(frozen=True, slots=True)
class Found:
    """A question as an earlier round asked it: under which name, and which of its codes are which here."""

    asking: Asking
    name: str
    codes: Mapping[str, str]
    mark: Message | None = None


def found_in(name: str, *, now: RoundInstrument, earlier: RoundInstrument) -> Found | None:
    """None where the earlier round did not ask."""
    crossing = _crossing(name, now, earlier)
    there = name if crossing is None else crossing.there
    if there in earlier.not_asked or earlier.instrument.question(there) is None:
        return None
    structural = _structural(name, crossing, now, earlier)
    codes = dict(crossing.mapping) if crossing is not None else {}
    if structural is Asking.NOT_COMPARABLE:
        return Found(structural, there, codes)
    first, second = earlier.wording(there), now.wording(name)
    worded = Asking.SAME if (first.kind, first.wording) == (second.kind, second.wording) else Asking.MARKED
    asking = Asking.MARKED if Asking.MARKED in (structural, worded) else Asking.SAME
    return Found(asking, there, codes, _mark(asking, crossing, first, second))


def _crossing(name: str, now: RoundInstrument, earlier: RoundInstrument) -> Crossing | None:
    version = earlier.instrument.version
    crosswalk = now.instrument.crosswalk
    return next((c for c in crosswalk if c.item == name and c.to_version == version), None)


def _structural(
    name: str, crossing: Crossing | None, now: RoundInstrument, earlier: RoundInstrument
) -> Asking:
    if structure_hash(now.instrument) == structure_hash(earlier.instrument):
        return Asking.SAME
    if crossing is not None:
        return Asking.MARKED if crossing.breaks_series else Asking.SAME
    same = _asks(now.instrument.question(name)) == _asks(earlier.instrument.question(name))
    return Asking.SAME if same else Asking.NOT_COMPARABLE


def _asks(question: Question | None) -> object:
    """What makes a question the same one in another version: its words and its answers."""
    if question is None:
        return None
    return question.type, question.text, getattr(question, "scale", None), getattr(question, "choices", None)


def _mark(asking: Asking, crossing: Crossing | None, first: Wording, second: Wording) -> Message | None:
    if asking is not Asking.MARKED:
        return None
    if crossing is not None and crossing.note is not None:
        return said(crossing.note)
    note = first.note or second.note or first.wording or second.wording
    return None if note is None else given(note)
