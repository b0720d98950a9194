"""Responses being filled in, and the collections that they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Collection, Instrument, Round
from lsp_assess.database.models.responses import Consent, Participant, Response


@dataclass(frozen=True, slots=True)
class Asked:
    """A collection that a person is asked to answer, with what has come of it."""

    collection: Collection
    round: Round
    participant: Participant
    response: Response | None
    instrument_name: str


# Put together once: these are asked whenever somebody answers.
OWN = (
    select(Collection, Participant, Response)
    .join(Participant, Participant.collection_id == Collection.id)
    .outerjoin(
        Response,
        (Response.collection_id == Collection.id)
        & (Response.respondent_key_id == Participant.respondent_key_id)
        & (Response.number == bindparam("number"))
        & Response.double_of.is_(None),
    )
    .where(Collection.id == bindparam("collection_id"), Participant.person_id == bindparam("person_id"))
)
HOLD_OWN = (
    select(Participant.id)
    .where(Participant.collection_id == bindparam("collection_id"))
    .where(Participant.person_id == bindparam("person_id"))
    .with_for_update(key_share=True)
)
HELD_OPEN = (
    select(Collection)
    .where(Collection.id == bindparam("collection_id"))
    .with_for_update(read=True)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class Own:
    """A collection that a person answers, and the response of that number where it has begun."""

    collection: Collection
    participant: Participant
    response: Response | None


def own_of(session: Session, *, collection_id: UUID, person_id: UUID, number: int) -> Own | None:
    """None where the person is not asked."""
    found = session.execute(
        OWN, {"collection_id": collection_id, "person_id": person_id, "number": number}
    ).one_or_none()
    return Own(*found) if found else None


def hold_own(session: Session, *, collection_id: UUID, person_id: UUID) -> None:
    """Nobody else writes what the person answers until this transaction ends."""
    session.execute(HOLD_OWN, {"collection_id": collection_id, "person_id": person_id})


def asked_of(session: Session, person_id: UUID) -> list[Asked]:
    """Everything a person has been invited to, the latest round first."""
    rows = session.execute(
        select(Collection, Round, Participant, Response, Instrument.name)
        .join(Round, Round.id == Collection.round_id)
        .join(Participant, Participant.collection_id == Collection.id)
        .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
        .outerjoin(
            Response,
            (Response.collection_id == Collection.id)
            & (Response.respondent_key_id == Participant.respondent_key_id)
            & (Response.number == 1),
        )
        .where(Participant.person_id == person_id)
        .order_by(Round.number.desc(), Instrument.name)
    )
    return [Asked(*row) for row in rows]


def collection_of(session: Session, collection_id: UUID) -> Collection | None:
    return session.execute(select(Collection).where(Collection.id == collection_id)).scalar_one_or_none()


def held_open(session: Session, collection_id: UUID) -> Collection:
    """The collection, locked against closing until this transaction ends. Closing takes the same lock
    alone, so a submission is wholly before it or wholly after."""
    return session.execute(HELD_OPEN, {"collection_id": collection_id}).scalar_one()


def response_of(
    session: Session, *, collection_id: UUID, respondent_key_id: UUID, number: int = 1
) -> Response | None:
    return session.execute(
        select(Response).where(
            Response.collection_id == collection_id,
            Response.respondent_key_id == respondent_key_id,
            Response.number == number,
            Response.double_of.is_(None),
        )
    ).scalar_one_or_none()


def responses_of(session: Session, *, collection_id: UUID, respondent_key_id: UUID) -> Sequence[Response]:
    return (
        session.execute(
            select(Response)
            .where(Response.collection_id == collection_id, Response.respondent_key_id == respondent_key_id)
            .order_by(Response.number)
        )
        .scalars()
        .all()
    )


def next_number(session: Session, *, collection_id: UUID, respondent_key_id: UUID) -> int:
    highest = session.execute(
        select(func.max(Response.number)).where(
            Response.collection_id == collection_id, Response.respondent_key_id == respondent_key_id
        )
    ).scalar_one()
    return (highest or 0) + 1


def consents_of(session: Session, response_id: UUID) -> Sequence[Consent]:
    return session.execute(select(Consent).where(Consent.response_id == response_id)).scalars().all()
