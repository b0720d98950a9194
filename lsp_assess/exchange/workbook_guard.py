"""A workbook is a zip of XML that a stranger made. What is in it is looked at before it is parsed."""

import io
import re
import zipfile

from lsp_assess.exchange.archives import TORN, UNPACKED_LIMIT, Part, Swollen, check_entries, unpacked
from lsp_assess.exchange.sheets import CELLS_LIMIT, ROWS_LIMIT
from lsp_assess.kernel.errors import Invalid, Place, Problem, problem

PARTS_LIMIT = 300

_FORBIDDEN = (
    ("import_workbook_macros", re.compile(r"vbaProject\.bin$|macrosheets/|/activeX/", re.IGNORECASE)),
    (
        "import_workbook_external_links",
        re.compile(r"externalLinks/|connections\.xml$|queryTables/", re.IGNORECASE),
    ),
    ("import_workbook_embedded_files", re.compile(r"/embeddings/|\.exe$|\.dll$", re.IGNORECASE)),
)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MACRO_TYPE = b"macroEnabled"
_EXTERNAL = re.compile(rb"relationships/(?:externalLink|oleObject|attachedTemplate|frame)\b")


def check_workbook(content: bytes, *, file: str) -> None:
    """Raises Invalid for what a list of values has no need of, and for what would exhaust the machine."""
    place = Place(file=file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise Invalid(problem("import_not_a_workbook", place))
            check_entries(entries, len(content), most=PARTS_LIMIT)
            for code, pattern in _FORBIDDEN:
                if any(pattern.search(name) for name in names):
                    raise Invalid(problem(code, place))
            parts = unpacked(archive, entries)
    except Swollen as error:
        limit = UNPACKED_LIMIT // 1024 // 1024
        raise Invalid(problem("import_workbook_too_large", place, limit=limit)) from error
    except TORN as error:
        raise Invalid(problem("import_broken_workbook", place)) from error
    problems = [found for part in parts for found in _content_problems(part, place)]
    if problems:
        raise Invalid(*problems)


def _content_problems(part: Part, place: Place) -> list[Problem]:
    if b"<!DOCTYPE" in part.content or b"<!ENTITY" in part.content:
        return [problem("import_workbook_entities", place, part=part.name)]
    if part.name == "[Content_Types].xml" and _MACRO_TYPE in part.content:
        return [problem("import_workbook_macros", place)]
    if part.name.endswith(".rels") and _EXTERNAL.search(part.content):
        return [problem("import_workbook_external_links", place)]
    if _SHEET_PART.fullmatch(part.name):
        return _sheet_problems(part, place)
    return []


def _sheet_problems(part: Part, place: Place) -> list[Problem]:
    """Cells far apart become a dense table of everything between them, so the corner is what counts."""
    rows = sum(1 for _ in _ROW.finditer(part.content))
    lowest, widest = 0, 0
    for match in _CELL.finditer(part.content):
        lowest = max(lowest, int(match[2]))
        widest = max(widest, _column_number(match[1]))
    if max(rows, lowest) > ROWS_LIMIT + 1:
        return [problem("import_too_many_rows", place, limit=ROWS_LIMIT)]
    if lowest * widest > CELLS_LIMIT:
        return [problem("import_too_many_cells", place, limit=CELLS_LIMIT)]
    formula = _FORMULA.search(part.content)
    if formula:
        return [problem("import_workbook_formula", _formula_place(part.content, formula.start(), place))]
    return []


def _formula_place(content: bytes, position: int, place: Place) -> Place:
    cell = None
    for match in _CELL.finditer(content, 0, position):
        cell = match
    if cell is None:
        return place
    return Place(file=place.file, row=int(cell[2]), column=cell[1].decode())


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
