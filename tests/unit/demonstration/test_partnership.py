from itertools import combinations

from lsp_assess.demonstration.chance import identity, stream
from lsp_assess.demonstration.people import ORGANISATIONS, SEATS, partners_in
from lsp_assess.demonstration.places import GROUPS, WARDS
from lsp_assess.demonstration.staff import SIGNING_IN, STAFF, with_accounts
from lsp_assess.demonstration.timetable import OPEN_ROUND, past_rounds
from lsp_assess.partnerships.roles import Role

THRESHOLD = 5


def names_in(round_number: int) -> set[str]:
    return {partner.name for partner in partners_in(round_number)}


def test_nine_organisations_and_twenty_four_partners_sit_at_the_table_now() -> None:
    now = list(partners_in(OPEN_ROUND))
    assert len(ORGANISATIONS) == len({partner.organisation for partner in now}) == 9
    assert len(now) == len({partner.name for partner in now}) == 24


def test_a_seat_is_never_held_by_two_people_at_once_and_successors_follow_without_a_gap() -> None:
    for seat in SEATS:
        for before, after in zip(seat.holders, seat.holders[1:], strict=False):
            assert before.ends is not None
            assert (after.begins - before.ends).days == 1


def test_nobody_bears_the_name_of_another() -> None:
    names = [member.name for member in STAFF] + [holder.name for seat in SEATS for holder in seat.holders]
    assert len(names) == len(set(names))


def test_joiners_and_leavers_between_two_rounds_are_so_many_that_matched_figures_may_be_shown() -> None:
    for earlier, later in combinations([plan.number for plan in past_rounds()], 2):
        assert len(names_in(earlier) - names_in(later)) >= THRESHOLD
        assert len(names_in(later) - names_in(earlier)) >= THRESHOLD
        assert len(names_in(earlier) & names_in(later)) >= THRESHOLD


def test_twelve_wards_of_which_three_are_priority_neighbourhoods_lie_in_three_groups_of_four() -> None:
    assert len(WARDS) == 12
    assert sum(ward.is_priority for ward in WARDS) == 3
    assert [sum(ward.group == group.code for ward in WARDS) for group in GROUPS] == [4, 4, 4]


def test_each_role_has_somebody_who_signs_in() -> None:
    roles = {member.name: member.role for member in STAFF}
    assert {roles.get(name, Role.PARTNER) for name in SIGNING_IN} == set(Role)
    assert set(SIGNING_IN) <= set(with_accounts())


def test_chance_is_the_same_for_the_same_topic_and_ids_look_like_any_other() -> None:
    assert stream("a", 1).random(3).tolist() == stream("a", 1).random(3).tolist()
    assert stream("a", 1).random() != stream("a", 2).random()
    assert identity("a").version == 4
    assert identity("a") != identity("b")
