"""Consents of a teller: each given apart, each withdrawable; what was said last counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lsp_assess.instruments.items import ConsentTo

FOR_STORIES = (ConsentTo.USE, ConsentTo.QUOTATION, ConsentTo.PHOTOGRAPH, ConsentTo.RECONTACT)


class Said(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    to: ConsentTo
    said: Said
    at: datetime


class ConsentState(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NEVER_ASKED = "never_asked"


def consent_state(records: Sequence[ConsentRecord], to: ConsentTo) -> ConsentState:
    """Of two records of one instant the later in the sequence counts."""
    of_this = sorted((record for record in records if record.to is to), key=lambda record: record.at)
    return ConsentState(of_this[-1].said.value) if of_this else ConsentState.NEVER_ASKED


def allows(records: Sequence[ConsentRecord], to: ConsentTo) -> bool:
    """Without the use of the story nothing of it is used, whatever else was agreed; being contacted again
    is another matter."""
    if consent_state(records, to) is not ConsentState.GIVEN:
        return False
    return to is ConsentTo.RECONTACT or consent_state(records, ConsentTo.USE) is ConsentState.GIVEN
