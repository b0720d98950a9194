"""What the tables of the line between the levels say over themselves, read from what is shown."""

from collections.abc import Sequence

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import Message, message


def agreement_finding(table: SafeTable) -> Message | None:
    """Of the links examined, how many had steps to compare; those, whether they went the same way."""
    return links_finding((table,))


def links_finding(tables: Sequence[SafeTable]) -> Message | None:
    """The same over several objectives; None without any."""
    shown = [
        (of.amount, alike.amount)
        for table in tables
        for row in table.rows
        if isinstance(of := row.cells[table.column("pairs")].value, Number)
        and isinstance(alike := row.cells[table.column("same")].value, Number)
    ]
    if not tables:
        return None
    links, pairs = sum(len(table.rows) for table in tables), sum(of for of, _ in shown)
    if not pairs:
        return message("line.finding.none", links=links)
    return message("line.finding", links=links, pairs=pairs, same=sum(alike for _, alike in shown))
