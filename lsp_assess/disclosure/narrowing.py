"""Leaving out: a safe table with fewer rounds is safe, since nothing new is told."""

from collections.abc import Collection

from lsp_assess.disclosure.gate import FindingRule
from lsp_assess.disclosure.tables import SEAL, Heading, RoundLabel, Row, SafeTable


def only_rounds(
    table: SafeTable, rounds: Collection[str], *, finding: FindingRule | None = None
) -> SafeTable | None:
    """The table with the columns and rows of these rounds, and those that belong to none; None where
    nothing of the rounds is in it. Its old finding stays only where nothing was left out."""
    kept_rounds = tuple(label for label in table.heading.rounds if label.key in rounds)
    if not kept_rounds and table.heading.rounds:
        return None
    if len(kept_rounds) == len(table.heading.rounds):
        return table
    kept = [i for i, column in enumerate(table.columns) if column.round is None or column.round in rounds]
    rows = [row for row in table.rows if row.round is None or row.round in rounds]
    if not rows:
        return None
    heading, columns = _narrowed(table.heading, kept_rounds), tuple(table.columns[i] for i in kept)
    narrowed = tuple(_row(row, kept) for row in rows)
    unheaded = SafeTable(heading=heading, finding=None, columns=columns, rows=narrowed, seal=SEAL)
    if finding is None:
        return unheaded
    return SafeTable(heading=heading, finding=finding(unheaded), columns=columns, rows=narrowed, seal=SEAL)


def _row(row: Row, kept: list[int]) -> Row:
    cells = tuple(row.cells[i] for i in kept)
    return Row(key=row.key, cells=cells, role=row.role, group=row.group, round=row.round)


def _narrowed(heading: Heading, rounds: tuple[RoundLabel, ...]) -> Heading:
    return Heading(
        id=heading.id,
        title=heading.title,
        purpose=heading.purpose,
        base=heading.base,
        source=heading.source,
        rounds=rounds,
        footnotes=heading.footnotes,
    )
