"""A zip that a stranger made: how much is in it is looked at before it is unpacked, and while it is."""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

UNPACKED_LIMIT = 40 * 1024 * 1024
RATIO_LIMIT = 150
OF_XML = (".xml", ".rels")

TORN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""What the archive module raises for archives that are not what they say they are."""


class Swollen(Exception):
    """Unpacked, it would be too much."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    content: bytes


def check_entries(entries: Sequence[zipfile.ZipInfo], packed: int, *, most: int) -> None:
    """Raises Swollen, and BadZipFile for names that no program writes."""
    names = [entry.filename for entry in entries]
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > most or declared > UNPACKED_LIMIT or declared > packed * RATIO_LIMIT:
        raise Swollen
    if len(set(names)) < len(names) or any(_escapes(name) for name in names):
        raise zipfile.BadZipFile


def unpacked(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> list[Part]:
    """What is XML in it; all of it is read. The sizes in the directory can lie, so what comes out is counted
    as well. Raises Swollen."""
    left = UNPACKED_LIMIT
    parts = []
    for entry in entries:
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Swollen
        if entry.filename.endswith(OF_XML):
            parts.append(Part(entry.filename, content))
    return parts


def _escapes(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name
