"""What the tables of the driver say over themselves, read from what is shown."""

from lsp_assess.disclosure.tables import Role, SafeTable, State
from lsp_assess.disclosure.values import Number, Strip, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import Since

TOTAL = "total"
OF_FRAMEWORKS = "level_one.framework."
ACROSS_EDITIONS = "level_one.finding.editions"
EVERYBODY = "all"
"""The column beside those of the sectors."""


def criteria_finding(table: SafeTable, since: Since = Since.FIRST) -> Message | None:
    """The total, and its change."""
    row = table.row(TOTAL)
    by_role = {
        role: [cell for cell, column in zip(row.cells, table.columns, strict=True) if column.role is role]
        for role in (Role.VALUE, Role.CHANGE)
    }
    now, possible = by_role[Role.VALUE][-1], row.cells[table.column("possible")]
    if not isinstance(now.value, Number) or not isinstance(possible.value, Number):
        withheld = now.state is State.WITHHELD
        return message("level_one.finding.withheld" if withheld else "level_one.finding.no_total")
    total, most = now.value.amount, possible.value.amount
    place, before = (0, 0) if since is Since.FIRST else (-1, -2)
    change = by_role[Role.CHANGE][place].value if by_role[Role.CHANGE] else None
    if not isinstance(change, Number):
        return message("level_one.finding.total", total=total, possible=most)
    earlier = table.heading.rounds[before].name
    if change.amount == 0:
        return message("level_one.finding.total_same", total=total, possible=most, round=earlier)
    code = "level_one.finding.total_up" if change.amount > 0 else "level_one.finding.total_down"
    return message(code, total=total, possible=most, change=abs(change.amount), round=earlier)


def matched_finding(table: SafeTable) -> Message | None:
    """On how many of the parts shown more organisations went up than down."""
    up, down = table.column("up"), table.column("down")
    balances = [
        rise.amount - fall.amount
        for row in table.rows
        if isinstance(rise := row.cells[up].value, Number)
        and isinstance(fall := row.cells[down].value, Number)
    ]
    if not balances:
        return message("level_one.finding.withheld")
    return message(
        "level_one.finding.matched",
        up=sum(b > 0 for b in balances),
        down=sum(b < 0 for b in balances),
        n=len(balances),
    )


def editions_finding(table: SafeTable) -> Message | None:
    """On how many criteria the first round that can be compared was exceeded, and on how many not reached."""
    for place, column in enumerate(table.columns):
        if column.role is not Role.CHANGE:
            continue
        changes = [row.cells[place].value for row in table.rows]
        moved = [change.amount for change in changes if isinstance(change, Number)]
        if moved:
            return message(
                ACROSS_EDITIONS,
                up=sum(amount > 0 for amount in moved),
                down=sum(amount < 0 for amount in moved),
                n=len(moved),
                round=next(one.name for one in table.heading.rounds if one.key == column.round),
            )
    withheld = any(cell.state is State.WITHHELD for cell in table.cells())
    return message("level_one.finding.withheld") if withheld else None


def spread_finding(table: SafeTable) -> Message | None:
    """The part on which the last round lies furthest apart."""
    place = max(i for i, column in enumerate(table.columns) if column.role is Role.SCORES)
    apart: list[tuple[float, float, Message]] = []
    for row in table.rows:
        strip, name = row.cells[place].value, row.cells[0].value
        if isinstance(strip, Strip) and isinstance(name, Words):
            scores = [score for score, _ in strip.points]
            apart.append((min(scores), max(scores), name.message))
    if not apart:
        return message("level_one.finding.withheld")
    low, high, part = max(apart, key=lambda found: found[1] - found[0])
    return message("level_one.finding.apart", part=part, low=low, high=high)
