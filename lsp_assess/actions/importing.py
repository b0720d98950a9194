"""Files that are taken in: what every import needs, whichever kind of file it is."""

import json
from dataclasses import asdict, dataclass, is_dataclass
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from lsp_assess.actions.agreements import agreement_for
from lsp_assess.actions.work import Work
from lsp_assess.database import importing as stored
from lsp_assess.exchange.mapping import MappingHead, MappingKind, Source
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


class Planned(Protocol):
    """What a file says, whichever kind of file it is."""

    @property
    def file(self) -> str: ...

    @property
    def digest(self) -> str: ...

    @property
    def notes(self) -> tuple[Problem, ...]: ...


def record_import(
    work: Work, plan: Planned, head: MappingHead, *, kind: MappingKind, reconciliation: Any
) -> UUID:
    """Keep what is kept of a run: every row accounted for (`reconciliation` is a dataclass), and what was
    reported."""
    account = {**asdict(reconciliation), "notes": [_kept_note(note) for note in plan.notes]}
    run_id = stored.record_run(
        work.session,
        kind=kind,
        file_name=plan.file,
        file_hash=plan.digest,
        mapping=head.text,
        reconciliation=account,
        account_id=work.actor.account_id,
        agreement_id=agreement_for(work, head.source, file=plan.file),
        at=work.now,
    )
    counts = {key: account[key] for key in ("read", "written", "revised", "unchanged")}
    work.record(f"{kind}_imported", object_kind="import_run", object_id=run_id, **counts)
    return run_id


def ensure_source(work: Work, source: Source) -> UUID:
    return stored.ensure_source(
        work.session,
        title=source.title,
        publisher=source.publisher,
        licence=source.licence,
        attribution=source.attribution,
    )


def _kept_note(note: Problem) -> dict[str, Any]:
    place = {key: value for key, value in asdict(note.place).items() if value is not None}
    return {"code": note.code, "params": dict(note.what.params), "place": place}
