"""Which adult of a household is asked: one of three stated rules, with what the researcher reads.

Kish, L. (1949), "A procedure for objective respondent selection within the household", JASA 44: eight tables
dealt out to the addresses in twelfths. Adults are numbered from the oldest to the youngest. Seven adults and
more count as six, and in households of five the chances are not quite equal: both are as published.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.messages import Message, message

ADULT_FROM = 18
MOST_ADULTS = 30


class SelectionRule(StrEnum):
    KISH = "kish"
    LAST_BIRTHDAY = "last_birthday"
    NEXT_BIRTHDAY = "next_birthday"


class KishTable(StrEnum):
    A = "A"
    B1 = "B1"
    B2 = "B2"
    C = "C"
    D = "D"
    E1 = "E1"
    E2 = "E2"
    F = "F"


# The number of the adult to select in a household of 1, 2, 3, 4, 5, 6 or more adults.
GRID: dict[KishTable, tuple[int, int, int, int, int, int]] = {
    KishTable.A: (1, 1, 1, 1, 1, 1),
    KishTable.B1: (1, 1, 1, 1, 2, 2),
    KishTable.B2: (1, 1, 1, 2, 2, 2),
    KishTable.C: (1, 1, 2, 2, 3, 3),
    KishTable.D: (1, 2, 2, 3, 4, 4),
    KishTable.E1: (1, 2, 3, 3, 3, 5),
    KishTable.E2: (1, 2, 3, 4, 5, 5),
    KishTable.F: (1, 2, 3, 4, 5, 6),
}
TWELFTHS = (
    KishTable.A,
    KishTable.A,
    KishTable.B1,
    KishTable.B2,
    KishTable.C,
    KishTable.C,
    KishTable.D,
    KishTable.D,
    KishTable.E1,
    KishTable.E2,
    KishTable.F,
    KishTable.F,
)


def kish_table(position: int) -> KishTable:
    """The table of an address by its position (from 0) in the sample as it was drawn."""
    return TWELFTHS[position % len(TWELFTHS)]


def kish_select(table: KishTable, adults: int) -> int:
    """The number of the adult to interview, 1 being the oldest."""
    check_adults(adults)
    return GRID[table][min(adults, 6) - 1]


def check_adults(adults: int) -> None:
    """Raises `Invalid`: nobody can be selected in a household without adults."""
    if not 1 <= adults <= MOST_ADULTS:
        raise Invalid(
            problem("adults_out_of_range", Place(question="adults"), adults=adults, most=MOST_ADULTS)
        )


def select_by_birthday(birthdays: Sequence[tuple[int, int]], *, on: date, rule: SelectionRule) -> int:
    """Place (from 0) of the adult whose birthday, as (month, day), was last or comes next. A birthday on the
    day itself was the last one. Of two on one day the first in the list is taken: list the older first."""
    check_adults(len(birthdays))
    today = (on.month, on.day)
    if rule is SelectionRule.LAST_BIRTHDAY:
        latest = max(birthdays, key=lambda birthday: (birthday <= today, birthday))
        return birthdays.index(latest)
    if rule is SelectionRule.NEXT_BIRTHDAY:
        soonest = min(birthdays, key=lambda birthday: (birthday <= today, birthday))
        return birthdays.index(soonest)
    raise ValueError(f"{rule} does not ask for birthdays")


def instruction(rule: SelectionRule) -> Message:
    """What the researcher does first."""
    if rule is SelectionRule.KISH:
        return message("selection.kish", age=ADULT_FROM)
    if rule is SelectionRule.LAST_BIRTHDAY:
        return message("selection.last_birthday", age=ADULT_FROM)
    return message("selection.next_birthday", age=ADULT_FROM)


def whom_to_ask(table: KishTable, adults: int) -> Message:
    """What the researcher reads once the adults are counted, under the Kish grid."""
    number = kish_select(table, adults)
    if adults == 1:
        return message("selection.only_adult")
    return message("selection.kish_number", number=number, adults=adults)
