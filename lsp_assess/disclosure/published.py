"""A release as an attacker has it, with what only the restricted store knows: which figures each cell tells
of, and how they hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lsp_assess.disclosure.complement import Rate, Relation
from lsp_assess.disclosure.rules import Figure, Rule
from lsp_assess.disclosure.tables import Cell, Column, SafeTable


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Of a cell in a release."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class PublishedCell:
    place: Place
    column: Column
    cell: Cell
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Published:
    """`release` is its number as text."""

    release: str
    tables: tuple[SafeTable, ...]
    figures: Mapping[Place, tuple[Figure, ...]]
    relations: Sequence[Relation] = ()
    unshown: Sequence[Figure] = ()
    rates: Sequence[Rate] = ()

    @cached_property
    def cells(self) -> Mapping[Place, PublishedCell]:
        """Those that tell of somebody."""
        return {one.place: one for one in self._cells()}

    def _cells(self) -> Iterator[PublishedCell]:
        for table in self.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    place = Place(table.id, row.key, column.key)
                    if figures := self.figures.get(place):
                        yield PublishedCell(place, column, cell, figures)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        told = [figure for figures in self.figures.values() for figure in figures]
        return {figure.key: figure.rule for figure in (*told, *self.unshown)}
