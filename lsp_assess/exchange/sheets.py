"""What a file holds once read: a header and numbered rows of text, and the limits that it must keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, Place, Problem, problem

BYTES_LIMIT = 10 * 1024 * 1024
ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 500
CELLS_LIMIT = 1_000_000
CELL_LIMIT = 20_000
PROBLEMS_SHOWN = 200


class Encoding(StrEnum):
    UTF_8 = "utf-8"
    CP1252 = "cp1252"
    LATIN_9 = "iso8859-15"


@dataclass(frozen=True, slots=True)
class Format:
    """How a mapping says that the file is written. `sheet` is for workbooks, the rest for CSV."""

    encoding: Encoding = Encoding.UTF_8
    delimiter: str = ","
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as a spreadsheet does (the header is row 1); `line` is the line of the text file."""

    number: int
    line: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    file: str
    digest: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    blank_rows: int


def sheet_from(records: Iterable[tuple[int, int | None, list[str]]], *, file: str, digest: str) -> Sheet:
    """Check the shape of (row, line, cells) and keep it. Raises Invalid with every ragged row."""
    source = iter(records)
    number, line, first = first_record(source, file)
    header = header_of(first, Place(file=file, row=number, line=line))
    rows: list[Row] = []
    problems: list[Problem] = []
    blank = 0
    pending_blank = 0
    seen: dict[str, str] = {}
    for number, line, cells in source:
        if number > ROWS_LIMIT + 1:
            raise Invalid(problem("import_too_many_rows", Place(file=file, row=number), limit=ROWS_LIMIT))
        if not any(cells):
            pending_blank += 1
            continue
        blank, pending_blank = blank + pending_blank, 0
        if len(rows) * len(header) >= CELLS_LIMIT:
            raise Invalid(problem("import_too_many_cells", Place(file=file, row=number), limit=CELLS_LIMIT))
        fitted = fitted_to(cells, len(header))
        place = Place(file=file, row=number, line=line)
        if fitted is None:
            problems.append(problem("import_ragged_row", place, found=len(cells), expected=len(header)))
        else:
            problems.extend(_unfit_cells(fitted, header, place))
            rows.append(Row(number, line, tuple(seen.setdefault(cell, cell) for cell in fitted)))
        if len(problems) >= PROBLEMS_SHOWN:
            break
    if problems:
        raise Invalid(*problems[:PROBLEMS_SHOWN])
    if not rows:
        raise Invalid(problem("import_no_rows", Place(file=file)))
    return Sheet(file, digest, header, tuple(rows), blank)


def first_record(
    records: Iterator[tuple[int, int | None, list[str]]], file: str
) -> tuple[int, int | None, list[str]]:
    for record in records:
        if any(record[2]):
            return record
    raise Invalid(problem("import_empty_file", Place(file=file)))


def header_of(cells: list[str], place: Place) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS_LIMIT:
        raise Invalid(problem("import_too_many_columns", place, found=len(names), limit=COLUMNS_LIMIT))
    problems = []
    for position, name in enumerate(names, start=1):
        if not name:
            problems.append(problem("import_nameless_column", place, position=position))
        elif name in names[: position - 1]:
            problems.append(
                problem("import_duplicate_column", _at(place, name), column=name, first=names.index(name) + 1)
            )
    problems.extend(_unfit_cells(names, names, place))
    if problems:
        raise Invalid(*problems[:PROBLEMS_SHOWN])
    return tuple(names)


def fitted_to(cells: list[str], width: int) -> list[str] | None:
    """Empty cells beyond the header are a spreadsheet's habit; anything else must match in number."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    return cells if len(cells) == width else None


_CONTROLS = {chr(code) for code in range(32)} - {"\t", "\n", "\r"} | {"\x7f"}


def _unfit_cells(cells: Iterable[str], header: Iterable[str], place: Place) -> Iterator[Problem]:
    for name, cell in zip(header, cells, strict=False):
        if len(cell) > CELL_LIMIT:
            yield problem("import_cell_too_long", _at(place, name), length=len(cell), limit=CELL_LIMIT)
        elif not cell.isprintable() and (found := _CONTROLS.intersection(cell)):
            yield problem("import_control_character", _at(place, name), character=f"U+{ord(min(found)):04X}")


def _at(place: Place, column: str) -> Place:
    return Place(file=place.file, line=place.line, row=place.row, column=column)
