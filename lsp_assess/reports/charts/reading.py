"""Finding in a table what a chart draws: columns by role and round, rows with their labels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Cell, Column, Role, Row, RowRole, SafeTable
from lsp_assess.disclosure.values import Estimate, Words
from lsp_assess.reports.charts.words import Say, absence, as_rounded


@dataclass(frozen=True, slots=True)
class Place:
    """A column and where its cells stand in a row."""

    column: Column
    at: int

    def cell(self, row: Row) -> Cell:
        return row.cells[self.at]


@dataclass(frozen=True, slots=True)
class Reading:
    """`window` narrows what is drawn to some of the rows; scales are still those of all. `left_out` are the
    keys of rows that are not drawn."""

    table: SafeTable
    say: Say
    window: tuple[int, int] | None = None
    left_out: frozenset[str] = frozenset()

    def places(self, role: Role) -> tuple[Place, ...]:
        """Columns of the role; those of rounds in the order of the rounds."""
        order = {label.key: i for i, label in enumerate(self.table.heading.rounds)}
        found = [Place(c, i) for i, c in enumerate(as_rounded(self.table)) if c.role is role]
        return tuple(sorted(found, key=lambda p: order.get(p.column.round or "", -1)))

    def last(self, role: Role) -> Place | None:
        found = self.places(role)
        return found[-1] if found else None

    def of_round(self, role: Role, key: str | None) -> Place | None:
        return next((p for p in self.places(role) if p.column.round == key), None)

    def round_name(self, place: Place) -> str:
        for label in self.table.heading.rounds:
            if label.key == place.column.round:
                return self.say(label.name)
        return self.say(place.column.heading)

    def label(self, row: Row) -> str:
        place = next(iter(self.places(Role.LABEL)[::-1]), Place(self.table.columns[0], 0))
        cell = place.cell(row)
        if isinstance(cell.value, Words):
            return self.say(cell.value.message)
        absent = absence(cell)
        return row.key if absent is None else self.say(absent)

    def group(self, row: Row) -> str:
        """What the rows of a group share: the first of two label columns, or else the group's key."""
        labels = self.places(Role.LABEL)
        cell = labels[0].cell(row) if len(labels) > 1 else None
        if cell is not None and isinstance(cell.value, Words):
            return self.say(cell.value.message)
        return row.group or ""

    def parts(self) -> tuple[Row, ...]:
        return self.every_part() if self.window is None else self.every_part()[slice(*self.window)]

    def every_part(self) -> tuple[Row, ...]:
        parts = (row for row in self.table.rows if row.role is RowRole.PART)
        return tuple(row for row in parts if row.key not in self.left_out)

    def total(self) -> Row | None:
        return next((row for row in self.table.rows if row.role is RowRole.TOTAL), None)


def estimates(rows: Iterable[Row], place: Place) -> Iterator[Estimate]:
    for row in rows:
        value = place.cell(row).value
        if isinstance(value, Estimate):
            yield value


def ends(estimate: Estimate) -> tuple[float, float]:
    """The interval, or the value twice where there is none."""
    low = estimate.amount if estimate.low is None else estimate.low
    high = estimate.amount if estimate.high is None else estimate.high
    return low, high
