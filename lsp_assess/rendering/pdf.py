"""HTML to PDF/UA-1, in a process of its own with limits on time and memory.

The child process fetches nothing: it serves the assets it was handed, by name, and refuses the rest.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from types import MappingProxyType

from lsp_assess.kernel.errors import DomainError, problem
from lsp_assess.rendering.pdf_worker import TOO_MUCH

LEAST_SECONDS = 20
CHARACTERS_A_SECOND = 4000
"""A report needs the processor for a quarter to a half of what this grants: three rounds of the demonstration
are 340 000 characters and need 20 to 35 seconds of the 105. A short text made to be slow gets little."""

PATIENCE = 3
"""Times the processor's seconds that the wall clock may take: a busy machine is no reason to fail."""

MOST_CHARACTERS = 800_000
"""Over twice that report. What is longer is refused before it begins; charts are files, and count for
nothing."""

MEBIBYTES = 1536
_WORKER = "lsp_assess.rendering.pdf_worker"


class CannotRender(DomainError):
    """No PDF was made; the problem says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """What is printed. Assets are reached as `asset:<name>`. `densities` are tried in turn, by replacing
    the first wherever it stands before `anchor`, until that lies on `page` (counted from 1)."""

    html: str
    assets: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    densities: tuple[str, ...] = ()
    anchor: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` are those of the processor."""

    seconds: int
    mebibytes: int = MEBIBYTES


def limits_for(html: str) -> Limits:
    return Limits(seconds=LEAST_SECONDS + len(html) // CHARACTERS_A_SECOND)


def print_pdf(printing: Printing, limits: Limits | None = None) -> bytes:
    """Within `limits_for` the text where no others are given. Raises CannotRender: on a text too long, an
    error that the renderer logs, anything fetched that was not handed in, time or memory run out."""
    if len(printing.html) > MOST_CHARACTERS:
        raise CannotRender(problem("pdf_too_heavy"))
    limits = limits or limits_for(printing.html)
    with TemporaryDirectory(prefix="lsp-assess-print-", ignore_cleanup_errors=True) as folder:
        done = _printed(printing, limits, folder)
    if done.returncode == 0:
        return done.stdout
    raise _failure(done)


def _printed(printing: Printing, limits: Limits, folder: str) -> "subprocess.CompletedProcess[bytes]":
    """`folder` holds what the process writes down for itself, and is gone when it was killed too."""
    order = {
        "html": printing.html,
        "assets": {name: base64.b64encode(body).decode() for name, body in printing.assets.items()},
        "densities": list(printing.densities),
        "anchor": printing.anchor,
        "page": printing.page,
        "folder": folder,
        "seconds": limits.seconds,
        "mebibytes": limits.mebibytes,
    }
    try:
        return subprocess.run(  # noqa: S603 (our own module, no shell)
            [sys.executable, "-m", _WORKER],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=limits.seconds * PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotRender(problem("pdf_too_heavy")) from None


def _failure(done: "subprocess.CompletedProcess[bytes]") -> CannotRender:
    said = done.stderr.decode(errors="replace").strip()
    last = said.rpartition("\n")[2]
    if done.returncode < 0 or done.returncode == TOO_MUCH or "MemoryError" in said:
        return CannotRender(problem("pdf_too_heavy"))
    if last == "story_too_long":
        return CannotRender(problem("story_too_long"))
    return CannotRender(problem("pdf_failed", detail=last))
