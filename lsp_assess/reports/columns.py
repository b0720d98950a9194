"""Columns and labels that many tables share."""

from enum import StrEnum

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import Column, Kind, RawCell, Role, RoundLabel, Unit
from lsp_assess.disclosure.values import Words
from lsp_assess.kernel.messages import Message, message


class Since(StrEnum):
    """With which earlier round a sentence compares the last one."""

    FIRST = "first"
    PREVIOUS = "previous"


HEADLINE_GROUP = "headline"
OTHER_GROUP = "other"
IN_ROUND = "level_one.item_in_round"
"""A label of what is asked, and the round."""


def label_column(heading: Message) -> Column:
    return Column(key="label", kind=Kind.LABEL, heading=heading, role=Role.LABEL)


def label(words: Message) -> RawCell:
    return RawCell(Words(words))


def of_round(key: str, round_: RoundStated) -> str:
    return f"{key}:{round_.key}"


def round_labels(*rounds: RoundStated) -> tuple[RoundLabel, ...]:
    return tuple(RoundLabel(one.key, one.name) for one in rounds)


def estimate_column(round_: RoundStated, *, unit: Unit, decimals: int) -> Column:
    return Column(
        key=of_round("value", round_),
        kind=Kind.ESTIMATE,
        heading=round_.name,
        role=Role.VALUE,
        unit=unit,
        decimals=decimals,
        round=round_.key,
    )


def base_column(round_: RoundStated, *, unit: Unit = Unit.PEOPLE) -> Column:
    return Column(
        key=of_round("base", round_),
        kind=Kind.COUNT,
        heading=message("reports.column.base_in", round=round_.name),
        role=Role.BASE,
        unit=unit,
        round=round_.key,
    )


def change_column(since: RoundStated, *, unit: Unit, decimals: int) -> Column:
    """Belongs to the earlier round: without it there is nothing to compare with."""
    return Column(
        key=of_round("change", since),
        kind=Kind.ESTIMATE,
        heading=message("reports.column.change_since", round=since.name),
        role=Role.CHANGE,
        unit=unit,
        decimals=decimals,
        round=since.key,
    )


def verdict_column(since: RoundStated) -> Column:
    return Column(
        key=of_round("verdict", since),
        kind=Kind.VERDICT,
        heading=message("reports.column.verdict"),
        role=Role.VERDICT,
        round=since.key,
    )
