"""A PDF is looked at in a process of its own, with limits: few bytes of it can unpack to gigabytes."""

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object

SECONDS, PATIENCE = 10, 3
MEBIBYTES = 768
LOCKED, BROKEN, ACTIVE = 3, 4, 5
FAULTS = {LOCKED: "locked", ACTIVE: "active"}
_DOES_SOMETHING = frozenset(
    {
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/XFA"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"),
    }
)
_END = b"%%EOF"


def fault_of_pdf(content: bytes) -> str | None:
    """What is wrong with it, None where nothing is."""
    whole = content.rstrip(b"\r\n\t \0").endswith(_END)
    if not whole or zipfile.is_zipfile(io.BytesIO(content)):
        return "broken"  # or an archive too, to a program that reads it from its end
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lsp_assess.exchange.pdf_guard"],
            input=content,
            capture_output=True,
            timeout=SECONDS * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "broken"
    return FAULTS.get(done.returncode, "broken") if done.returncode else None


def main() -> None:
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os._exit(_looked_at(content))


def _looked_at(content: bytes) -> int:
    from pikepdf import PasswordError, Pdf, PdfError  # noqa: PLC0415 (after the limits are set)

    try:
        with Pdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return LOCKED
            if not len(pdf.pages):
                return BROKEN
            named = {name for each in pdf.objects for name in _names(each)}
    except PasswordError:
        return LOCKED
    except (PdfError, MemoryError, RecursionError, ValueError, TypeError, RuntimeError):
        return BROKEN
    return ACTIVE if named & _DOES_SOMETHING else 0


def _names(of: "Object") -> Iterator[str]:
    """Keys and names within one object; what it refers to is an object of its own."""
    from pikepdf import Array, Dictionary, Name, Object, Stream  # noqa: PLC0415 (as above)

    if isinstance(of, Name):
        yield str(of)
    elif isinstance(of, Stream):
        yield from _names(of.stream_dict)
    elif isinstance(of, Dictionary | Array):
        if isinstance(of, Dictionary):
            yield from of.keys()
        within = of.values() if isinstance(of, Dictionary) else of
        for each in within:
            if isinstance(each, Object) and not each.is_indirect:
                yield from _names(each)


if __name__ == "__main__":
    main()
