"""Sharing agreements: made, ended, and asked for before data are taken in or records handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database import agreements as stored
from lsp_assess.database.importing import time_zone
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.exchange.mapping import Source
from lsp_assess.kernel.errors import Conflict, Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.agreements import Allows, LawfulBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDetails:
    """`source` is what mappings call it: the title of the source, or who publishes it; of one for research,
    who gets the records."""

    source: str
    allows: Allows
    purpose: str
    lawful_basis: LawfulBasis
    valid_from: date
    valid_to: date | None
    signed_by: str
    reference: str


def add_agreement(work: Work, details: AgreementDetails) -> UUID:
    """Raises Invalid where it would end before it begins."""
    work.check("coordinate")
    _check_days(details.valid_from, details.valid_to, "valid_to")
    row = SharingAgreement(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        source=details.source,
        allows=details.allows,
        purpose=details.purpose,
        lawful_basis=details.lawful_basis,
        valid_from=details.valid_from,
        valid_to=details.valid_to,
        signed_by=details.signed_by,
        reference=details.reference,
    )
    work.session.add(row)
    work.session.flush()
    basis = row.lawful_basis.value
    work.record("agreement_added", object_kind="sharing_agreement", object_id=row.id, lawful_basis=basis)
    return row.id


def end_agreement(work: Work, agreement_id: UUID, *, version: int, last_day: date) -> None:
    """From the day after nothing of the source is taken in; what has been taken in stays."""
    work.check("coordinate")
    row = found(work, SharingAgreement, agreement_id)
    check_version(row, version)
    _check_days(row.valid_from, last_day, "last_day")
    row.valid_to = last_day
    work.session.flush()
    work.record(
        "agreement_ended",
        object_kind="sharing_agreement",
        object_id=agreement_id,
        last_day=last_day.isoformat(),
    )


def agreement_for(work: Work, source: Source, *, file: str) -> UUID:
    """The agreement under which the source's data may be taken in today. Raises Conflict where there is
    none; `file` is the mapping that names the source."""
    names = [name for name in (source.title, source.publisher) if name]
    row = stored.in_force_for(work.session, names, on=_today(work))
    if row is None:
        raise Conflict(problem("import_no_agreement", Place(file=file), source=" / ".join(names)))
    return row.id


def research_agreements(work: Work) -> Sequence[SharingAgreement]:
    """Under which the research file may be handed over today."""
    return stored.for_research(work.session, on=_today(work))


def _today(work: Work) -> date:
    return work.now.astimezone(ZoneInfo(time_zone(work.session))).date()


def _check_days(first: date, last: date | None, field: str) -> None:
    if last is not None and last < first:
        raise Invalid(problem("ends_before_it_begins", Place(question=field), since=first))
