"""Rounds and collections as the coordinator works them: who was asked, and who has answered (never what)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, exists, func, or_, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import (
    Collection,
    CollectionEvent,
    Instrument,
    Membership,
    Organisation,
    Person,
    Round,
)
from lsp_assess.database.models.residents import Invitation, SampleMember
from lsp_assess.database.models.responses import Participant, RespondentKey, Response
from lsp_assess.partnerships.roles import Role


class Progress(StrEnum):
    """How far a respondent is; what was answered is nobody's business here."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Invited:
    """A participant, with how far they are and when they were last written to."""

    participant: Participant
    name: str
    organisation: str | None
    mails: int
    mailed_at: datetime | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one collection: asked by invitation or in the sample, and answers sent."""

    invited: int
    answered: int
    sampled: int


@dataclass(frozen=True, slots=True)
class Overview:
    collection: Collection
    questionnaire: str
    counts: Counts


def rounds(session: Session) -> list[Round]:
    """The latest first."""
    return list(session.execute(select(Round).order_by(Round.number.desc())).scalars())


def rounds_until(session: Session, number: int) -> list[Round]:
    return list(session.execute(select(Round).where(Round.number <= number)).scalars())


def last_number(session: Session) -> int:
    return session.execute(select(func.max(Round.number))).scalar_one() or 0


def overviews(session: Session, *rounds: UUID) -> list[Overview]:
    rows = session.execute(
        select(Collection, Instrument.name, *_counted())
        .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
        .where(Collection.round_id.in_(rounds))
        .order_by(Instrument.kind.desc(), Instrument.name)
    ).all()
    return [Overview(collection, name, Counts(*numbers)) for collection, name, *numbers in rows]


def counts(session: Session, collection_id: UUID) -> Counts:
    numbers = session.execute(select(*_counted()).where(Collection.id == collection_id)).one()
    return Counts(*tuple(numbers))


def _counted() -> list[ScalarSelect[int]]:
    """In the order of `Counts`, of the collection of the row."""

    def number(kind: type[Participant] | type[Response] | type[SampleMember], *where: object) -> Any:
        same = (kind.partnership_id == Collection.partnership_id) & (kind.collection_id == Collection.id)
        statement = select(func.count()).select_from(kind).where(same, *where)  # type: ignore[arg-type]
        return statement.correlate(Collection).scalar_subquery()

    return [
        number(Participant),
        number(Response, Response.submission.is_not(None), Response.double_of.is_(None)),
        number(SampleMember),
    ]


def held_alone(session: Session, collection_id: UUID) -> Collection | None:
    """The collection, locked until this transaction ends: whoever submits waits, or has finished."""
    statement = select(Collection).where(Collection.id == collection_id).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def events(session: Session, collection_id: UUID) -> list[CollectionEvent]:
    statement = select(CollectionEvent).where(CollectionEvent.collection_id == collection_id)
    return list(session.execute(statement.order_by(CollectionEvent.at.desc())).scalars())


def invited(session: Session, collection_id: UUID) -> list[Invited]:
    """By organisation and name. Answers that were reopened count until they are sent again."""
    mails = (
        select(
            Invitation.participant_id,
            Invitation.person_id,
            func.count().label("sent"),
            func.max(Invitation.made_at).label("last"),
        )
        .group_by(Invitation.participant_id, Invitation.person_id)
        .subquery()
    )
    of_key = (Response.collection_id == collection_id) & (
        Response.respondent_key_id == Participant.respondent_key_id
    )
    rows = session.execute(
        select(
            Participant,
            Person.name,
            Organisation.name,
            func.coalesce(mails.c.sent, 0),
            mails.c.last,
            exists().where(of_key),
            exists().where(of_key, Response.submission.is_not(None)),
        )
        .join(Person, Person.id == Participant.person_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .outerjoin(
            mails,
            (mails.c.participant_id == Participant.id) & (mails.c.person_id == Participant.person_id),
        )
        .where(Participant.collection_id == collection_id)
        .order_by(Organisation.name, Person.name)
    )
    return [
        Invited(participant, name, organisation, mailed, last, _progress(begun=begun, answered=answered))
        for participant, name, organisation, mailed, last, begun, answered in rows
    ]


def current_partners(session: Session, day: date) -> list[tuple[Person, Membership]]:
    """Who may be asked for the partnership, one membership a person."""
    rows = session.execute(
        select(Person, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role == Role.PARTNER,
            Membership.valid_from <= day,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        )
        .order_by(Person.name, Membership.valid_from)
    )
    first: dict[UUID, tuple[Person, Membership]] = {}
    for person, membership in rows:
        first.setdefault(person.id, (person, membership))
    return list(first.values())


def key_of(
    session: Session, *, person_id: UUID | None = None, seat_id: UUID | None = None
) -> RespondentKey | None:
    """The key of a person, or of a seat."""
    statement = select(RespondentKey).where(
        RespondentKey.person_id == person_id if person_id else RespondentKey.seat_id == seat_id
    )
    return session.execute(statement).scalar_one_or_none()


def participants_of_key(session: Session, collection_id: UUID, key_id: UUID) -> Sequence[Participant]:
    statement = select(Participant).where(
        Participant.collection_id == collection_id, Participant.respondent_key_id == key_id
    )
    return session.execute(statement).scalars().all()


def anybody_invited(session: Session) -> bool:
    return session.execute(select(exists().select_from(Participant))).scalar_one()


def instrument_row(session: Session, content_hash: str) -> Instrument | None:
    statement = select(Instrument).where(Instrument.content_hash == content_hash)
    return session.execute(statement).scalar_one_or_none()


def instrument_rows(session: Session) -> list[Instrument]:
    """What has been issued to the partnership, the latest of each name first."""
    statement = select(Instrument).order_by(Instrument.name, Instrument.issued_at.desc())
    return list(session.execute(statement).scalars())


def _progress(*, begun: bool, answered: bool) -> Progress:
    if answered:
        return Progress.ANSWERED
    return Progress.BEGUN if begun else Progress.NOT_BEGUN
