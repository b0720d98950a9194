"""Workbooks (.xlsx): the values of one visible sheet, as text."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lsp_assess.exchange.sheets import Format, Sheet, sheet_from
from lsp_assess.exchange.workbook_guard import check_workbook
from lsp_assess.kernel.errors import Invalid, Place, problem

_Value = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(content: bytes, *, file: str, digest: str, form: Format) -> Sheet:
    check_workbook(content, file=file)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _chosen_sheet(workbook, form.sheet, Place(file=file))
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise Invalid(problem("import_broken_workbook", Place(file=file))) from error
    return sheet_from(_records(rows), file=file, digest=digest)


def _chosen_sheet(workbook: CalamineWorkbook, wanted: str | None, place: Place) -> str:
    hidden = [s.name for s in workbook.sheets_metadata if s.visible is not SheetVisibleEnum.Visible]
    if hidden:
        raise Invalid(problem("import_workbook_hidden_sheet", place, sheet=hidden[0]))
    names = [s.name for s in workbook.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
    if wanted is not None and wanted not in names:
        raise Invalid(problem("import_no_such_sheet", place, sheet=wanted, sheets=", ".join(names)))
    if wanted is None and len(names) != 1:
        raise Invalid(problem("import_several_sheets", place, sheets=", ".join(names)))
    return wanted or names[0]


def _records(rows: list[list[_Value]]) -> Iterator[tuple[int, int | None, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        yield number, None, [_text(cell) for cell in cells]


def _text(value: _Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
