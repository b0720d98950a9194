from collections import Counter
from datetime import date

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.residents.selection import (
    KishTable,
    SelectionRule,
    instruction,
    kish_select,
    kish_table,
    select_by_birthday,
    whom_to_ask,
)


def chosen_over_twelve_addresses(adults: int) -> dict[int, int]:
    return dict(sorted(Counter(kish_select(kish_table(n), adults) for n in range(12)).items()))


@pytest.mark.parametrize(
    ("adults", "times"),
    [
        (1, {1: 12}),
        (2, {1: 6, 2: 6}),
        (3, {1: 4, 2: 4, 3: 4}),
        (4, {1: 3, 2: 3, 3: 3, 4: 3}),
        (5, {1: 2, 2: 2, 3: 3, 4: 2, 5: 3}),  # as Kish published it
        (6, {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2}),
    ],
)
def test_over_twelve_addresses_the_kish_grid_gives_each_adult_the_same_chance(
    adults: int, times: dict[int, int]
) -> None:
    assert chosen_over_twelve_addresses(adults) == times


def test_more_than_six_adults_count_as_six() -> None:
    assert chosen_over_twelve_addresses(9) == chosen_over_twelve_addresses(6)


def test_the_thirteenth_address_begins_the_tables_again() -> None:
    assert kish_table(12) is kish_table(0) is KishTable.A


@pytest.mark.parametrize("adults", [0, -1, 31])
def test_nobody_is_selected_where_no_adult_lives(adults: int) -> None:
    with pytest.raises(Invalid) as refused:
        kish_select(KishTable.A, adults)
    assert refused.value.problems[0].code == "adults_out_of_range"


BIRTHDAYS = [(1, 5), (6, 14), (11, 30)]


@pytest.mark.parametrize(
    ("on", "last", "following"),
    [
        (date(2026, 6, 13), 0, 1),
        (date(2026, 6, 14), 1, 2),  # a birthday today was the last
        (date(2026, 1, 1), 2, 0),  # the last one was last year
        (date(2026, 12, 24), 2, 0),  # the next one is next year
    ],
)
def test_the_last_and_the_next_birthday(on: date, last: int, following: int) -> None:
    assert select_by_birthday(BIRTHDAYS, on=on, rule=SelectionRule.LAST_BIRTHDAY) == last
    assert select_by_birthday(BIRTHDAYS, on=on, rule=SelectionRule.NEXT_BIRTHDAY) == following


def test_a_birthday_on_29_february_is_reached_in_every_year() -> None:
    birthdays = [(2, 29), (2, 27)]
    assert select_by_birthday(birthdays, on=date(2026, 3, 1), rule=SelectionRule.LAST_BIRTHDAY) == 0


def test_of_twins_the_first_in_the_list_is_taken() -> None:
    birthdays = [(6, 14), (6, 14)]
    assert select_by_birthday(birthdays, on=date(2026, 7, 1), rule=SelectionRule.LAST_BIRTHDAY) == 0


@pytest.mark.parametrize("rule", list(SelectionRule))
def test_every_rule_tells_the_researcher_what_to_ask(rule: SelectionRule) -> None:
    assert instruction(rule).code == f"selection.{rule}"


def test_the_screen_says_which_adult_to_interview() -> None:
    assert whom_to_ask(KishTable.D, 4).params == {"number": 3, "adults": 4}
    assert whom_to_ask(KishTable.F, 1).code == "selection.only_adult"
