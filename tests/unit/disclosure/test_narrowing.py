"""A report over two of three rounds leaves the third out."""

from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.narrowing import only_rounds
from lsp_assess.disclosure.tables import Column, Kind, RawCell, RawRow, RawTable, SafeTable
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import given, message
from tests.unit.disclosure.tables import AREA, ROUNDS, heading


def table() -> SafeTable:
    columns = [
        Column(key=label.key, kind=Kind.SCORE, heading=label.name, round=label.key) for label in ROUNDS
    ]
    row = RawRow(key="a", cells=(RawCell(Words(given("a"))), RawCell(Number(40)), RawCell(Number(50))))
    raw = RawTable(heading=heading(rounds=ROUNDS), columns=(AREA, *columns), rows=(row,))
    return pass_gate([raw], findings={"residents.test": lambda _: message("both")}).tables[0]


def test_columns_of_other_rounds_are_left_out() -> None:
    narrowed = only_rounds(table(), {"r2"})
    assert [column.key for column in narrowed.columns] == ["area", "r2"]
    assert narrowed.rows[0].cells[1].value == Number(50)


def test_a_finding_about_rounds_that_were_left_out_does_not_stay() -> None:
    assert only_rounds(table(), {"r2"}).finding is None
    assert only_rounds(table(), {"r1", "r2"}).finding == message("both")
    assert only_rounds(table(), {"r2"}, finding=lambda _: message("one")).finding == message("one")


def test_a_table_of_other_rounds_is_left_out_whole() -> None:
    assert only_rounds(table(), {"r9"}) is None
