"""Office documents that go from hand to hand: without macros, without files inside, whole."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lsp_assess.exchange.archives import TORN, Part, Swollen, check_entries, unpacked

PARTS_LIMIT = 2000
MAIN_PART: Mapping[str, str] = MappingProxyType(
    {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
)
OPEN_DOCUMENT: Mapping[str, bytes] = MappingProxyType(
    {
        "odt": b"application/vnd.oasis.opendocument.text",
        "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    }
)
_END = b"PK\x05\x06"
_END_BYTES = 22
_FORBIDDEN = (
    (
        "macros",
        re.compile(r"vbaProject|vbaData|macrosheets/|/activeX/|^Basic/|^Scripts/", re.IGNORECASE),
    ),
    (
        "embedded",
        re.compile(r"/embeddings/|\.(exe|dll)$|externalLinks/|connections\.xml$|queryTables/", re.IGNORECASE),
    ),
)
_IN_XML = (
    ("broken", re.compile(rb"<!DOCTYPE|<!ENTITY")),
    ("macros", re.compile(rb"macroEnabled|vnd\.sun\.star\.script:")),
    ("embedded", re.compile(rb"relationships/(?:externalLink|oleObject|attachedTemplate|frame)\b")),
    ("locked", re.compile(rb"<manifest:encryption-data")),
)


def fault_of_office(content: bytes, suffix: str) -> str | None:
    """What is wrong with it, None where nothing is."""
    if content[-_END_BYTES : -_END_BYTES + 4] != _END:
        return "broken"  # something follows the archive, which another program would read instead
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            check_entries(entries, len(content), most=PARTS_LIMIT)
            if not _is_of_its_kind(archive, entries, suffix):
                return "mismatch"
            return next(_faults(entries, unpacked(archive, entries)), None)
    except (Swollen, *TORN):
        return "broken"


def _is_of_its_kind(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], suffix: str) -> bool:
    names = {entry.filename: entry for entry in entries}
    if min(entry.header_offset for entry in entries) != 0:
        return False
    if suffix in MAIN_PART:
        return {"[Content_Types].xml", MAIN_PART[suffix]} <= names.keys()
    said = names.get("mimetype")
    if said is None or "content.xml" not in names or said.file_size > len(OPEN_DOCUMENT[suffix]):
        return False
    return archive.read(said) == OPEN_DOCUMENT[suffix]


def _faults(entries: Sequence[zipfile.ZipInfo], parts: Sequence[Part]) -> Iterator[str]:
    for fault, pattern in _FORBIDDEN:
        if any(pattern.search(entry.filename) for entry in entries):
            yield fault
    for fault, within in _IN_XML:
        if any(within.search(part.content) for part in parts):
            yield fault
