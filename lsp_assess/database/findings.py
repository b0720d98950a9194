"""What rounds found, and the votes on it."""

from collections.abc import Collection as Of
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lsp_assess.assessment.ranking import RankingStatus
from lsp_assess.database.models.findings import Ballot, Finding, Ranking
from lsp_assess.database.models.partnerships import Collection, Round


def findings(session: Session, *collections: UUID) -> Sequence[Finding]:
    """Strengths first, each kind by its words; those that were merged among them."""
    statement = select(Finding).where(Finding.collection_id.in_(collections))
    order = (Finding.kind.desc(), Finding.words, Finding.id)
    return session.execute(statement.order_by(*order)).scalars().all()


def held(session: Session, ids: Of[UUID]) -> Sequence[Finding]:
    """Locked until this transaction ends; always in one order, so that two who merge do not wait for each
    other."""
    statement = select(Finding).where(Finding.id.in_(ids)).order_by(Finding.id).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalars().all()


def ranking(session: Session, collection_id: UUID) -> Ranking | None:
    statement = select(Ranking).where(Ranking.collection_id == collection_id)
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def status_of(row: Ranking | None) -> RankingStatus:
    if row is None:
        return RankingStatus.GATHERING
    return RankingStatus.OPEN if row.closed_at is None else RankingStatus.CLOSED


def closed_rankings(session: Session, collections: Of[UUID]) -> frozenset[UUID]:
    """Those of the collections whose votes are counted."""
    statement = select(Ranking.collection_id).where(
        Ranking.collection_id.in_(collections), Ranking.closed_at.is_not(None)
    )
    return frozenset(session.execute(statement).scalars())


def ballot_of(session: Session, *, collection_id: UUID, voter_id: UUID) -> Ballot | None:
    statement = select(Ballot).where(Ballot.collection_id == collection_id, Ballot.voter_id == voter_id)
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def ballots(session: Session, collection_id: UUID) -> Sequence[Ballot]:
    return session.execute(select(Ballot).where(Ballot.collection_id == collection_id)).scalars().all()


def voted(session: Session, collection_id: UUID) -> int:
    statement = select(func.count()).select_from(Ballot).where(Ballot.collection_id == collection_id)
    return session.execute(statement).scalar_one()


def collections_with_rounds(session: Session) -> list[tuple[Collection, Round, Ranking | None]]:
    """The latest round first."""
    rows = session.execute(
        select(Collection, Round, Ranking)
        .join(Round, Round.id == Collection.round_id)
        .outerjoin(Ranking, Ranking.collection_id == Collection.id)
        .order_by(Round.number.desc(), Collection.id)
    )
    return [(collection, round_, row) for collection, round_, row in rows]
