"""Who has not answered in the rounds that remind, and what they were sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, ScalarSelect, Select, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from lsp_assess.database.models.partnerships import Collection, Instrument, Membership, Round
from lsp_assess.database.models.residents import Invitation
from lsp_assess.database.models.responses import Participant, Response
from lsp_assess.instruments.instrument import Kind
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Waiting:
    """A participant who has not answered. `reminders` and `mailed_at` are the person's in the whole round."""

    round_id: UUID
    before: int
    every: int
    most: int
    closes_at: datetime
    participant_id: UUID
    person_id: UUID
    reminders: int
    mailed_at: datetime | None


_theirs, _beside = aliased(Participant), aliased(Collection)


def waiting(session: Session, *, now: datetime) -> list[Waiting]:
    """What closes first stands first."""
    rows = session.execute(
        select(
            Round.id,
            Round.remind_before,
            Round.remind_every,
            Round.remind_most,
            type_coerce(Collection.closes_at, DateTime(timezone=True)),
            Participant.id,
            Participant.person_id,
            _reminders(),
            _last_mail(),
        )
        .join(Collection, Collection.round_id == Round.id)
        .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
        .join(Participant, Participant.collection_id == Collection.id)
        .where(
            Round.remind_most > 0,
            Collection.status == CollectionStatus.OPEN,
            Collection.closes_at > now,
            Instrument.kind != Kind.HOUSEHOLD.value,
            ~_answered(),
            _is_partner(now.date()),
        )
        .order_by(Collection.closes_at, Collection.id, Participant.id)
    )
    return [Waiting(*row) for row in rows]


def reminders_of(session: Session, participant_id: UUID) -> tuple[int, int]:
    """How many the person was sent in the round of the participant; and the most of its rule, 0 without."""
    sent, most = session.execute(
        select(_reminders(), Round.remind_most)
        .select_from(Participant)
        .join(Collection, Collection.id == Participant.collection_id)
        .join(Round, Round.id == Collection.round_id)
        .where(Participant.id == participant_id)
    ).one()
    return sent, most


def _reminders() -> ScalarSelect[int]:
    total = select(func.coalesce(func.sum(_theirs.reminders), 0)).select_from(_theirs)
    return _in_the_round(total.join(_beside, _beside.id == _theirs.collection_id))


def _last_mail() -> ScalarSelect[datetime | None]:
    last = select(func.max(Invitation.made_at)).select_from(Invitation)
    last = last.join(_theirs, _theirs.id == Invitation.participant_id)
    return _in_the_round(
        last.join(_beside, _beside.id == _theirs.collection_id).where(
            Invitation.person_id == Participant.person_id
        )
    )


def _in_the_round(statement: Select[Any]) -> ScalarSelect[Any]:
    """Of the person of the row."""
    return (
        statement.where(_beside.round_id == Collection.round_id, _theirs.person_id == Participant.person_id)
        .correlate(Collection, Participant)
        .scalar_subquery()
    )


def _answered() -> ColumnElement[bool]:
    return exists().where(
        Response.collection_id == Collection.id,
        Response.respondent_key_id == Participant.respondent_key_id,
        Response.submission.is_not(None),
    )


def _is_partner(day: date) -> ColumnElement[bool]:
    return exists().where(
        Membership.person_id == Participant.person_id,
        Membership.role == Role.PARTNER,
        Membership.valid_from <= day,
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
    )
