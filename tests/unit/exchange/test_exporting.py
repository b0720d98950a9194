"""Tables as files. # trust B6"""

import csv
import io
from datetime import date

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    SafeTable,
    Unit,
)
from lsp_assess.disclosure.values import Estimate, Moment, Number, Words
from lsp_assess.exchange.export_tables import Origin
from lsp_assess.exchange.exporting import table_csv, tables_xlsx
from lsp_assess.exchange.neutral import neutral
from lsp_assess.kernel.messages import Message, given
from lsp_assess.rendering.wording import say

ORIGIN = Origin(given("Northbank, release 1, 14 March 2026"), "ab" * 32, date(2026, 3, 14), None)
HOSTILE = [
    "=1+1",
    "+44",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
]


def table(
    *rows: tuple[RawCell, ...], headings: tuple[str, ...] = ("Area", "Value"), table_id: str = "t"
) -> SafeTable:
    columns = tuple(
        Column(
            key=f"c{i}",
            kind=Kind.TEXT if i == 0 else Kind.NUMBER,
            heading=given(text),
            unit=Unit.PERCENT if text == "Share" else Unit.NONE,
            decimals=1,
        )
        for i, text in enumerate(headings)
    )
    heading = Heading(
        id=table_id,
        title=given("A title"),
        purpose=Purpose.NONE,
        base=given("All who answered"),
        source=given("Survey"),
        footnotes=(given("A footnote"),),
    )
    raw = RawTable(
        heading=heading,
        columns=columns,
        rows=tuple(RawRow(key=f"r{i}", cells=cells) for i, cells in enumerate(rows)),
    )
    return pass_gate([raw]).tables[0]


def words(text: str) -> RawCell:
    return RawCell(Words(given(text)))


def english(said: Message) -> str:
    return say(said)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_a_spreadsheet_would_run_is_neutralised_in_cells_and_headers(text: str) -> None:
    safe = table((words(text), RawCell(Number(1.0))), headings=(text, "Value"))
    for header, row in (
        read_csv(table_csv(safe, ORIGIN, english))[:2],
        read_xlsx(tables_xlsx([safe], ORIGIN, english), "t")[:2],
    ):
        assert str(header[0]).startswith("'")
        assert str(row[0]).startswith("'")
        assert "\x00" not in str(row[0])


@any_of(st.text())
def test_no_text_begins_what_a_spreadsheet_would_run(text: str) -> None:
    shown = neutral(text)
    assert not shown.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠\x00"))


@any_of(st.text(alphabet="abcłŵé أ0123456789.' ", min_size=1))
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert neutral(text) == text


def test_a_negative_number_stays_a_number() -> None:
    safe = table((words("North"), RawCell(Number(-2.5))))
    assert read_csv(table_csv(safe, ORIGIN, english))[1] == ["North", "-2.5"]
    assert read_xlsx(tables_xlsx([safe], ORIGIN, english), "t")[1] == ["North", -2.5]


def test_what_is_withheld_is_withheld_in_the_file() -> None:
    safe = table((words("North"), RawCell(Number(61.0), (Figure("n", SmallGroup(3)),))))
    written = table_csv(safe, ORIGIN, english)
    assert read_csv(written)[1] == ["North", "[c]"]
    assert b"61" not in written


def test_an_estimate_takes_a_column_for_all_that_is_known_of_it() -> None:
    safe = table(
        (words("North"), RawCell(Estimate(52.0, 47.0, 57.0))), (words("South"), RawCell(Estimate(40.0)))
    )
    header, north, south = read_csv(table_csv(safe, ORIGIN, english))[:3]
    assert header == ["Area", "Value", "Value: interval from", "Value: interval to"]
    assert north == ["North", "52.0", "47.0", "57.0"]
    assert south == ["South", "40.0", "", ""]


def test_a_day_is_a_day() -> None:
    safe = table((words("North"), RawCell(Moment(date(2026, 3, 14)))))
    assert read_csv(table_csv(safe, ORIGIN, english))[1][1] == "2026-03-14"
    assert read_xlsx(tables_xlsx([safe], ORIGIN, english), "t")[1][1] == date(2026, 3, 14)


def test_below_the_table_stands_what_it_rests_on() -> None:
    safe = table((words("North"), RawCell(Number(1.0))), headings=("Area", "Share"))
    lines = read_csv(table_csv(safe, ORIGIN, english))
    assert lines[0][1] == "Share (%)"
    assert lines[2] == []
    notes = dict(lines[3:])
    assert (notes["Title"], notes["Base"], notes["Source"]) == ("A title", "All who answered", "Survey")
    assert notes["Note"] == "A footnote"
    assert notes["How to cite"] == "Northbank, release 1, 14 March 2026"
    assert notes["Hash of the release (SHA-256)"] == "ab" * 32


def test_each_table_has_a_sheet_of_its_own_name() -> None:
    long = "a" * 40
    row = (words("North"), RawCell(Number(1.0)))
    content = tables_xlsx(
        [table(row, table_id=f"{long}1"), table(row, table_id=f"{long}2"), table(row, table_id="a/b:c")],
        ORIGIN,
        english,
    )
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == ["Contents", "a" * 31, "a" * 29 + "-2", "a-b-c"]


def test_welsh_arabic_and_emoji_come_back_as_they_went() -> None:
    for text in ("Tŷ Gŵyr", "Łukasz", "O’Brien", "مرحبا", "🏡"):
        safe = table((words(text), RawCell(Number(1.0))))
        assert read_csv(table_csv(safe, ORIGIN, english))[1][0] == text
        assert read_xlsx(tables_xlsx([safe], ORIGIN, english), "t")[1][0] == text
