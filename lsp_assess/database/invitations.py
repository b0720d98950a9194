"""Links that were sent, and who they were sent to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Collection, Partnership, Person, Round
from lsp_assess.database.models.residents import Invitation, PersonContact
from lsp_assess.database.models.responses import Participant
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """A participant as an invitation needs them."""

    partnership_id: UUID
    partnership_name: str
    participant_id: UUID
    person_id: UUID
    person_name: str
    email: str
    language: str
    round_name: str
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Used:
    account_id: UUID
    collection_id: UUID | None


def asked(session: Session, participant_id: UUID) -> Asked | None:
    row = session.execute(_participants().where(Participant.id == participant_id)).one_or_none()
    return None if row is None else Asked(*row)


def open_for_account(session: Session, account_id: UUID) -> list[Asked]:
    rows = session.execute(
        _participants().where(Person.account_id == account_id, Collection.status == CollectionStatus.OPEN)
    )
    return [Asked(*row) for row in rows]


def use(session: Session, *, token_hash: str, at: datetime) -> Used | None:
    """Mark the link as used and say whose it is; None when it is unknown, used or too old."""
    row = session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == token_hash,
            Invitation.redeemed_at.is_(None),
            Invitation.expires_at > at,
        )
        .values(redeemed_at=at)
        .returning(Invitation.person_id, Invitation.participant_id)
    ).one_or_none()
    if row is None:
        return None
    account_id = session.execute(select(Person.account_id).where(Person.id == row.person_id)).scalar_one()
    if account_id is None:
        return None
    collection_id = session.execute(
        select(Participant.collection_id).where(Participant.id == row.participant_id)
    ).scalar_one_or_none()
    return Used(account_id=account_id, collection_id=collection_id)


def usable(session: Session, *, token_hash: str, at: datetime) -> bool:
    """Whether a link would work; looking uses nothing up."""
    statement = select(Invitation.id).where(
        Invitation.token_hash == token_hash, Invitation.redeemed_at.is_(None), Invitation.expires_at > at
    )
    return session.execute(statement).one_or_none() is not None


def end_links(session: Session, participant_id: UUID, *, at: datetime) -> None:
    """The links that a participant was sent and has not used: somebody else is asked in their place."""
    session.execute(
        update(Invitation)
        .where(Invitation.participant_id == participant_id, Invitation.redeemed_at.is_(None))
        .values(expires_at=at)
    )


def _participants() -> Select[*tuple[Any, ...]]:
    within = Participant.partnership_id
    return (
        select(
            Partnership.id,
            Partnership.name,
            Participant.id,
            Person.id,
            Person.name,
            PersonContact.email,
            Account.language,
            Round.name,
            Collection.closes_at,
        )
        .select_from(Participant)
        .join(Partnership, Partnership.id == within)
        .join(Person, (Person.partnership_id == within) & (Person.id == Participant.person_id))
        .join(PersonContact, (PersonContact.partnership_id == within) & (PersonContact.id == Person.id))
        .join(Account, Account.id == Person.account_id)
        .join(
            Collection, (Collection.partnership_id == within) & (Collection.id == Participant.collection_id)
        )
        .join(Round, (Round.partnership_id == within) & (Round.id == Collection.round_id))
    )
