"""Work on households: visits, interviews, and paper forms keyed afterwards."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lsp_assess.actions.answering import Sheet, sheet_for, submit
from lsp_assess.actions.receipts import Sent
from lsp_assess.actions.work import Work
from lsp_assess.database import residents as stored
from lsp_assess.database.answering import response_of
from lsp_assess.database.models.residents import Resident, SampleMember
from lsp_assess.database.models.residents import Visit as VisitRow
from lsp_assess.database.models.responses import Mode, RespondentKey
from lsp_assess.database.residents import Case
from lsp_assess.kernel.errors import Conflict, NotFound, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.residents.selection import check_adults
from lsp_assess.residents.visits import (
    CaseStatus,
    Visit,
    VisitOutcome,
    after_visit,
    case_status,
    final_outcome,
)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case with its visits, and where they leave it."""

    case: Case
    visits: tuple[Visit, ...]
    status: CaseStatus

    @property
    def member(self) -> SampleMember:
        return self.case.member


def assigned(work: Work) -> list[OpenCase]:
    """The researcher's households in open collections."""
    work.check("interview")
    if work.actor.researcher_id is None:
        return []
    cases = stored.assigned_to(work.session, researcher_id=work.actor.researcher_id, areas=work.actor.areas)
    visits = stored.visits_of(work.session, [case.member.id for case in cases])
    return [_open(case, visits[case.member.id]) for case in cases]


def open_case(work: Work, member_id: UUID) -> OpenCase:
    """Raises NotFound for a household that is not assigned to the researcher, or lies outside the areas."""
    work.check("interview")
    found = None
    if work.actor.researcher_id is not None:
        found = stored.case_of(
            work.session, member_id, researcher_id=work.actor.researcher_id, areas=work.actor.areas
        )
    if found is None:
        raise NotFound
    return opened(work, found)


def held_case(work: Work, member_id: UUID) -> OpenCase:
    """As `open_case`, for whoever writes: of two at the same moment the other waits, and sees the first."""
    case = open_case(work, member_id).case
    stored.hold(work.session, case.member)
    return opened(work, case)


def opened(work: Work, case: Case) -> OpenCase:
    return _open(case, stored.visits_of(work.session, [case.member.id])[case.member.id])


def record_visit(work: Work, case: OpenCase, outcome: VisitOutcome, *, note: str = "") -> OpenCase:
    """One visit and its outcome; raises Conflict where the case cannot take it."""
    status = after_visit(case.status, outcome)
    work.session.add(
        VisitRow(
            partnership_id=work.actor.partnership_id,
            sample_member_id=case.member.id,
            researcher_id=work.actor.researcher_id,
            at=work.now,
            outcome=outcome.value,
            note=note or None,
        )
    )
    visits = (*case.visits, Visit(work.now, outcome, note))
    if status is CaseStatus.FINISHED:
        case.member.outcome = final_outcome(visits).value
    work.record(
        "visit_recorded", object_kind="sample_member", object_id=case.member.id, outcome=outcome.value
    )
    work.session.flush()
    return OpenCase(case.case, visits, status)


def record_interview(work: Work, case: OpenCase, outcome: VisitOutcome) -> None:
    """What was answered is kept, whoever finished the case meanwhile."""
    if case.status is not CaseStatus.FINISHED:
        record_visit(work, case, outcome)


def begin_interview(work: Work, case: OpenCase, *, adults: int) -> None:
    """Note how many adults live there, and give the selected one an id of their own."""
    if case.status is CaseStatus.FINISHED:
        raise Conflict(problem("case_finished"))
    check_adults(adults)
    case.member.adults = adults
    select_resident(work, case.member)
    work.record("interview_begun", object_kind="sample_member", object_id=case.member.id)


def interview_sheet(work: Work, case: OpenCase) -> Sheet:
    """Raises Conflict before the interview has begun: nobody has been selected yet."""
    key = _key_of(work, case.member)
    if key is None:
        raise Conflict(problem("nobody_selected"))
    collection = case.case.collection
    return sheet_for(
        work,
        collection=collection,
        respondent_key_id=key,
        response=response_of(work.session, collection_id=collection.id, respondent_key_id=key),
        mode=Mode.FACE_TO_FACE,
        area_id=case.case.area.id,
        sample_member_id=case.member.id,
    )


def finish_interview(work: Work, case: OpenCase, *, sending_id: UUID) -> Sent:
    """Send the interview and close the case; sending it twice is one interview."""
    sent = submit(work, interview_sheet(work, case), sending_id=sending_id)
    if not sent.repeated:
        record_interview(work, case, VisitOutcome.COMPLETE)
    return sent


def select_resident(work: Work, member: SampleMember) -> UUID:
    """Give the adult who is selected an id, and a key to match answers by; the key's id."""
    if member.resident_id is None:
        resident = Resident(
            partnership_id=work.actor.partnership_id, id=new_id(), household_id=member.household_id
        )
        work.session.add(resident)
        work.session.flush()
        member.resident_id = resident.id
    found = _key_of(work, member)
    if found is not None:
        return found
    key = RespondentKey(partnership_id=work.actor.partnership_id, id=new_id(), resident_id=member.resident_id)
    work.session.add(key)
    work.session.flush()
    return key.id


def _key_of(work: Work, member: SampleMember) -> UUID | None:
    if member.resident_id is None:
        return None
    return work.session.execute(
        select(RespondentKey.id).where(RespondentKey.resident_id == member.resident_id)
    ).scalar_one_or_none()


def _open(case: Case, visits: list[VisitRow]) -> OpenCase:
    told = tuple(Visit(visit.at, VisitOutcome(visit.outcome), visit.note or "") for visit in visits)
    return OpenCase(case, told, case_status(told))
