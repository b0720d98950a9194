"""Visits to a household: what can happen at the door, and where it leaves the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.kernel.messages import message
from lsp_assess.residents.outcomes import Disposition


class VisitOutcome(StrEnum):
    NO_CONTACT = "no_contact"
    CALL_BACK = "call_back"
    BREAK_OFF = "break_off"
    COMPLETE = "complete"
    PARTIAL = "partial"
    REFUSED_BY_HOUSEHOLD = "refused_by_household"
    REFUSED_BY_PERSON = "refused_by_person"
    UNABLE = "unable"
    NO_SHARED_LANGUAGE = "no_shared_language"
    AWAY_THROUGHOUT = "away_throughout"
    NOT_FOUND = "not_found"
    NO_ACCESS = "no_access"
    EMPTY = "empty"
    DEMOLISHED = "demolished"
    NOT_A_HOME = "not_a_home"
    NO_ADULT = "no_adult"


class CaseStatus(StrEnum):
    UNWORKED = "unworked"
    IN_HAND = "in_hand"
    BROKEN_OFF = "broken_off"
    FINISHED = "finished"


FINAL: dict[VisitOutcome, Disposition] = {
    VisitOutcome.COMPLETE: Disposition.COMPLETE,
    VisitOutcome.PARTIAL: Disposition.PARTIAL,
    VisitOutcome.REFUSED_BY_HOUSEHOLD: Disposition.REFUSAL,
    VisitOutcome.REFUSED_BY_PERSON: Disposition.REFUSAL,
    VisitOutcome.UNABLE: Disposition.OTHER,
    VisitOutcome.NO_SHARED_LANGUAGE: Disposition.OTHER,
    VisitOutcome.AWAY_THROUGHOUT: Disposition.NON_CONTACT,
    VisitOutcome.NOT_FOUND: Disposition.UNKNOWN_ELIGIBILITY,
    VisitOutcome.NO_ACCESS: Disposition.UNKNOWN_ELIGIBILITY,
    VisitOutcome.EMPTY: Disposition.NOT_ELIGIBLE,
    VisitOutcome.DEMOLISHED: Disposition.NOT_ELIGIBLE,
    VisitOutcome.NOT_A_HOME: Disposition.NOT_ELIGIBLE,
    VisitOutcome.NO_ADULT: Disposition.NOT_ELIGIBLE,
}
INTERIM = {
    VisitOutcome.NO_CONTACT: CaseStatus.IN_HAND,
    VisitOutcome.CALL_BACK: CaseStatus.IN_HAND,
    VisitOutcome.BREAK_OFF: CaseStatus.BROKEN_OFF,
}
TWO_TAPS = (VisitOutcome.NO_CONTACT, VisitOutcome.REFUSED_BY_HOUSEHOLD, VisitOutcome.REFUSED_BY_PERSON)
"""Offered first on the doorstep."""

TRANSITIONS: dict[tuple[CaseStatus, VisitOutcome], CaseStatus] = {
    **{
        (status, outcome): INTERIM.get(outcome, CaseStatus.FINISHED)
        for status in (CaseStatus.UNWORKED, CaseStatus.IN_HAND)
        for outcome in VisitOutcome
    },
    # An interview has begun: an adult lives there, and what was answered is never lost.
    **{
        (CaseStatus.BROKEN_OFF, outcome): INTERIM.get(outcome, CaseStatus.FINISHED)
        for outcome in (VisitOutcome.BREAK_OFF, VisitOutcome.COMPLETE, VisitOutcome.PARTIAL)
    },
    (CaseStatus.BROKEN_OFF, VisitOutcome.NO_CONTACT): CaseStatus.BROKEN_OFF,
    (CaseStatus.BROKEN_OFF, VisitOutcome.CALL_BACK): CaseStatus.BROKEN_OFF,
    (CaseStatus.BROKEN_OFF, VisitOutcome.REFUSED_BY_PERSON): CaseStatus.FINISHED,
}


@dataclass(frozen=True, slots=True)
class Visit:
    at: datetime
    outcome: VisitOutcome
    note: str = ""


def after_visit(status: CaseStatus, outcome: VisitOutcome) -> CaseStatus:
    """Raises `Conflict` (visit_cannot) where the case is finished or an interview is under way."""
    found = TRANSITIONS.get((status, outcome))
    if found is None:
        raise Conflict(
            problem(
                "visit_cannot",
                status=message(f"case_status.{status}"),
                outcome=message(f"visit_outcome.{outcome}"),
            )
        )
    return found


def case_status(visits: Sequence[Visit]) -> CaseStatus:
    status = CaseStatus.UNWORKED
    for visit in sorted(visits, key=lambda v: v.at):
        status = after_visit(status, visit.outcome)
    return status


def final_outcome(visits: Sequence[Visit]) -> Disposition:
    """What an address counts as when fieldwork closes. An interview broken off and never resumed is a
    refusal (AAPOR 2.12); somebody who was met but not interviewed is *other*; an address that nobody
    visited may or may not be a home."""
    outcomes = [visit.outcome for visit in sorted(visits, key=lambda v: v.at)]
    if not outcomes:
        return Disposition.UNKNOWN_ELIGIBILITY
    if outcomes[-1] in FINAL:
        return FINAL[outcomes[-1]]
    if VisitOutcome.BREAK_OFF in outcomes:
        return Disposition.REFUSAL
    return Disposition.OTHER if VisitOutcome.CALL_BACK in outcomes else Disposition.NON_CONTACT
