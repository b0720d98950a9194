from datetime import date
from uuid import UUID

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.partnerships.roles import (
    Matching,
    Membership,
    Role,
    Succession,
    check_seat_free,
    current,
    respondent_key,
    roles_of,
    successions,
)

ANN, BOB, COUNCIL, SEAT = (UUID(int=n) for n in range(1, 5))
ANNS = Membership(ANN, COUNCIL, Role.PARTNER, date(2024, 1, 1), date(2025, 6, 30), SEAT)
BOBS = Membership(BOB, COUNCIL, Role.PARTNER, date(2025, 7, 1), None, SEAT)


def test_a_membership_counts_on_its_first_and_on_its_last_day() -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [ANNS.current_on(day) for day in days] == [False, True, True, False]
    assert current([ANNS, BOBS], date(2025, 7, 1)) == (BOBS,)


def test_one_person_holds_several_roles_and_an_ended_one_no_more() -> None:
    facilitating = Membership(ANN, COUNCIL, Role.FACILITATOR, date(2025, 1, 1))
    assert roles_of(ANN, [ANNS, facilitating], date(2025, 3, 1)) == {Role.PARTNER, Role.FACILITATOR}
    assert roles_of(ANN, [ANNS, facilitating], date(2025, 8, 1)) == {Role.FACILITATOR}


def test_answers_are_matched_by_seat_only_where_the_partnership_says_so() -> None:
    assert respondent_key(ANNS, Matching.SEAT) == respondent_key(BOBS, Matching.SEAT) == SEAT
    assert respondent_key(BOBS, Matching.PERSON) == BOB


def test_matching_by_seat_never_falls_back_on_the_person() -> None:
    with pytest.raises(Invalid) as refused:
        respondent_key(Membership(ANN, COUNCIL, Role.PARTNER, date(2024, 1, 1)), Matching.SEAT)
    assert refused.value.problems[0].code == "membership_without_seat"


def test_a_successor_in_a_seat_is_recorded_and_a_second_term_is_none() -> None:
    second_term = Membership(BOB, COUNCIL, Role.PARTNER, date(2026, 1, 1), None, SEAT)
    assert successions([second_term, BOBS, ANNS]) == (Succession(SEAT, ANN, BOB, date(2025, 7, 1)),)


def test_two_people_cannot_fill_one_seat_on_one_day() -> None:
    check_seat_free([ANNS], BOBS)
    early = Membership(BOB, COUNCIL, Role.PARTNER, date(2025, 6, 30), None, SEAT)
    with pytest.raises(Invalid) as refused:
        check_seat_free([ANNS], early)
    assert refused.value.problems[0].code == "seat_taken"


def test_a_membership_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid):
        Membership(ANN, COUNCIL, Role.PARTNER, date(2024, 1, 2), date(2024, 1, 1))
