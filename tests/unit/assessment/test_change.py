from fractions import Fraction
from uuid import UUID

import pytest

from lsp_assess.assessment.change import Shown, part_change, side_by_side
from lsp_assess.assessment.scores import Respondent
from lsp_assess.instruments.scales import MissingKind

COUNCIL, POLICE, HEALTH = (UUID(int=n) for n in (101, 102, 103))


def person(number: int, organisation: UUID, score: int | None) -> Respondent:
    given = MissingKind.DONT_KNOW if score is None else Fraction(score)
    return Respondent(UUID(int=number), organisation, {"vision": given})


BEFORE = [
    person(1, COUNCIL, 20),
    person(2, COUNCIL, 40),
    person(3, COUNCIL, 90),
    person(4, POLICE, 50),
    person(5, HEALTH, 30),
    person(6, HEALTH, None),
]
AFTER = [
    person(1, COUNCIL, 30),
    person(2, COUNCIL, 60),
    person(3, COUNCIL, 70),
    person(4, POLICE, 50),
    person(6, HEALTH, 80),
    person(7, HEALTH, 10),
]


def test_an_organisation_counts_once_by_the_median_change_of_its_matched_people() -> None:
    # council +10, +20, −20: +10; police 0; health nobody in both rounds
    paired = part_change("vision", BEFORE, AFTER, threshold=5).paired
    assert paired is not None
    assert (paired.organisations, paired.up, paired.same, paired.down) == (2, 1, 1, 0)
    assert (paired.people, paired.median_change, paired.testable) == (4, 5, False)


def test_six_organisations_that_all_rose_are_just_testable() -> None:
    before = [person(n, UUID(int=200 + n), 40) for n in range(6)]
    after = [person(n, UUID(int=200 + n), 45 + n) for n in range(6)]
    paired = part_change("vision", before, after, threshold=5).paired
    assert paired is not None
    assert paired.wilcoxon_p == pytest.approx(2 / 2**6)


def test_only_those_who_scored_the_part_in_both_rounds_are_matched() -> None:
    # person 6 did not know in the first round, 5 left, 7 joined
    change = part_change("vision", BEFORE, AFTER, threshold=5)
    assert (change.matched, change.before, change.after) == (4, 45, 55)


@pytest.mark.parametrize(
    ("left", "joined", "shown"),
    [
        (0, 0, Shown.BOTH),
        (0, 1, Shown.ALL_ONLY),
        (0, 4, Shown.ALL_ONLY),
        (0, 5, Shown.BOTH),
        (5, 5, Shown.BOTH),
        (5, 4, Shown.ALL_ONLY),
        (1, 5, Shown.ALL_ONLY),
    ],
)
def test_matched_and_all_stand_side_by_side_only_where_no_joiner_follows_by_subtraction(
    left: int, joined: int, shown: Shown
) -> None:
    stayed = frozenset(UUID(int=n) for n in range(20))
    leavers = frozenset(UUID(int=100 + n) for n in range(left))
    joiners = frozenset(UUID(int=200 + n) for n in range(joined))
    assert side_by_side(stayed | leavers, stayed | joiners, threshold=5) is shown


def test_a_dont_know_in_one_round_counts_as_unmatched_for_that_part() -> None:
    before = [person(n, POLICE, 50) for n in range(8)]
    after = [person(n, POLICE, None if n == 0 else 60) for n in range(8)]
    assert part_change("vision", before, after, threshold=5).shown is Shown.ALL_ONLY


def test_nobody_matched_gives_no_medians() -> None:
    change = part_change("vision", BEFORE[:2], AFTER[3:], threshold=5)
    assert (change.matched, change.before, change.after, change.paired) == (0, None, None, None)
