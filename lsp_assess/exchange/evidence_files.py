"""Files that are kept as evidence: of few kinds, known by what is in them, harmless to whoever opens them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lsp_assess.exchange.office_guard import MAIN_PART, OPEN_DOCUMENT, fault_of_office
from lsp_assess.exchange.pdf_guard import fault_of_pdf
from lsp_assess.exchange.picture_guard import PIXELS_LIMIT, TooManyPixels, Unreadable, redrawn
from lsp_assess.kernel.errors import Invalid, Place, Problem, problem

BYTES_LIMIT = 10 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "docx": f"{_OFFICE}wordprocessingml.document",
        "xlsx": f"{_OFFICE}spreadsheetml.sheet",
        "pptx": f"{_OFFICE}presentationml.presentation",
        **{suffix: said.decode() for suffix, said in OPEN_DOCUMENT.items()},
    }
)
_MAGIC: Mapping[str, bytes] = MappingProxyType(
    {
        "pdf": b"%PDF-",
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff",
        "jpeg": b"\xff\xd8\xff",
        **dict.fromkeys((*MAIN_PART, *OPEN_DOCUMENT), b"PK\x03\x04"),
    }
)
_WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm"})
_LOCKED_OFFICE = b"\xd0\xcf\x11\xe0"
_PICTURE: Mapping[str, str] = MappingProxyType({"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"})


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """`content` is as it was sent, but for a picture, which is drawn anew."""

    name: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes) -> EvidenceFile:
    """Raises Invalid, which says what is wrong with the file and what to send instead."""
    stem, _, ending = name.rpartition(".")
    suffix = ending.lower()
    if not stem.strip() or "\ufffd" in name:
        raise Invalid(_wrong("name"))
    if suffix in _WITH_MACROS:
        raise Invalid(_wrong("macros"))
    if suffix not in MEDIA_TYPE:
        raise Invalid(_wrong("kind"))
    if not content:
        raise Invalid(_wrong("empty"))
    if len(content) > BYTES_LIMIT:
        raise Invalid(_wrong("too_large", limit=BYTES_LIMIT // 1024 // 1024))
    if not content.startswith(_MAGIC[suffix]):
        locked = suffix in MAIN_PART and content.startswith(_LOCKED_OFFICE)
        raise Invalid(_wrong("locked") if locked else _wrong("mismatch", suffix=suffix))
    if suffix in _PICTURE:
        content = _picture(content, _PICTURE[suffix])
    else:
        fault = fault_of_pdf(content) if suffix == "pdf" else fault_of_office(content, suffix)
        if fault is not None:
            raise Invalid(_wrong(fault, suffix=suffix))
    return EvidenceFile(name, MEDIA_TYPE[suffix], content)


def _picture(content: bytes, kind: str) -> bytes:
    try:
        return redrawn(content, kind)
    except TooManyPixels:
        raise Invalid(_wrong("pixels", limit=PIXELS_LIMIT // 1_000_000)) from None
    except Unreadable:
        raise Invalid(_wrong("broken", suffix=kind.lower())) from None


def _wrong(what: str, **params: str | int) -> Problem:
    return problem(f"evidence_file_{what}", Place(question="file"), **params)
