"""Groups that are nearly the same, and who is told apart by them."""

from uuid import UUID

import pytest

from lsp_assess.disclosure.nearness import Group, Told, are_near


def group(*numbers: int) -> Group:
    return frozenset(UUID(int=number) for number in numbers)


SIX = group(1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (SIX, False),
        (group(1, 2, 3, 4, 5), True),
        (group(1, 2, 3, 4, 5, 7), True),  # one left and one joined
        (group(*range(1, 11)), True),
        (group(*range(1, 12)), False),
        (group(1, 7, 8, 9, 10, 11), False),
    ],
)
def test_groups_are_near_where_few_are_left_over_on_either_side(other: Group, near: bool) -> None:
    assert are_near(SIX, other, threshold=5) is near
    assert are_near(other, SIX, threshold=5) is near


def test_a_group_is_held_against_what_is_told_of_the_same_time_only() -> None:
    told = Told(5)
    told.tell("2024", [SIX])
    assert not told.may("2024", group(1, 2, 3, 4, 5))
    assert told.may("2025", group(1, 2, 3, 4, 5))


def test_a_group_that_is_too_small_to_be_told_of_stands_in_nobodys_way() -> None:
    told = Told(5)
    told.tell("2024", [group(1, 2, 3, 4)])
    assert told.may("2024", group(1, 2, 3, 4, 5))
