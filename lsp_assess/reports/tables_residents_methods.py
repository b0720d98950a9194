"""Level two: what each figure of the survey was made with, read from the figures that the release shows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lsp_assess.disclosure.tables import (
    Cell,
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    RowRole,
    SafeTable,
    State,
    Unit,
)
from lsp_assess.disclosure.values import Estimate, IntervalMethod, Missing, Number, Verdict, VerdictCode
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.method import OF_RESIDENTS, listed

METHODS = f"{OF_RESIDENTS}methods"
_RESIDENTS = "level_two.residents."
NO_TEST = "none"
NOT_APPLICABLE = RawCell(missing=Missing.NOT_APPLICABLE)
_Cells: TypeAlias = Sequence[tuple[Column, Cell]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Tables whose ids begin alike are made alike; `by_round` are those that compare with one round each."""

    name: str
    test: str
    by_round: bool = False


KINDS = (
    _Kind("change", "holm", by_round=True),
    _Kind("explored", "exploratory", by_round=True),
    _Kind("answers", NO_TEST),
    _Kind("areas", "exploratory"),
    _Kind("groups", "exploratory"),
)


def method_table(tables: Sequence[SafeTable]) -> Draft:
    """A row a kind of table, and a round compared with; empty where residents were not asked."""
    smallest = _smallest(tables)
    rows = [row for kind in KINDS for row in _rows(kind, tables, smallest)]
    surveyed = [table for table in tables if table.id.startswith(_RESIDENTS)]
    if not rows:
        return Draft()
    rounds = {one.key: one for table in surveyed for one in table.heading.rounds}
    table = RawTable(
        heading=Heading(
            id=METHODS,
            title=message("residents.title.methods"),
            purpose=Purpose.NONE,
            base=message("residents.base.each_question"),
            source=surveyed[0].heading.source,
            rounds=tuple(rounds.values()),
            footnotes=(message("residents.note.methods"), message("residents.note.methods_df")),
        ),
        columns=_columns(),
        rows=tuple(rows),
    )
    return Draft(tables=(table,))


def _columns() -> tuple[Column, ...]:
    def words(key: str) -> Column:
        return Column(key=key, kind=Kind.TEXT, heading=message(f"residents.column.{key}"))

    return (
        label_column(message("residents.column.figures")),
        words("intervals"),
        words("df"),
        words("test"),
        Column(
            key="delta",
            kind=Kind.NUMBER,
            heading=message("reports.column.delta"),
            unit=Unit.POINTS,
            decimals=1,
        ),
    )


def _rows(kind: _Kind, tables: Sequence[SafeTable], smallest: RawCell) -> Iterator[RawRow]:
    """Shares and means of one comparison are tested together."""
    found: dict[str, list[SafeTable]] = {}
    for table in tables:
        if table.id.startswith(f"{_RESIDENTS}{kind.name}."):
            found.setdefault(table.id.rpartition(".")[2] if kind.by_round else "", []).append(table)
    for round_key, alike in found.items():
        yield _row(kind, round_key, alike, smallest)


def _row(kind: _Kind, round_key: str, tables: Sequence[SafeTable], smallest: RawCell) -> RawRow:
    cells = [
        (column, cell)
        for table in tables
        for row in table.rows
        if row.role is RowRole.PART
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    name = message(f"residents.figures.{kind.name}")
    if kind.by_round:
        name = message("residents.figures.since", figures=name, round=tables[0].heading.rounds[0].name)
    return RawRow(
        key=f"{kind.name}.{round_key}" if round_key else kind.name,
        round=round_key or None,
        cells=(
            label(name),
            label(_intervals(cells)),
            label(_df(cells)),
            label(_test(kind, cells)),
            NOT_APPLICABLE if kind.test == NO_TEST else smallest,
        ),
    )


def _estimates(cells: _Cells) -> list[Estimate]:
    return [cell.value for _, cell in cells if isinstance(cell.value, Estimate)]


def _intervals(cells: _Cells) -> Message:
    """Those that were used, whichever figure each was used for."""
    used: Collection[IntervalMethod | None] = {one.method for one in _estimates(cells)}
    said = [message(f"estimation.method.{method.value}") for method in IntervalMethod if method in used]
    return listed(said, "reports.listed_apart") if said else message("residents.intervals.none")


def _df(cells: _Cells) -> Message:
    told = [one.df for one in _estimates(cells) if one.df is not None]
    if not told:
        return message("residents.intervals.none")
    least, most = min(told), max(told)
    if least == most:
        return message(f"residents.df.from_{least}")
    return message(
        "residents.df.range",
        least=message(f"residents.df.from_{least}"),
        most=message(f"residents.df.from_{most}"),
    )


def _test(kind: _Kind, cells: _Cells) -> Message:
    """How many were tested together is not said of areas: it would tell which were too small to be."""
    if not kind.by_round:
        return message(f"residents.test.{kind.test}")
    return message(f"residents.test.{kind.test}_of", tests=given(str(_tests(cells))))


def _tests(cells: _Cells) -> int:
    """Verdicts given or withheld; a comparison that was not made is no test."""
    return sum(
        column.role is Role.VERDICT
        and (
            cell.state is State.WITHHELD
            or (isinstance(cell.value, Verdict) and cell.value.code is not VerdictCode.NOT_COMPARED)
        )
        for column, cell in cells
    )


def _smallest(tables: Sequence[SafeTable]) -> RawCell:
    """In percentage points, of shares; one for all verdicts, where one was declared."""
    told = (
        cell.value
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.role is Role.DELTA and column.unit is Unit.POINTS and isinstance(cell.value, Number)
    )
    found = next(told, None)
    return NOT_APPLICABLE if found is None else RawCell(found)
