"""Parts that are scored again at the meeting, and second scores."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from lsp_assess.assessment.rescoring import RescoringStatus
from lsp_assess.database.models.partnerships import Collection, Membership, Round
from lsp_assess.database.models.rescoring import Rescoring, SecondScore
from lsp_assess.database.models.responses import Participant
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus


def rescorings(session: Session, collection_id: UUID) -> Mapping[str, Rescoring]:
    """By part."""
    rows = session.execute(select(Rescoring).where(Rescoring.collection_id == collection_id)).scalars()
    return {row.part: row for row in rows}


def rescoring(session: Session, *, collection_id: UUID, part: str) -> Rescoring | None:
    """As it stands now."""
    statement = select(Rescoring).where(Rescoring.collection_id == collection_id, Rescoring.part == part)
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def open_rescorings(session: Session) -> list[tuple[Rescoring, Collection, Round]]:
    """Of meetings in session, the first that was opened first."""
    rows = session.execute(
        select(Rescoring, Collection, Round)
        .join(Collection, Collection.id == Rescoring.collection_id)
        .join(Round, Round.id == Collection.round_id)
        .where(
            Rescoring.status == RescoringStatus.OPEN,
            Collection.status == CollectionStatus.IN_CONSENSUS,
        )
        .order_by(Rescoring.opened_at, Rescoring.id)
    )
    return [(row, collection, round_) for row, collection, round_ in rows]


def people_asked(session: Session, collection_id: UUID, day: date) -> frozenset[UUID]:
    """Partners of that day who were asked to score, or who fill a seat: a successor answers for it."""
    asked = exists().where(
        Participant.collection_id == collection_id, Participant.person_id == Membership.person_id
    )
    statement = select(Membership.person_id).where(
        Membership.role == Role.PARTNER,
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        or_(asked, Membership.seat_id.is_not(None)),
    )
    return frozenset(session.execute(statement).scalars())


def people_scored(session: Session, rescoring_id: UUID) -> frozenset[UUID]:
    statement = select(SecondScore.person_id).where(SecondScore.rescoring_id == rescoring_id)
    return frozenset(session.execute(statement).scalars())


def second_score(session: Session, rescoring_id: UUID, *, person_id: UUID) -> SecondScore | None:
    statement = select(SecondScore).where(
        SecondScore.rescoring_id == rescoring_id, SecondScore.person_id == person_id
    )
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def scores_given(session: Session, rescoring_id: UUID) -> Sequence[int]:
    """Lowest first, so that they have no order of people."""
    statement = select(SecondScore.score).where(SecondScore.rescoring_id == rescoring_id)
    return session.execute(statement.order_by(SecondScore.score)).scalars().all()


def take_out(session: Session, collection_id: UUID, *, person_id: UUID) -> None:
    """A person's second scores of one collection; what was revealed of them stays as it was."""
    of = select(Rescoring.id).where(Rescoring.collection_id == collection_id)
    session.execute(
        delete(SecondScore).where(SecondScore.person_id == person_id, SecondScore.rescoring_id.in_(of))
    )
