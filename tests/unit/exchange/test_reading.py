"""Files as strangers send them: taken whole, or refused with place and remedy. # trust E"""

import gzip
import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.sheets import BYTES_LIMIT, ROWS_LIMIT, Encoding, Format, Sheet
from lsp_assess.kernel.errors import Invalid, Problem
from lsp_assess.rendering.wording import say
from tests.patience import within
from tests.unit.exchange.workbooks import ONE_SHEET, TWO_ROWS, packed, workbook


def refusals(content: bytes, form: Format = Format()) -> list[Problem]:
    with pytest.raises(Invalid) as refused:
        read_file(content, file="sent.csv", form=form)
    for one in refused.value.problems:
        assert one.place.file == "sent.csv"
        assert say(one.what)
        assert say(one.remedy)
    return list(refused.value.problems)


def refusal(content: bytes, form: Format = Format()) -> Problem:
    found = refusals(content, form)
    assert len(found) == 1
    return found[0]


def read(text: str, form: Format = Format()) -> Sheet:
    return read_file(text.encode(form.encoding.value), file="sent.csv", form=form)


def test_rows_are_numbered_as_a_spreadsheet_does_and_lines_as_an_editor_does() -> None:
    sheet = read('a,b\n1,"two\nlines"\n3,4\n')
    assert [(row.number, row.line, row.cells) for row in sheet.rows] == [
        (2, 2, ("1", "two\nlines")),
        (3, 4, ("3", "4")),
    ]


def test_a_mark_at_the_beginning_is_no_part_of_the_first_name() -> None:
    assert read_file(b"\xef\xbb\xbfa,b\n1,2\n", file="f").header == ("a", "b")


def test_names_of_many_languages_come_through() -> None:
    names = ("O'Brien", "Ng", "Łukasz", "Tŷ Gŵyr", "مرحبا", "🏡")
    sheet = read("name\n" + "\n".join(names) + "\n")
    assert tuple(row.cells[0] for row in sheet.rows) == names


def test_windows_text_is_taken_only_where_the_mapping_says_so() -> None:
    content = "area,value\nCaf\u00e9,1\n".encode("cp1252")
    found = refusal(content)
    assert (found.code, found.place.line) == ("import_not_in_encoding", 2)
    assert found.what.params["value"] == "0xE9"
    sheet = read_file(content, file="f", form=Format(encoding=Encoding.CP1252))
    assert sheet.rows[0].cells[0] == "Café"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty_file"),
        (b"  \n \n", "import_empty_file"),
        (b"a,b\n", "import_no_rows"),
        (b"a,b\n1,\xff\n", "import_not_in_encoding"),
        (b"a,b\n1,\xed\xa0\x80\n", "import_not_in_encoding"),  # a lone surrogate
        (b"a,b\n1,\x00\n", "import_nul_byte"),
        (b"\xff\xfea\x00,\x00", "import_utf_16"),
        (b"a,b\n1,\x1b[31m\n", "import_control_character"),
        (b"a,b\n1,2,3\n", "import_ragged_row"),
        (b"a,b\n1\n", "import_ragged_row"),
        (b"a,a\n1,2\n", "import_duplicate_column"),
        (b"a,,b\n1,2,3\n", "import_nameless_column"),
        (b'a,b\n1,"open\n', "import_torn_csv"),
        (b'a,b\n1,"x"y\n', "import_torn_csv"),
        (b"a;b\n1;2\n", "import_other_delimiter"),
        (b"%PDF-1.7 \n", "import_wrong_kind_of_file"),
        (b"\x89PNG\r\n\x1a\n", "import_wrong_kind_of_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import_wrong_kind_of_file"),
        (gzip.compress(b"a,b\n" * 1000, mtime=0), "import_wrong_kind_of_file"),
        (b"PK\x03\x04 not really", "import_broken_workbook"),
        (packed({"mimetype": "application/zip"}), "import_not_a_workbook"),
        (b"a,b\n1," + b"x" * 30_000 + b"\n", "import_cell_too_long"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "import_torn_csv"),
        (b",".join(b"c%d" % i for i in range(600)) + b"\n", "import_too_many_columns"),
    ],
)
def test_what_is_wrong_with_a_text_file_is_said(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_every_ragged_row_is_named() -> None:
    found = refusals(b"a,b\n1\n1,2\n1,2,3\n")
    assert [one.place.row for one in found] == [2, 4]


def test_blank_rows_are_counted_and_blank_cells_beside_the_table_left_out() -> None:
    sheet = read("a,b,,\n1,2,,\n,,,\n\n3,4,,\n\n\n")
    assert (sheet.header, [row.cells for row in sheet.rows]) == (("a", "b"), [("1", "2"), ("3", "4")])
    assert sheet.blank_rows == 2


def test_a_workbook_gives_its_values_as_text() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["year", "rate", "on", "name"])
    sheet.write_row(1, 0, [2019, 61.5])
    sheet.write_string(1, 2, "2019-04-01")
    sheet.write_string(1, 3, "Tŷ Gŵyr")
    book.close()
    found = read_file(target.getvalue(), file="f.csv")
    assert found.rows[0].cells == ("2019", "61.5", "2019-04-01", "Tŷ Gŵyr")
    assert found.rows[0].number == 2


