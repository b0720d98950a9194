"""What the tables of the residents' survey say over themselves, read from what is shown."""

from lsp_assess.disclosure.tables import Role, RowRole, SafeTable, State, Unit
from lsp_assess.disclosure.values import Estimate, Number, Verdict, VerdictCode
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import HEADLINE_GROUP

COUNTED = "residents.note.counted"
"""The footnote that says which answers the share of a question counts."""

MOVED = (VerdictCode.MATERIAL_CHANGE, VerdictCode.REAL_MAY_BE_SMALL)


def area_finding(table: SafeTable) -> Message | None:
    """The range over the areas that are shown; no area is named best or worst."""
    place = max(i for i, column in enumerate(table.columns) if column.role is Role.VALUE)
    cells = [row.cells[place] for row in table.rows if row.role is RowRole.PART]
    shown = [cell.value.amount for cell in cells if isinstance(cell.value, Estimate)]
    if not shown:
        withheld = any(cell.state is State.WITHHELD for cell in cells)
        return message("residents.finding.areas_withheld") if withheld else None
    percent = table.columns[place].unit is Unit.PERCENT
    code = "residents.finding.areas_share" if percent else "residents.finding.areas_mean"
    return message(code, low=min(shown), high=max(shown), n=len(shown))


def change_finding(table: SafeTable) -> Message | None:
    """How many headline questions moved, of those that may be told of; of all where there are none."""
    headline = [row for row in table.rows if row.group == HEADLINE_GROUP]
    which = "" if headline else "_other"
    place = next(i for i, column in enumerate(table.columns) if column.role is Role.VERDICT)
    cells = [row.cells[place] for row in headline or table.rows]
    verdicts = [cell.value for cell in cells if isinstance(cell.value, Verdict)]
    judged = [one.code for one in verdicts if one.code is not VerdictCode.NOT_COMPARED]
    earlier = table.heading.rounds[0].name
    if not judged:
        withheld = any(cell.state is State.WITHHELD for cell in cells)
        code = "residents.finding.all_withheld" if withheld else "residents.finding.nothing_compared"
        return message(code, round=earlier)
    moved = sum(code in MOVED for code in judged)
    return message(
        f"residents.finding.{'moved' if moved else 'none_moved'}{which}",
        moved=moved,
        n=len(judged),
        round=earlier,
    )


def distribution_finding(table: SafeTable) -> Message | None:
    """The commonest answer of the last round, where every answer is shown."""
    last = table.heading.rounds[-1].key
    row = next((row for row in table.rows if row.round == last), None)
    if row is None:
        return None
    shown = [
        (cell.value.amount, column.heading)
        for cell, column in zip(row.cells, table.columns, strict=True)
        if column.role is Role.CATEGORY and isinstance(cell.value, Number)
    ]
    if len(shown) < sum(column.role is Role.CATEGORY for column in table.columns):
        return None
    share, answer = max(shown, key=lambda pair: pair[0])
    balances = _balances(table)
    if len(balances) < 2:
        return message("residents.finding.commonest", answer=answer, share=share)
    (since, before), *_, (_, now) = balances
    return message(
        "residents.finding.balance", answer=answer, share=share, before=before, now=now, round=since
    )


def _balances(table: SafeTable) -> list[tuple[Message, float]]:
    """Rounds whose net balance is shown."""
    place = next((i for i, column in enumerate(table.columns) if column.role is Role.BALANCE), None)
    names = {label.key: label.name for label in table.heading.rounds}
    if place is None:
        return []
    return [
        (names[row.round], cell.value.amount)
        for row in table.rows
        if row.round in names and isinstance((cell := row.cells[place]).value, Number)
    ]
