"""The one gate: before every page, PDF, CSV and API.

Everything published together passes together, so that what is withheld in one table does not stand in
another. Full precision comes out beside, for the restricted store.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from lsp_assess.disclosure.complement import Relation, withheld
from lsp_assess.disclosure.rounding import shown
from lsp_assess.disclosure.rules import Figure, Rule
from lsp_assess.disclosure.tables import (
    SEAL,
    Cell,
    Column,
    Heading,
    RawCell,
    RawTable,
    Row,
    SafeTable,
    State,
)
from lsp_assess.disclosure.values import Estimate, Number, Value, Words
from lsp_assess.kernel.messages import Message

FindingRule: TypeAlias = Callable[[SafeTable], Message | None]
"""Chooses the heading from what is shown, never from what was computed."""


@dataclass(frozen=True, slots=True)
class RestrictedValue:
    """One cell at full precision, withheld or not; it never leaves the restricted store."""

    table: str
    row: str
    column: str
    value: Value | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    tables: tuple[SafeTable, ...]
    restricted: tuple[RestrictedValue, ...]


NO_FINDINGS: Mapping[str, FindingRule] = MappingProxyType({})


def pass_gate(
    tables: Sequence[RawTable],
    *,
    relations: Sequence[Relation] = (),
    unshown: Sequence[Figure] = (),
    findings: Mapping[str, FindingRule] = NO_FINDINGS,
    also: Collection[str] = (),
) -> Gated:
    """`unshown` are figures that stand in a relation but in no table; `findings` go by table id; `also` are
    keys of figures that are withheld whatever their rules say.

    Raises ValueError where two tables share an id, one figure has two rules, a relation names an unknown
    figure, or a number hides in words."""
    if len({table.heading.id for table in tables}) != len(tables):
        raise ValueError("two tables share an id")
    for table in tables:
        _refuse_numbers_in_words(table)
    rules = _rules(tables, unshown)
    hidden = withheld(rules, _known(relations, rules), also=also)
    return Gated(
        tuple(_safe_table(table, hidden, findings.get(table.heading.id)) for table in tables),
        tuple(value for table in tables for value in _restricted(table)),
    )


def _rules(tables: Sequence[RawTable], unshown: Sequence[Figure]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    in_tables = (f for t in tables for r in t.rows for c in r.cells for f in c.figures)
    for figure in (*in_tables, *unshown):
        if rules.setdefault(figure.key, figure.rule) != figure.rule:
            raise ValueError(f"figure {figure.key} has two rules")
    return rules


def _known(relations: Sequence[Relation], rules: Mapping[str, Rule]) -> Sequence[Relation]:
    for relation in relations:
        for key in (*relation.parts, *([relation.total] if relation.total else [])):
            if key not in rules:
                raise ValueError(f"relation names the unknown figure {key}")
    return relations


def _safe_table(table: RawTable, hidden: frozenset[str], finding: FindingRule | None) -> SafeTable:
    rows = tuple(
        Row(
            key=row.key,
            cells=tuple(
                _cell(cell, column, hidden) for cell, column in zip(row.cells, table.columns, strict=True)
            ),
            role=row.role,
            group=row.group,
            round=row.round,
        )
        for row in table.rows
    )
    unheaded = _sealed(table.heading, None, table.columns, rows)
    return unheaded if finding is None else _sealed(table.heading, finding(unheaded), table.columns, rows)


def _sealed(
    heading: Heading, finding: Message | None, columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> SafeTable:
    return SafeTable(heading=heading, finding=finding, columns=columns, rows=rows, seal=SEAL)


def _cell(cell: RawCell, column: Column, hidden: frozenset[str]) -> Cell:
    if any(figure.key in hidden for figure in cell.figures):
        return Cell(State.WITHHELD)
    if cell.missing is not None:
        return Cell(State.MISSING, missing=cell.missing)
    if cell.value is None:
        return Cell(State.NOT_AVAILABLE)
    value = shown(cell.value, column, tuple(figure.rule for figure in cell.figures))
    return Cell(State.ZERO if _is_nought(cell.value) else State.SHOWN, value)


def _is_nought(value: Value) -> bool:
    return isinstance(value, Number | Estimate) and value.amount == 0


def _restricted(table: RawTable) -> Iterator[RestrictedValue]:
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            if cell.figures:
                yield RestrictedValue(table.heading.id, row.key, column.key, cell.value, cell.figures)


def _refuse_numbers_in_words(table: RawTable) -> None:
    """Numbers reach a reader through cells, where the rules see them."""
    heading = table.heading
    said = [heading.title, heading.base, heading.source, *heading.footnotes]
    said += [column.heading for column in table.columns]
    said += [c.value.message for row in table.rows for c in row.cells if isinstance(c.value, Words)]
    for message in said:
        if any(_numbers(message)):
            raise ValueError(f"table {heading.id}: the words {message.code} carry a number")


def _numbers(message: Message) -> Iterator[bool]:
    for value in message.params.values():
        if isinstance(value, Message):
            yield from _numbers(value)
        else:
            yield isinstance(value, int | float)