def test_a_workbook_with_several_sheets_needs_the_name_of_one() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name in ("Notes", "Data"):
        book.add_worksheet(name).write_column(0, 0, ["a", "1"])
    book.close()
    assert refusal(target.getvalue()).code == "import_several_sheets"
    assert refusal(target.getvalue(), Format(sheet="Else")).code == "import_no_such_sheet"
    assert read_file(target.getvalue(), file="f", form=Format(sheet="Data")).header == ("a",)


HIDDEN = (
    ONE_SHEET,
    '<sheet name="Secret" sheetId="2" state="hidden" r:id="rId1"/>',
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(more={"xl/vbaProject.bin": b"x"}), "import_workbook_macros"),
        (workbook(more={"xl/externalLinks/externalLink1.xml": "<x/>"}), "import_workbook_external_links"),
        (workbook(more={"xl/connections.xml": "<x/>"}), "import_workbook_external_links"),
        (workbook(more={"xl/embeddings/oleObject1.bin": b"x"}), "import_workbook_embedded_files"),
        (workbook(sheets="".join(HIDDEN)), "import_workbook_hidden_sheet"),
        (workbook(sheets="".join(HIDDEN).replace("hidden", "veryHidden")), "import_workbook_hidden_sheet"),
        (
            workbook(TWO_ROWS.replace("<v>61.5</v>", "<f>SUM(A1)</f><v>61.5</v>")),
            "import_workbook_formula",
        ),
        (
            workbook(more={"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
            "import_workbook_entities",
        ),
        (workbook(more={"../../etc/passwd": b"x"}), "import_broken_workbook"),
        (workbook(more={"/etc/passwd": b"x"}), "import_broken_workbook"),
        (workbook(more={"C:\\x": b"x"}), "import_broken_workbook"),
        (workbook(more={"xl/media/bomb.bin": b"\0" * (45 * 1024 * 1024)}), "import_workbook_too_large"),
        (workbook(more={f"xl/p{i}.xml": "<x/>" for i in range(400)}), "import_workbook_too_large"),
        (workbook("".join(f'<row r="{i}"/>' for i in range(1, 250_000))), "import_too_many_rows"),
        (workbook(TWO_ROWS + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "import_too_many_rows"),
        (workbook(TWO_ROWS + '<row r="9999"><c r="XFD9999"><v>1</v></c></row>'), "import_too_many_cells"),
        (workbook()[:-30], "import_broken_workbook"),
    ],
)
def test_what_a_workbook_may_not_hold_is_said(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_the_place_of_a_formula_is_named() -> None:
    found = refusal(workbook(TWO_ROWS.replace("<v>61.5</v>", "<f>1+1</f><v>61.5</v>")))
    assert (found.place.row, found.place.column) == (2, "B")


def test_a_workbook_whose_parts_have_unreadable_names_is_refused() -> None:
    torn = workbook(more={"xl/ŵ.xml": "<x/>"}).replace("ŵ".encode(), b"\xff\xff")
    assert refusal(torn).code == "import_broken_workbook"


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    honest = workbook(more={"xl/media/a.bin": b"\0" * (45 * 1024 * 1024)})
    size = (45 * 1024 * 1024).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying).code in ("import_workbook_too_large", "import_broken_workbook")


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n" + b"1,2\n" * (ROWS_LIMIT + 10),
        b",".join(b"c%d" % i for i in range(400)) + b"\n" + (b"1," * 399 + b"1\n") * 4000,
        b"a\n" + b"x" * BYTES_LIMIT,
        b'a,b\n1,"' + b"x\n" * (4 * 1024 * 1024),
        workbook("".join(f'<row r="{i}"/>' for i in range(1, 1_048_576))),
        workbook(more={"xl/media/bomb.bin": b"\0" * (200 * 1024 * 1024)}),
        b"a,b\n" + b"\n" * (9 * 1024 * 1024),
    ],
    ids=["rows", "cells", "bytes", "open quote", "a million empty rows", "zip bomb", "blank lines"],
)
def test_what_is_too_large_is_refused_within_two_seconds_and_a_hundred_megabytes(content: bytes) -> None:
    with within(seconds=2):
        refusals(content)
    tracemalloc.start()
    refusals(content)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert highest < 100 * 1024 * 1024


def test_a_locked_workbook_is_told_from_a_damaged_file() -> None:
    content = bytearray(packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.infolist()[0].header_offset
    content[offset + 6] |= 1  # the flag "encrypted"
    assert refusal(bytes(content)).code == "import_broken_workbook"
