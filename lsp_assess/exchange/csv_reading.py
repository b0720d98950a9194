"""Text files of delimited values. Nothing is guessed: a wrong encoding or a torn quote is refused."""

import csv
import io
from collections.abc import Iterator

from lsp_assess.exchange.sheets import Encoding, Format, Sheet, sheet_from
from lsp_assess.kernel.errors import Invalid, Place, problem

_OTHER_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(content: bytes, *, file: str, digest: str, form: Format) -> Sheet:
    _check_encoding(content, file, form.encoding)
    codec = "utf-8-sig" if form.encoding is Encoding.UTF_8 else form.encoding.value
    text = io.TextIOWrapper(io.BytesIO(content), encoding=codec, newline="")
    sheet = sheet_from(_records(text, file, form.delimiter), file=file, digest=digest)
    _check_delimiter(sheet, form.delimiter)
    return sheet


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


def _check_delimiter(sheet: Sheet, delimiter: str) -> None:
    """One column whose name holds another delimiter is a file saved with that one."""
    if len(sheet.header) == 1:
        for other in (",", ";", "\t", "|"):
            if other != delimiter and other in sheet.header[0]:
                raise Invalid(
                    problem(
                        "import_other_delimiter",
                        Place(file=sheet.file, row=1),
                        found=other,
                        declared=delimiter,
                    )
                )
