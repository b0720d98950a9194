"""A file that somebody sends: known by its first bytes, not by its name."""

from hashlib import sha256

from lsp_assess.exchange.csv_reading import read_csv
from lsp_assess.exchange.sheets import BYTES_LIMIT, Format, Sheet
from lsp_assess.exchange.workbook_reading import read_workbook
from lsp_assess.kernel.errors import Invalid, Place, problem

_WORKBOOK = b"PK\x03\x04"
_OTHER_FILES = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\xd0\xcf\x11\xe0", "Excel 97–2003"),
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3", "SQLite"),
)


def read_file(content: bytes, *, file: str, form: Format = Format()) -> Sheet:
    """The rows of a CSV or XLSX file as text. Raises Invalid naming row, column and remedy."""
    place = Place(file=file)
    if len(content) > BYTES_LIMIT:
        raise Invalid(problem("import_file_too_large", place, limit=BYTES_LIMIT // 1024 // 1024))
    if not content.strip():
        raise Invalid(problem("import_empty_file", place))
    for magic, kind in _OTHER_FILES:
        if content.startswith(magic):
            raise Invalid(problem("import_wrong_kind_of_file", place, kind=kind))
    digest = sha256(content).hexdigest()
    read = read_workbook if content.startswith(_WORKBOOK) else read_csv
    return read(content, file=file, digest=digest, form=form)
