from datetime import UTC, datetime

import pytest

from lsp_assess.kernel.errors import Conflict
from lsp_assess.residents.outcomes import Disposition
from lsp_assess.residents.visits import (
    FINAL,
    INTERIM,
    CaseStatus,
    Visit,
    VisitOutcome,
    after_visit,
    case_status,
    final_outcome,
)


def visits(*outcomes: VisitOutcome) -> list[Visit]:
    return [Visit(datetime(2026, 3, day, tzinfo=UTC), o) for day, o in enumerate(outcomes, start=1)]


def test_every_outcome_is_either_final_or_leads_to_another_visit() -> None:
    assert set(FINAL) | set(INTERIM) == set(VisitOutcome)
    assert not set(FINAL) & set(INTERIM)


@pytest.mark.parametrize("outcome", list(VisitOutcome))
def test_a_finished_address_takes_no_further_visit(outcome: VisitOutcome) -> None:
    with pytest.raises(Conflict) as refused:
        after_visit(CaseStatus.FINISHED, outcome)
    assert refused.value.problems[0].code == "visit_cannot"


def test_two_calls_without_contact_and_an_interview_finish_an_address() -> None:
    calls = visits(VisitOutcome.NO_CONTACT, VisitOutcome.NO_CONTACT, VisitOutcome.COMPLETE)
    assert [case_status(calls[:n]) for n in range(4)] == [
        CaseStatus.UNWORKED,
        CaseStatus.IN_HAND,
        CaseStatus.IN_HAND,
        CaseStatus.FINISHED,
    ]
    assert final_outcome(calls) is Disposition.COMPLETE


def test_visits_are_read_in_the_order_of_time_and_not_of_arrival() -> None:
    first, second = visits(VisitOutcome.NO_CONTACT, VisitOutcome.REFUSED_BY_PERSON)
    assert case_status([second, first]) is CaseStatus.FINISHED
    assert final_outcome([second, first]) is Disposition.REFUSAL


@pytest.mark.parametrize("outcome", [VisitOutcome.EMPTY, VisitOutcome.NOT_A_HOME, VisitOutcome.NOT_FOUND])
def test_where_an_interview_has_begun_somebody_lives(outcome: VisitOutcome) -> None:
    with pytest.raises(Conflict):
        after_visit(CaseStatus.BROKEN_OFF, outcome)


def test_a_broken_off_interview_is_resumed_after_a_call_in_vain() -> None:
    calls = visits(VisitOutcome.BREAK_OFF, VisitOutcome.NO_CONTACT)
    assert case_status(calls) is CaseStatus.BROKEN_OFF
    assert case_status(visits(VisitOutcome.BREAK_OFF, VisitOutcome.COMPLETE)) is CaseStatus.FINISHED


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((), Disposition.UNKNOWN_ELIGIBILITY),
        ((VisitOutcome.NO_CONTACT, VisitOutcome.NO_CONTACT), Disposition.NON_CONTACT),
        ((VisitOutcome.CALL_BACK, VisitOutcome.NO_CONTACT), Disposition.OTHER),
        ((VisitOutcome.BREAK_OFF, VisitOutcome.NO_CONTACT), Disposition.REFUSAL),
        ((VisitOutcome.NO_CONTACT, VisitOutcome.EMPTY), Disposition.NOT_ELIGIBLE),
        ((VisitOutcome.NO_ACCESS,), Disposition.UNKNOWN_ELIGIBILITY),
        ((VisitOutcome.PARTIAL,), Disposition.PARTIAL),
    ],
)
def test_what_an_address_counts_as_when_fieldwork_closes(
    outcomes: tuple[VisitOutcome, ...], expected: Disposition
) -> None:
    assert final_outcome(visits(*outcomes)) is expected
