"""Files that are taken in: what every import needs, whichever kind of file it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from hashlib import sha256
from typing import Any

from lsp_assess.exchange.sheets import BYTES_LIMIT
from lsp_assess.kernel.errors import Conflict, Invalid, Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its own name, which is only shown, and its bytes."""

    name: str
    content: bytes

    def text(self) -> str:
        """Raises Invalid where it is not UTF-8."""
        if len(self.content) > BYTES_LIMIT:
            limit = BYTES_LIMIT // 1024 // 1024
            raise Invalid(problem("import_file_too_large", Place(file=self.name), limit=limit))
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise Invalid(
                problem(
                    "import_not_in_encoding",
                    Place(file=self.name, line=line),
                    encoding="utf-8",
                    byte=error.start,
                    value=f"0x{self.content[error.start]:02X}",
                )
            ) from error


def fingerprint(*parts: object) -> str:
    """Of what a preview showed: taking the file in is refused when it would do something else by then."""
    written = json.dumps([asdict(p) if is_dataclass(p) and not isinstance(p, type) else p for p in parts])
    return sha256(written.encode()).hexdigest()


def check_as_previewed(now: str, previewed: str | None) -> None:
    """Raises Conflict when the file, the mapping or the data changed since the preview."""
    if previewed is not None and previewed != now:
        raise Conflict(problem("import_changed_since_preview"))


def kept_account(reconciliation: Mapping[str, Any], notes: Iterable[Problem]) -> dict[str, Any]:
    """What is kept of a run: every row accounted for, and what was reported."""
    return {**reconciliation, "notes": [_kept_note(note) for note in notes]}


def _kept_note(note: Problem) -> dict[str, Any]:
    place = {key: value for key, value in asdict(note.place).items() if value is not None}
    return {"code": note.code, "params": dict(note.what.params), "place": place}
