"""What is done to the register of evidence. Whoever scores or runs the meeting adds to it; an item is changed
and withdrawn by who added it, or runs the meeting. Of what was withdrawn the title stays, and the reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_version
from lsp_assess.actions.evidence import item, known_parts
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import Audience, check_days, check_link
from lsp_assess.database import evidence as stored
from lsp_assess.database.models.evidence import Evidence, EvidenceFile
from lsp_assess.exchange import evidence_files
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, Problem, problem
from lsp_assess.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDetails:
    title: str
    parts: tuple[str, ...]
    effective_on: date
    expires_on: date | None
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceContent:
    words: str | None = None
    link: str | None = None
    file: Upload | None = None


def add_evidence(work: Work, details: EvidenceDetails, content: EvidenceContent) -> UUID:
    """Raises Invalid with everything that is wrong; nothing is kept then."""
    work.check("read_evidence")
    files: list[evidence_files.EvidenceFile] = []
    sent = content.file
    _raise_all(
        lambda: _check(work, details, ()),
        lambda: _check_content(content),
        lambda: check_link(content.link) if content.link else None,
        lambda: files.append(evidence_files.checked(sent.name, sent.content)) if sent else None,
    )
    row = Evidence(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        words=content.words or None,
        link=content.link or None,
        added_at=work.now,
        account_id=work.actor.account_id,
    )
    _put(row, details)
    work.session.add(row)
    for file in files:
        row.file_name, row.media_type, row.size = file.name, file.media_type, len(file.content)
        work.session.flush()
        kept = EvidenceFile(partnership_id=row.partnership_id, id=row.id, content=file.content)
        work.session.add(kept)
    work.session.flush()
    work.record("evidence_added", object_kind="evidence", object_id=row.id, file=bool(files))
    return row.id


def change_evidence(work: Work, evidence_id: UUID, details: EvidenceDetails, *, version: int) -> None:
    """What it says stays: other words, another link or file are another item."""
    row = _to_change(work, evidence_id, version)
    _raise_all(lambda: _check(work, details, row.parts))
    _put(row, details)
    work.session.flush()
    work.record("evidence_changed", object_kind="evidence", object_id=evidence_id)


def withdraw_evidence(work: Work, evidence_id: UUID, reason: str, *, version: int) -> None:
    """For good: words, link and file are deleted; title, days and the reason stay on the register."""
    row = _to_change(work, evidence_id, version)
    file = stored.file_row(work.session, evidence_id)
    if file is not None:
        work.session.delete(file)
    row.words = row.link = row.file_name = row.media_type = row.size = None
    row.withdrawn_at, row.withdrawn_because = work.now, reason
    work.session.flush()
    work.record("evidence_withdrawn", object_kind="evidence", object_id=evidence_id)


def _to_change(work: Work, evidence_id: UUID, version: int) -> Evidence:
    held = item(work, evidence_id)
    if held.row.withdrawn_at is not None:
        raise Conflict(problem("evidence_is_withdrawn"))
    if not held.may_change:
        raise NotFound
    check_version(held.row, version)
    return held.row


def _check(work: Work, details: EvidenceDetails, had: Iterable[str]) -> None:
    check_days(details.effective_on, details.expires_on, today=today(work))
    if set(details.parts) - known_parts(work).keys() - set(had):
        raise Invalid(problem("evidence_part_unknown", Place(question="parts")))


def _check_content(content: EvidenceContent) -> None:
    if not (content.words or content.link or content.file):
        raise Invalid(problem("evidence_empty", Place(question="words")))


def _put(row: Evidence, details: EvidenceDetails) -> None:
    row.title, row.audience, row.parts = details.title, details.audience, list(details.parts)
    row.effective_on, row.expires_on = details.effective_on, details.expires_on


def _raise_all(*checks: Callable[[], object]) -> None:
    """Raises Invalid with the problems of all of them."""
    problems: list[Problem] = []
    for check in checks:
        try:
            check()
        except Invalid as refused:
            problems += refused.problems
    if problems:
        raise Invalid(*problems)
