"""Tables of which nothing may be shown, each in a line."""

from collections.abc import Sequence
from itertools import groupby

from lsp_assess.disclosure.tables import Role, SafeTable, State
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.headings_level_one import EVERYBODY
from lsp_assess.reports.method import listed
from lsp_assess.reports.model import Block, Nothing, TableBlock


def table_blocks(tables: Sequence[SafeTable]) -> list[Block]:
    """A table of which nothing may be shown is one line, not a page of the same sign."""
    blocks: list[Block] = []
    for is_silent, run in groupby(tables, key=_is_silent):
        if is_silent:
            blocks.append(_withheld([table.heading.title for table in run]))
        else:
            blocks += [TableBlock(table) for table in run]
    return blocks


def _withheld(titles: Sequence[Message]) -> Nothing:
    if len(titles) == 1:
        return Nothing(message("reports.all_withheld", title=titles[0]))
    return Nothing(message("reports.all_withheld_these", titles=listed(titles, "reports.listed_apart")))


def _is_silent(table: SafeTable) -> bool:
    return table.is_all_withheld or _shows_only_everybody(table)


def _shows_only_everybody(table: SafeTable) -> bool:
    """By sector, with no sector shown: what is left stands in other tables."""
    if table.id != "level_one.sectors":
        return False
    kept = [i for i, c in enumerate(table.columns) if c.role is not Role.LABEL and c.key != EVERYBODY]
    return all(row.cells[i].state is State.WITHHELD for row in table.rows for i in kept)
