"""Who left and who joined over several rounds, and of whom nothing may be told beside the others."""

from collections.abc import Sequence

from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Number
from lsp_assess.reports.draft import gated
from lsp_assess.reports.tables_level_one import level_one_tables
from tests.unit.reports.drivers import driver, person


def scored(*numbers: int, add: int = 0) -> list[Respondent]:
    """Those of odd numbers go up by `add`, the others down."""
    return [person(number, 5 * number + (add if number % 2 else -add)) for number in numbers]


def tables(*rounds: Sequence[Respondent]) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(level_one_tables(driver(*rounds))).tables}


def state(table: SafeTable, column: str) -> State:
    return table.cell("vision", column).state


def test_one_who_joined_takes_the_matched_away_and_leaves_the_criteria_of_both_rounds() -> None:
    shown = tables(scored(*range(1, 9)), scored(*range(1, 10), add=5))
    assert state(shown["level_one.matched.r1"], "after") is State.WITHHELD
    assert state(shown["level_one.unmatched.r1"], "joined_median") is State.WITHHELD
    assert shown["level_one.criteria"].cell("leadership", "value:r1").state is State.SHOWN
    assert shown["level_one.criteria"].cell("leadership", "change:r1").state is State.SHOWN


def test_one_left_and_one_joined_and_neither_follows() -> None:
    shown = tables(scored(*range(1, 9)), scored(*range(2, 10), add=5))
    unmatched = shown["level_one.unmatched.r1"]
    told = {state(unmatched, column) for column in ("left", "left_median", "joined", "joined_median")}
    assert told == {State.WITHHELD}
    assert state(shown["level_one.matched.r1"], "matched") is State.WITHHELD
    assert shown["level_one.criteria"].cell("total", "change:r1").state is State.SHOWN


def test_five_who_left_and_five_who_joined_stand_apart_from_the_matched() -> None:
    """1 to 5 left (median of 5 to 25: 15), 13 to 17 joined (70, 65, 80, 75, 90: 75)."""
    shown = tables(scored(*range(1, 13)), scored(*range(6, 18), add=5))
    unmatched = shown["level_one.unmatched.r1"]
    values = [unmatched.cell("vision", c).value for c in ("left", "left_median", "joined", "joined_median")]
    assert values == [Number(5), Number(15), Number(5), Number(75)]
    assert state(shown["level_one.matched.r1"], "before") is State.SHOWN


def test_where_everybody_scored_twice_nobody_is_told_apart() -> None:
    assert "level_one.unmatched.r1" not in tables(scored(*range(1, 9)), scored(*range(1, 9)))


def test_of_two_groups_of_one_time_that_differ_by_one_person_the_later_is_withheld() -> None:
    """All of 1 to 18 scored in 2024, 1 to 12 in 2025, and 1 to 11 in 2026 with five who joined: those of 2024
    who came back in 2025, and in 2026, are 12 and 11."""
    first, second = scored(*range(1, 19)), scored(*range(1, 13), *range(21, 26), add=5)
    shown = tables(first, second)
    assert state(shown["level_one.matched.r1"], "before") is State.SHOWN
    third = scored(*range(1, 12), *range(31, 36), add=10)
    later = tables(first, second, third)
    assert state(later["level_one.matched.r1"], "before") is State.WITHHELD
    assert state(later["level_one.unmatched.r1"], "left_median") is State.WITHHELD
    assert later["level_one.criteria"].cell("total", "value:r1").state is State.SHOWN
    alone = tables(first, third)
    assert state(alone["level_one.matched.r1"], "before") is State.SHOWN
