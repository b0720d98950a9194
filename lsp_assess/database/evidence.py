"""The register of evidence, and what agreed scores rely on of it."""

from collections.abc import Collection as Of
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.assessment.evidence import Audience, Relied
from lsp_assess.database.models.evidence import Evidence, EvidenceFile, ReliedEvidence
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.responses import AgreedScore


def items(session: Session) -> Sequence[Evidence]:
    """The latest first; those that were withdrawn among them."""
    order = (Evidence.effective_on.desc(), Evidence.title, Evidence.id)
    return session.execute(select(Evidence).order_by(*order)).scalars().all()


def content_of(session: Session, evidence_id: UUID) -> bytes | None:
    statement = select(EvidenceFile.content).where(EvidenceFile.id == evidence_id)
    return session.execute(statement).scalar_one_or_none()


def file_row(session: Session, evidence_id: UUID) -> EvidenceFile | None:
    return session.execute(select(EvidenceFile).where(EvidenceFile.id == evidence_id)).scalar_one_or_none()


def collections_by_round(session: Session) -> list[tuple[Round, str]]:
    """Every round with the questionnaires that it holds by their hash, the latest round first."""
    statement = (
        select(Round, Collection.instrument_hash)
        .join(Collection, Collection.round_id == Round.id)
        .order_by(Round.number.desc(), Collection.id)
    )
    return [(round_, hash_) for round_, hash_ in session.execute(statement)]


def relied_on(session: Session, collections: Of[UUID]) -> dict[UUID, tuple[Relied, ...]]:
    """By agreed score, each by its title."""
    statement = (
        select(ReliedEvidence, Evidence.audience, Evidence.withdrawn_at)
        .join(AgreedScore, AgreedScore.id == ReliedEvidence.agreed_score_id)
        .join(Evidence, Evidence.id == ReliedEvidence.evidence_id)
        .where(AgreedScore.collection_id.in_(collections))
        .order_by(ReliedEvidence.title, ReliedEvidence.id)
    )
    found: dict[UUID, tuple[Relied, ...]] = {}
    for row, audience, withdrawn_at in session.execute(statement):
        title = row.title if audience is Audience.PARTNERS else None
        relied = Relied(row.evidence_id, title, row.was_stale, is_withdrawn=withdrawn_at is not None)
        found[row.agreed_score_id] = (*found.get(row.agreed_score_id, ()), relied)
    return found
