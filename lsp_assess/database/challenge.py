"""Questions of the challenge log, and the meetings at which they could have been asked."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Collection, Person, Round
from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.responses import AgreedScore
from lsp_assess.partnerships.rounds import CollectionStatus


def challenges(session: Session) -> Sequence[Challenge]:
    """The latest first."""
    order = (Challenge.asked_on.desc(), Challenge.reply_by.desc(), Challenge.id)
    return session.execute(select(Challenge).order_by(*order)).scalars().all()


def overdue(session: Session, day: date) -> list[date]:
    """When a reply was due to each question that has none."""
    statement = select(Challenge.reply_by).where(Challenge.answer.is_(None), Challenge.reply_by < day)
    return list(session.execute(statement).scalars())


def last_lead(session: Session, part: str) -> UUID | None:
    """Who was named as the lead of a part when it was last asked about, until she answered."""
    statement = select(Challenge.lead_person_id).where(Challenge.part == part)
    latest = statement.order_by(Challenge.asked_on.desc(), Challenge.id).limit(1)
    return session.execute(latest).scalar_one_or_none()


def people_who_lead(session: Session) -> dict[UUID, str]:
    """The names of those who are still to answer."""
    waiting = select(Challenge.lead_person_id).where(Challenge.lead_person_id.is_not(None))
    return {
        row.id: row.name for row in session.execute(select(Person).where(Person.id.in_(waiting))).scalars()
    }


def meetings(session: Session) -> list[tuple[Collection, Round]]:
    """Consensus meetings that sit or have agreed on anything, of the latest round first."""
    agreed = exists().where(
        AgreedScore.partnership_id == Collection.partnership_id, AgreedScore.collection_id == Collection.id
    )
    statement = (
        select(Collection, Round)
        .join(Round, (Round.partnership_id == Collection.partnership_id) & (Round.id == Collection.round_id))
        .where((Collection.status == CollectionStatus.IN_CONSENSUS) | agreed)
        .order_by(Round.number.desc(), Collection.id)
    )
    return [(collection, round_) for collection, round_ in session.execute(statement)]


def latest_round(session: Session) -> Round | None:
    return session.execute(select(Round).order_by(Round.number.desc()).limit(1)).scalar_one_or_none()


def standings(session: Session) -> dict[UUID, tuple[CollectionStatus, bool]]:
    """How far each collection is, and whether its round is published."""
    released = exists().where(
        Release.partnership_id == Collection.partnership_id, Release.round_id == Collection.round_id
    )
    rows = session.execute(select(Collection.id, Collection.status, released))
    return {id_: (status, bool(is_published)) for id_, status, is_published in rows}


def asked_about(session: Session, round_id: UUID) -> frozenset[UUID]:
    """The actions and indicators that somebody asked about in a round."""
    statement = select(Challenge.action_id, Challenge.indicator_id).where(Challenge.round_id == round_id)
    return frozenset(one for pair in session.execute(statement) for one in pair if one is not None)


def parts_asked_about(session: Session, collection_id: UUID) -> frozenset[str]:
    statement = select(Challenge.part).where(Challenge.collection_id == collection_id)
    return frozenset(part for part in session.execute(statement).scalars() if part is not None)


def titles_of_actions(session: Session) -> dict[UUID, str]:
    return {row.id: row.title for row in session.execute(select(Action)).scalars()}


def red_actions(session: Session) -> Sequence[Action]:
    """Only what is neither done nor dropped has a light."""
    statement = select(Action).where(Action.light == "red").order_by(Action.title, Action.id)
    return session.execute(statement).scalars().all()
