"""People join the partnership in a role, hand their seat over, and leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.people import (
    account_known_by,
    check_new,
    keep_contact,
    person_known_by,
)
from lsp_assess.actions.seats import check_seat, seat_titled
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Area, Membership, Organisation, Person, Seat
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.database.own_rows import own_row
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.addresses import one_address
from lsp_assess.partnerships.roles import Role

GIVEN_BY_COORDINATORS = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
NEEDS_ORGANISATION = frozenset({Role.PARTNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """`seat` is the title of a place at the organisation's table; it is made where it is not there yet."""

    name: str
    email: str
    role: Role
    since: date
    organisation_id: UUID | None = None
    seat: str = ""
    same_respondent: bool | None = None
    areas: Sequence[UUID] = ()


def add_member(work: Work, member: NewMember) -> UUID:
    """The membership's id. A person is known by the e-mail address: a second role is not a second person."""
    work.check("coordinate")
    _check_role(member)
    if member.organisation_id is not None:
        found(work, Organisation, member.organisation_id)
    person = person_known_by(work, name=member.name, email=member.email)
    membership = Membership(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        person_id=person.id,
        organisation_id=member.organisation_id,
        role=member.role,
        valid_from=member.since,
        same_respondent=member.same_respondent,
    )
    check_new(work, membership)
    if member.seat and member.organisation_id is not None:
        seat_id = seat_titled(work, member.organisation_id, member.seat)
        check_seat(work, membership, seat_id)
        membership.seat_id = seat_id
    work.session.add(membership)
    work.session.flush()
    if member.role is Role.RESEARCHER:
        stored.set_areas(work.session, membership.id, _own_areas(work, member.areas))
    work.record("member_added", object_kind="membership", object_id=membership.id, role=member.role.value)
    return membership.id


def hand_over(
    work: Work,
    membership_id: UUID,
    *,
    version: int,
    name: str,
    email: str,
    first_day: date,
    same_respondent: bool,
) -> UUID:
    """A successor fills the seat from `first_day`, and the predecessor's membership ends the day before.
    `same_respondent` states whether their answers are compared from round to round; neither ever sees the
    other's."""
    work.check("coordinate")
    before = found(work, Membership, membership_id)
    if before.seat_id is None:
        raise Conflict(problem("no_seat_to_hand_over"))
    end_membership(work, membership_id, version=version, last_day=first_day - timedelta(days=1))
    seat = found(work, Seat, before.seat_id)
    work.record(
        "seat_handed_over",
        object_kind="membership",
        object_id=membership_id,
        same_respondent=same_respondent,
    )
    return add_member(
        work,
        NewMember(
            name=name,
            email=email,
            role=before.role,
            since=first_day,
            organisation_id=before.organisation_id,
            seat=seat.title,
            same_respondent=same_respondent,
        ),
    )


def end_membership(work: Work, membership_id: UUID, *, version: int, last_day: date) -> None:
    """From the day after, the role is gone. Raises Invalid when nobody would be left to coordinate."""
    work.check("coordinate")
    membership = found(work, Membership, membership_id)
    check_version(membership, version)
    if last_day < membership.valid_from:
        since = membership.valid_from
        raise Invalid(problem("ends_before_it_begins", Place(question="last_day"), since=since))
    if membership.role is Role.COORDINATOR and not _other_coordinators(work, membership, last_day):
        raise Invalid(problem("last_coordinator", Place(question="last_day")))
    membership.valid_to = last_day
    work.session.flush()
    work.record(
        "membership_ended",
        object_kind="membership",
        object_id=membership_id,
        last_day=last_day.isoformat(),
    )


def change_person(work: Work, person_id: UUID, *, version: int, name: str, email: str) -> None:
    """Another address is another sign-in: whoever reads mail there gets no account that was somebody's
    elsewhere, and the old account no longer enters here."""
    work.check("coordinate")
    person = found(work, Person, person_id)
    check_version(person, version)
    person.name = name
    contact = own_row(work.session, PersonContact, person_id)
    if contact is None or contact.email != one_address(email):
        account = account_known_by(work, email)
        holder = stored.person_of_account(work.session, account.id)
        if holder is not None and holder.id != person_id:
            raise Invalid(problem("email_of_another", Place(question="email")))
        person.account_id = account.id
        keep_contact(work, person, contact, email)
    work.session.flush()
    work.record("person_changed", object_kind="person", object_id=person_id)


def set_researcher_areas(work: Work, membership_id: UUID, *, areas: Sequence[UUID]) -> None:
    """Where a community researcher may work; households outside are out of reach at once."""
    work.check("coordinate")
    membership = found(work, Membership, membership_id)
    if membership.role is not Role.RESEARCHER:
        raise Conflict(problem("areas_are_for_researchers"))
    stored.set_areas(work.session, membership_id, _own_areas(work, areas))
    work.record("researcher_areas_set", object_kind="membership", object_id=membership_id, areas=len(areas))


def _check_role(member: NewMember) -> None:
    if member.role not in GIVEN_BY_COORDINATORS:
        raise Denied(problem("role_not_yours_to_give"))
    if member.role in NEEDS_ORGANISATION and member.organisation_id is None:
        raise Invalid(problem("partner_needs_organisation", Place(question="organisation")))
    if member.seat and member.organisation_id is None:
        raise Invalid(problem("seat_needs_organisation", Place(question="organisation")))


def _other_coordinators(work: Work, leaving: Membership, last_day: date) -> bool:
    after = last_day + timedelta(days=1)
    return any(
        one.membership.role is Role.COORDINATOR
        and one.membership.person_id != leaving.person_id
        and (one.membership.valid_to is None or one.membership.valid_to >= after)
        for one in stored.members(work.session)
    )


def _own_areas(work: Work, area_ids: Sequence[UUID]) -> list[UUID]:
    return [found(work, Area, area_id).id for area_id in area_ids]
