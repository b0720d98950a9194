"""The register of evidence, as whoever scores or runs the meeting sees it."""

from collections.abc import Collection as Of
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import USUAL_MONTHS, Audience, Stale, staleness
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.database import evidence as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.evidence import Evidence
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.rounds import rounds
from lsp_assess.exchange.evidence_files import EvidenceFile
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.errors import NotFound
from lsp_assess.partnerships.roles import Role

RUN_THE_MEETING = frozenset({Role.FACILITATOR, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class KnownPart:
    """`in_use`: of an edition that the latest scored round holds."""

    code: str
    title: Text
    criterion: Text
    in_use: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An item as the actor sees it. `stale` is None where it counts today, by a rule of so many `months`."""

    row: Evidence
    months: int
    stale: Stale | None
    is_own: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Register:
    """`latest` is the round whose rule says what is out of date."""

    items: tuple[Held, ...]
    withdrawn: tuple[Held, ...]
    latest: Round | None


def register(work: Work) -> Register:
    work.check("read_evidence")
    latest = next(iter(rounds(work.session)), None)
    held = list(_visible(work, latest.evidence_months if latest else USUAL_MONTHS))
    return Register(
        items=tuple(one for one in held if one.row.withdrawn_at is None),
        withdrawn=tuple(one for one in held if one.row.withdrawn_at is not None),
        latest=latest,
    )


def evidence_of(work: Work, parts: Of[str], *, months: int) -> Mapping[str, tuple[Held, ...]]:
    """By part, those that have any: what the actor may see of it and was not withdrawn, the latest first.
    `months` is the rule of the round that it is looked at for."""
    work.check("read_evidence")
    standing = [one for one in _visible(work, months) if one.row.withdrawn_at is None]
    by_part = {part: tuple(one for one in standing if part in one.row.parts) for part in parts}
    return {part: held for part, held in by_part.items() if held}


def item(work: Work, evidence_id: UUID) -> Held:
    """Raises NotFound where the actor may not see it."""
    work.check("read_evidence")
    row = found(work, Evidence, evidence_id)
    latest = next(iter(rounds(work.session)), None)
    if not _may_see(work, row):
        raise NotFound
    return _held(work, row, today(work), latest.evidence_months if latest else USUAL_MONTHS)


def file_of(work: Work, evidence_id: UUID) -> EvidenceFile:
    """To be taken away. Raises NotFound where there is none, or the actor may not see it."""
    row = item(work, evidence_id).row
    content = stored.content_of(work.session, evidence_id)
    if content is None or row.file_name is None or row.media_type is None:
        raise NotFound
    work.record("evidence_taken", object_kind="evidence", object_id=evidence_id)
    return EvidenceFile(row.file_name, row.media_type, content)


def known_parts(work: Work) -> Mapping[str, KnownPart]:
    """By code: those of the edition in use, then those of earlier ones, which evidence may still name."""
    parts: dict[str, KnownPart] = {}
    in_use: UUID | None = None
    for round_, hash_ in stored.collections_by_round(work.session):
        instrument = instrument_of(work.session, hash_)
        if instrument.scoring is None:
            continue
        in_use = in_use or round_.id
        for criterion in scoring_of(instrument).criteria:
            for part in criterion.parts:
                question = instrument.question(part.item)
                title = question.text if question else criterion.title
                known = KnownPart(part.item, title, criterion.title, in_use=round_.id == in_use)
                parts.setdefault(part.item, known)
    return parts


def _visible(work: Work, months: int) -> Iterator[Held]:
    day = today(work)
    for row in stored.items(work.session):
        if _may_see(work, row):
            yield _held(work, row, day, months)


def _may_see(work: Work, row: Evidence) -> bool:
    return row.audience is Audience.PARTNERS or _is_own(work, row) or _runs_the_meeting(work)


def _is_own(work: Work, row: Evidence) -> bool:
    return row.account_id is not None and row.account_id == work.actor.account_id


def _runs_the_meeting(work: Work) -> bool:
    return bool(work.actor.roles & RUN_THE_MEETING)


def _held(work: Work, row: Evidence, day: date, months: int) -> Held:
    is_own = _is_own(work, row)
    return Held(
        row=row,
        months=months,
        stale=staleness(row.effective_on, row.expires_on, on=day, months=months),
        is_own=is_own,
        may_change=row.withdrawn_at is None and (is_own or _runs_the_meeting(work)),
    )
