"""The resident survey: households with their addresses, samples, visits, interviews and consents."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from lsp_assess.database.base import Base
from lsp_assess.database.models import residents as tables
from lsp_assess.database.models.responses import Consent, Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.demonstration.chance import identity, stream
from lsp_assess.demonstration.doorsteps import Case, Standing, interviewed_at, open_cases, past_cases
from lsp_assess.demonstration.interviews import Interview, consents_given, interviews
from lsp_assess.demonstration.load_partnership import membership_id
from lsp_assess.demonstration.panel import HouseholdPlan, draw_panel
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import SURVEY
from lsp_assess.demonstration.residents import ResidentPlan
from lsp_assess.demonstration.sending import sent
from lsp_assess.demonstration.setting import Setting, area_id, collection_id, person_id
from lsp_assess.demonstration.timetable import RoundPlan
from lsp_assess.instruments.items import questions_of

STREETS = (
    "Damson Row",
    "Cinder Lane",
    "Weavers’ Yard",
    "Heron Close",
    "Bakehouse Street",
    "Lantern Terrace",
    "Old Toll Road",
    "Mill Race",
)
MINUTES = 25
BROKEN_OFF_AFTER = 3  # sections


def load_residents(setting: Setting) -> None:
    panel = draw_panel(len(setting.rounds))
    *past, current = setting.rounds
    cases = [(plan, tuple(past_cases(plan, panel.rounds[plan.number - 1]))) for plan in past]
    cases.append((current, tuple(open_cases(current, panel))))
    residents = {
        case.issued.resident.index: case.issued.resident
        for _, of_round in cases
        for case in of_round
        if case.issued.resident is not None
    }
    setting.write(_households(panel.households))
    setting.write(_addresses(panel.households))
    setting.write(_residents(residents.values()))
    setting.write(_keys(residents.values()))
    for plan, of_round in cases:
        setting.write(_members(plan, of_round))
        setting.write(_visits(plan, of_round))
        _load_interviews(setting, plan, of_round)


def household_id(household: HouseholdPlan) -> UUID:
    return identity("household", household.number)


def member_id(plan: RoundPlan, number: int) -> UUID:
    return identity("sample member", plan.number, number)


def resident_id(resident: ResidentPlan) -> UUID:
    return identity("resident", resident.index)


def _households(households: Sequence[HouseholdPlan]) -> Iterator[Base]:
    for one in households:
        yield tables.Household(
            partnership_id=PARTNERSHIP_ID,
            id=household_id(one),
            area_id=area_id(one.ward.code),
            reference=f"H{one.number + 1:05d}",
        )


def _addresses(households: Sequence[HouseholdPlan]) -> Iterator[Base]:
    for one in households:
        chance = stream("address", one.number)
        street = STREETS[one.cluster % len(STREETS)]
        # No such postcode area exists.
        postcode = f"QX{one.cluster % 90 + 1} {one.number % 9 + 1}ZZ"
        yield tables.HouseholdAddress(
            partnership_id=PARTNERSHIP_ID,
            id=household_id(one),
            address=f"{int(chance.integers(1, 150))} {street}, {one.ward.name}, Marrowdale",
            postcode=postcode,
        )


def _residents(residents: Iterable[ResidentPlan]) -> Iterator[Base]:
    for one in residents:
        yield tables.Resident(
            partnership_id=PARTNERSHIP_ID,
            id=resident_id(one),
            household_id=identity("household", one.household),
        )


def _keys(residents: Iterable[ResidentPlan]) -> Iterator[Base]:
    for one in residents:
        yield RespondentKey(
            partnership_id=PARTNERSHIP_ID,
            id=identity("resident key", one.index),
            resident_id=resident_id(one),
        )


def _members(plan: RoundPlan, cases: Sequence[Case]) -> Iterator[Base]:
    for case in cases:
        issued, resident = case.issued, case.issued.resident
        yield tables.SampleMember(
            partnership_id=PARTNERSHIP_ID,
            id=member_id(plan, case.household.number),
            collection_id=collection_id(plan.number, SURVEY),
            household_id=household_id(case.household),
            resident_id=resident_id(resident) if resident is not None else None,
            researcher_id=membership_id(case.researcher) if case.researcher is not None else None,
            stratum=case.household.ward.code,
            cluster=case.household.cluster_code,
            probability=issued.probability,
            panel=issued.state,
            adults=resident.adults if resident is not None else None,
            outcome=issued.outcome.value if issued.outcome is not None else None,
            serial=f"{plan.number}-{case.household.number + 1:05d}",
        )


def _visits(plan: RoundPlan, cases: Sequence[Case]) -> Iterator[Base]:
    for case in cases:
        for place, visit in enumerate(case.visits):
            yield tables.Visit(
                partnership_id=PARTNERSHIP_ID,
                id=identity("visit", plan.number, case.household.number, place),
                sample_member_id=member_id(plan, case.household.number),
                researcher_id=membership_id(case.researcher) if case.researcher is not None else None,
                at=visit.at,
                outcome=visit.outcome.value,
            )


def _load_interviews(setting: Setting, plan: RoundPlan, cases: Sequence[Case]) -> None:
    done = [case for case in cases if case.issued.resident is not None]
    given = interviews(plan.number, [case.issued for case in done], setting.instrument(SURVEY))
    pairs = list(zip(done, given, strict=True))
    setting.write(_response(setting, plan, case, answers) for case, answers in pairs)
    finished = [(case, answers) for case, answers in pairs if case.standing is not Standing.BROKEN_OFF]
    setting.write(
        consent for case, answers in finished for consent in _consents(setting, plan, case, answers)
    )


def _response(setting: Setting, plan: RoundPlan, case: Case, answers: Interview) -> Base:
    assert case.issued.resident is not None and case.researcher is not None  # noqa: S101, PT018  interviewed
    instrument, begun = setting.instrument(SURVEY), interviewed_at(case)
    finished = case.standing is not Standing.BROKEN_OFF
    entered = sent(instrument, answers)
    early = {
        question.name
        for section in instrument.sections[:BROKEN_OFF_AFTER]
        for item in section.items
        for question in questions_of(item)
    }
    draft = entered.draft if finished else {k: v for k, v in entered.draft.items() if k in early}
    return Response(
        partnership_id=PARTNERSHIP_ID,
        id=response_id(plan, case),
        collection_id=collection_id(plan.number, SURVEY),
        respondent_key_id=identity("resident key", case.issued.resident.index),
        instrument_hash=setting.hash_of(SURVEY),
        area_id=area_id(case.household.ward.code),
        sample_member_id=member_id(plan, case.household.number),
        mode=Mode.FACE_TO_FACE,
        status=ResponseStatus.SUBMITTED if finished else ResponseStatus.DRAFT,
        draft=draft,
        submission=entered.submission if finished else None,
        started_at=begun,
        submitted_at=begun + timedelta(minutes=MINUTES) if finished else None,
        entered_by=person_id(case.researcher),
    )


def response_id(plan: RoundPlan, case: Case) -> UUID:
    return identity("response", plan.number, SURVEY, case.household.number)


def _consents(setting: Setting, plan: RoundPlan, case: Case, answers: Interview) -> Iterator[Base]:
    for kind, given in consents_given(answers, setting.instrument(SURVEY)):
        yield Consent(
            partnership_id=PARTNERSHIP_ID,
            id=identity("consent", plan.number, SURVEY, case.household.number, kind),
            response_id=response_id(plan, case),
            kind=kind,
            given=given,
            at=interviewed_at(case) + timedelta(minutes=MINUTES),
        )
