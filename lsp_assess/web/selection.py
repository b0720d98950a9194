"""Whom to ask in a household: what the researcher reads before and after the adults are counted."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from lsp_assess.actions.fieldwork import OpenCase
from lsp_assess.database.residents import position_in_sample
from lsp_assess.kernel.messages import Message
from lsp_assess.residents.selection import (
    GRID,
    KishTable,
    SelectionRule,
    instruction,
    kish_table,
    whom_to_ask,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the researcher reads at the door; `kish` pairs a number of adults with the one to ask."""

    said: Message
    kish: tuple[tuple[str, int], ...]


def _rule(case: OpenCase) -> SelectionRule:
    return SelectionRule(case.case.collection.settings.get("selection_rule", SelectionRule.LAST_BIRTHDAY))


def _table(session: Session, case: OpenCase) -> KishTable:
    return kish_table(position_in_sample(session, case.member))


def person_selected(session: Session, case: OpenCase) -> Message | None:
    """Who is interviewed, where the adults were numbered."""
    if _rule(case) is not SelectionRule.KISH or case.member.adults is None:
        return None
    return whom_to_ask(_table(session, case), case.member.adults)


def selection_of(session: Session, case: OpenCase) -> Selection:
    rule = _rule(case)
    if rule is not SelectionRule.KISH:
        return Selection(instruction(rule), ())
    table = GRID[_table(session, case)]
    counts = [str(adults) for adults in range(1, len(table))] + [f"{len(table)}+"]
    return Selection(instruction(rule), tuple(zip(counts, table, strict=True)))
