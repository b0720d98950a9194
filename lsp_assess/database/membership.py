"""Who is in the partnership: organisations, seats, people, and the areas of researchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import (
    Area,
    Membership,
    Organisation,
    Person,
    ResearcherArea,
    Seat,
)
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.database.session import scope_of


@dataclass(frozen=True, slots=True)
class Member:
    """A membership with whom and what it joins."""

    membership: Membership
    person: Person
    contact: PersonContact | None
    organisation: Organisation | None
    seat: Seat | None

    def current_on(self, day: date) -> bool:
        held = self.membership
        return held.valid_from <= day and (held.valid_to is None or day <= held.valid_to)


def organisations(session: Session) -> list[Organisation]:
    return list(session.execute(select(Organisation).order_by(Organisation.name)).scalars())


def organisations_on(session: Session, day: date) -> list[Organisation]:
    """Those that are in the partnership on a day."""
    return [o for o in organisations(session) if o.valid_to is None or o.valid_to >= day]


def members(session: Session) -> list[Member]:
    """Every membership there has been, by name of the person."""
    rows = session.execute(_members().order_by(Person.name, Membership.valid_from))
    return [Member(*row) for row in rows]


def members_of(session: Session, organisation_id: UUID) -> list[Member]:
    rows = session.execute(
        _members()
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.valid_from, Person.name)
    )
    return [Member(*row) for row in rows]


def member(session: Session, membership_id: UUID) -> Member | None:
    row = session.execute(_members().where(Membership.id == membership_id)).one_or_none()
    return None if row is None else Member(*row)


def memberships_of_person(session: Session, person_id: UUID) -> list[Membership]:
    return list(session.execute(select(Membership).where(Membership.person_id == person_id)).scalars())


def memberships_of_seat(session: Session, seat_id: UUID) -> list[Membership]:
    return list(session.execute(select(Membership).where(Membership.seat_id == seat_id)).scalars())


def predecessor(session: Session, after: Membership) -> Member | None:
    """Who filled the seat before."""
    if after.seat_id is None:
        return None
    row = session.execute(
        _members()
        .where(
            Membership.seat_id == after.seat_id,
            Membership.person_id != after.person_id,
            Membership.valid_from < after.valid_from,
        )
        .order_by(Membership.valid_from.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Member(*row)


def seats(session: Session, organisation_id: UUID) -> list[Seat]:
    return list(
        session.execute(
            select(Seat).where(Seat.organisation_id == organisation_id).order_by(Seat.title)
        ).scalars()
    )


def person_of_account(session: Session, account_id: UUID) -> Person | None:
    return session.execute(select(Person).where(Person.account_id == account_id)).scalar_one_or_none()


def areas(session: Session) -> list[Area]:
    return list(session.execute(select(Area).order_by(Area.comparator, Area.type, Area.name)).scalars())


def areas_of(session: Session, membership_id: UUID) -> set[UUID]:
    statement = select(ResearcherArea.area_id).where(ResearcherArea.membership_id == membership_id)
    return set(session.execute(statement).scalars())


def set_areas(session: Session, membership_id: UUID, area_ids: Iterable[UUID]) -> None:
    """The areas in which a researcher may work, from now on."""
    wanted = set(area_ids)
    held = areas_of(session, membership_id)
    session.execute(
        delete(ResearcherArea).where(
            ResearcherArea.membership_id == membership_id, ResearcherArea.area_id.in_(held - wanted)
        )
    )
    here = scope_of(session).partnership_id
    session.add_all(
        ResearcherArea(partnership_id=here, membership_id=membership_id, area_id=area_id)
        for area_id in wanted - held
    )
    session.flush()


def _members() -> Select[*tuple[Membership, Person, PersonContact, Organisation, Seat]]:
    return (
        select(Membership, Person, PersonContact, Organisation, Seat)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(PersonContact, PersonContact.id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Seat, Seat.id == Membership.seat_id)
    )
