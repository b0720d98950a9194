"""Safe tables as files: CSV for one, a workbook for several. Nothing else leaves."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.exchange.export_tables import Exported, ExportTable, Origin, export_table
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.words import Say

SHEET_NAME_LIMIT = 31
WIDEST_COLUMN = 60
_NOT_IN_SHEET_NAMES = re.compile(r"[^\w .-]")


def table_csv(table: SafeTable, origin: Origin, say: Say) -> bytes:
    """The table first, so that a program can read it; what it rests on below an empty row. UTF-8 with the
    mark by which spreadsheet programs know it."""
    laid_out = export_table(table, origin, say)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(laid_out.header)
    writer.writerows([_written(cell) for cell in row] for row in laid_out.rows)
    writer.writerow([])
    writer.writerows(laid_out.notes)
    return text.getvalue().encode("utf-8-sig")


def tables_xlsx(tables: Sequence[SafeTable], origin: Origin, say: Say) -> bytes:
    """A sheet for each table, and first of all a list of them."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  no types; half a second of each start

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "d mmmm yyyy",
    }
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"created": datetime.combine(origin.published, time(), tzinfo=UTC)})
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    contents = workbook.add_worksheet(say(message("export.contents"))[:SHEET_NAME_LIMIT])
    contents.set_column(0, 0, SHEET_NAME_LIMIT)
    contents.set_column(1, 1, WIDEST_COLUMN)
    names: list[str] = [contents.name]
    for position, table in enumerate(tables):
        laid_out = export_table(table, origin, say)
        name = _sheet_name(table.id, names)
        names.append(name)
        contents.write_string(position, 0, name)
        contents.write_string(position, 1, dict(laid_out.notes)[say(message("export.title"))])
        _write_sheet(workbook.add_worksheet(name), laid_out, bold)
    workbook.close()
    return target.getvalue()


def _written(cell: Exported) -> str | int | float:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def _write_sheet(sheet: Any, table: ExportTable, bold: Any) -> None:
    for column, heading in enumerate(table.header):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, min(max(len(heading), 12), WIDEST_COLUMN))
    sheet.freeze_panes(1, 1)
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell)
    for row, (what, text) in enumerate(table.notes, start=len(table.rows) + 2):
        sheet.write_string(row, 0, what, bold)
        sheet.write_string(row, 1, text)


def _write_cell(sheet: Any, row: int, column: int, cell: Exported) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, cell)
        case date():
            sheet.write_datetime(row, column, datetime.combine(cell, time()))
        case _:
            sheet.write_number(row, column, cell)


def _sheet_name(table_id: str, taken: Sequence[str]) -> str:
    """A name that spreadsheet programs take: short, without signs, in no other sheet."""
    stem = _NOT_IN_SHEET_NAMES.sub("-", table_id)[:SHEET_NAME_LIMIT].strip("'") or "table"
    lowered = {name.lower() for name in taken}
    name, number = stem, 1
    while name.lower() in lowered:
        number += 1
        suffix = f"-{number}"
        name = f"{stem[: SHEET_NAME_LIMIT - len(suffix)]}{suffix}"
    return name
