"""Text files of delimited values. Nothing is guessed: a wrong encoding or a torn quote is refused."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lsp_assess.exchange.sheets import (
    PROBLEMS_SHOWN,
    Encoding,
    Format,
    Sheet,
    first_record,
    fitted_to,
    header_of,
    sheet_from,
)
from lsp_assess.kernel.errors import Invalid, Place, problem

_OTHER_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(content: bytes, *, file: str, digest: str, form: Format) -> Sheet:
    _check_encoding(content, file, form.encoding)
    codec = "utf-8-sig" if form.encoding is Encoding.UTF_8 else form.encoding.value
    text = io.TextIOWrapper(io.BytesIO(content), encoding=codec, newline="")
    sheet = sheet_from(_records(text, file, form.delimiter), file=file, digest=digest)
    if other := _other_delimiter(sheet.header, form.delimiter):
        place = Place(file=file, row=1)
        raise Invalid(problem("import_other_delimiter", place, found=other, declared=form.delimiter))
    return sheet


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a file; `rows` counts as a spreadsheet does (the header is row 1)."""

    rows: list[int]
    cells: dict[str, list[str]]


def read_columns(content: bytes, *, file: str, wanted: Collection[str]) -> Columns:
    """Of a file of one's own, which may be of any size: UTF-8, commas, a header. Rows without a single
    entry are left out. Raises Invalid as `read_csv` does, and where a column is missing."""
    _check_encoding(content, file, Encoding.UTF_8)
    records = _records(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline=""), file, ",")
    number, line, first = first_record(records, file)
    header = header_of(first, Place(file=file, row=number, line=line))
    _check_header(header, wanted, file)
    places = [(header.index(name), name) for name in wanted]
    found = Columns([], {name: [] for name in wanted})
    problems = []
    for number, line, cells in records:
        if not any(cells):
            continue
        fitted = fitted_to(cells, len(header))
        if fitted is None:
            place = Place(file=file, row=number, line=line)
            problems.append(problem("import_ragged_row", place, found=len(cells), expected=len(header)))
            if len(problems) == PROBLEMS_SHOWN:
                break
            continue
        found.rows.append(number)
        for place_, name in places:
            found.cells[name].append(fitted[place_].strip())
    if problems:
        raise Invalid(*problems)
    if not found.rows:
        raise Invalid(problem("import_no_rows", Place(file=file)))
    return found


def _check_header(header: tuple[str, ...], wanted: Collection[str], file: str) -> None:
    if other := _other_delimiter(header, ","):
        raise Invalid(problem("table_other_delimiter", Place(file=file, row=1), found=other))
    missing = [name for name in wanted if name not in header]
    if missing:
        raise Invalid(
            *(
                problem("estimation.column_missing", Place(file=file, row=1, column=name), column=name)
                for name in missing
            )
        )


def _check_encoding(content: bytes, file: str, encoding: Encoding) -> None:
    if content.startswith(_OTHER_BYTE_ORDERS):
        raise Invalid(problem("import_utf_16", Place(file=file)))
    position = content.find(b"\x00")
    if position >= 0:
        raise Invalid(problem("import_nul_byte", _place(content, position, file), byte=position))
    try:
        content.decode(encoding.value)
    except UnicodeDecodeError as error:
        raise Invalid(
            problem(
                "import_not_in_encoding",
                _place(content, error.start, file),
                encoding=encoding.value,
                byte=error.start,
                value=f"0x{content[error.start]:02X}",
            )
        ) from error


def _place(content: bytes, position: int, file: str) -> Place:
    return Place(file=file, line=content.count(b"\n", 0, position) + 1)


def _records(
    text: io.TextIOWrapper, file: str, delimiter: str
) -> Iterator[tuple[int, int | None, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    line = 1
    try:
        for cells in reader:
            number += 1
            yield number, line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Invalid(problem("import_torn_csv", Place(file=file, row=number + 1, line=line))) from error


def _other_delimiter(header: tuple[str, ...], delimiter: str) -> str | None:
    """One column whose name holds another delimiter is a file saved with that one."""
    if len(header) != 1:
        return None
    return next((other for other in (",", ";", "\t", "|") if other != delimiter and other in header[0]), None)
