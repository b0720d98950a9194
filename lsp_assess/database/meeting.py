"""What consensus meetings agreed, step by step; and what they may be held on."""

from collections.abc import Collection as Of
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lsp_assess.assessment.consensus import AgreedScore, Dissent
from lsp_assess.assessment.record import Step
from lsp_assess.database.evidence import relied_on
from lsp_assess.database.models import responses as rows
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Collection, Person, Round
from lsp_assess.partnerships.rounds import CollectionStatus

LOOKS = ("spread_seen", "remarks_seen", "minutes_taken")
Records = Mapping[tuple[UUID, str], tuple[Step, ...]]


def records(session: Session, collections: Of[UUID]) -> Records:
    """By collection and part: every step, oldest first."""
    dissents, relied = _dissents(session, collections), relied_on(session, collections)
    found: dict[tuple[UUID, str], tuple[Step, ...]] = {}
    statement = (
        select(rows.AgreedScore, Person.name)
        .outerjoin(Person, Person.account_id == rows.AgreedScore.account_id)
        .where(rows.AgreedScore.collection_id.in_(collections))
        .order_by(rows.AgreedScore.collection_id, rows.AgreedScore.part, rows.AgreedScore.step)
    )
    for row, by in session.execute(statement):
        agreed = None
        if row.score is not None:
            said = tuple(dissents.get(row.id, ()))
            agreed = AgreedScore(
                row.part, round(row.score), row.rationale, said, evidence=relied.get(row.id, ())
            )
        key = (row.collection_id, row.part)
        found[key] = (*found.get(key, ()), Step(row.step, agreed, row.at, by))
    return found


def scored_collections(session: Session) -> list[tuple[Collection, Round]]:
    """All that are past their draft, of the latest round first."""
    statement = (
        select(Collection, Round)
        .join(Round, Round.id == Collection.round_id)
        .where(Collection.status != CollectionStatus.DRAFT)
        .order_by(Round.number.desc(), Collection.id)
    )
    return [(collection, round_) for collection, round_ in session.execute(statement)]


def was_looked_at(session: Session, collection_id: UUID) -> bool:
    """Whether a facilitator has seen how the scores lie, or what was written; the audit log remembers."""
    seen = exists().where(AuditEvent.event.in_(LOOKS), AuditEvent.object_id == str(collection_id))
    return bool(session.execute(select(seen)).scalar_one())


def _dissents(session: Session, collections: Of[UUID]) -> dict[UUID, list[Dissent]]:
    statement = (
        select(rows.Dissent, Person.name)
        .join(rows.AgreedScore, rows.AgreedScore.id == rows.Dissent.agreed_score_id)
        .outerjoin(Person, Person.id == rows.Dissent.person_id)
        .where(rows.AgreedScore.collection_id.in_(collections))
        .order_by(rows.Dissent.place)
    )
    found: dict[UUID, list[Dissent]] = {}
    for row, name in session.execute(statement):
        found.setdefault(row.agreed_score_id, []).append(Dissent(row.words, name))
    return found
