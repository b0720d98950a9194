"""Seats: places at an organisation's table, which one person at a time fills."""

from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Membership, Seat
from lsp_assess.kernel.errors import Conflict, Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships import roles


def set_seat(work: Work, membership_id: UUID, *, version: int, seat: str) -> None:
    """Which seat the person fills in that membership, by its title. One that is filled is handed over
    instead, so that it is seen from when."""
    work.check("coordinate")
    membership = found(work, Membership, membership_id)
    check_version(membership, version)
    if membership.organisation_id is None:
        raise Invalid(problem("seat_needs_organisation", Place(question="seat")))
    if membership.seat_id is not None:
        raise Conflict(problem("seat_is_handed_over"))
    seat_id = seat_titled(work, membership.organisation_id, seat)
    check_seat(work, membership, seat_id)
    membership.seat_id = seat_id
    work.session.flush()
    work.record("seat_given", object_kind="membership", object_id=membership_id)


def seat_titled(work: Work, organisation_id: UUID, title: str) -> UUID:
    """The organisation's seat of that title, made where it is not there yet."""
    held = {one.title.casefold(): one.id for one in stored.seats(work.session, organisation_id)}
    if title.casefold() in held:
        return held[title.casefold()]
    seat = Seat(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        organisation_id=organisation_id,
        title=title,
    )
    work.session.add(seat)
    work.session.flush()
    return seat.id


def check_seat(work: Work, joining: Membership, seat_id: UUID) -> None:
    """Raises Invalid where somebody else fills the seat on a day of the membership."""
    held = [_of_domain(one, seat_id) for one in stored.memberships_of_seat(work.session, seat_id)]
    try:
        roles.check_seat_free(held, _of_domain(joining, seat_id))
    except Invalid as taken:
        since = taken.problems[0].what.params.get("since")
        raise Invalid(problem("seat_taken", Place(question="seat"), since=since)) from taken


def _of_domain(one: Membership, seat_id: UUID) -> roles.Membership:
    return roles.Membership(
        person=one.person_id,
        organisation=one.organisation_id or one.person_id,
        role=one.role,
        starts=one.valid_from,
        ends=one.valid_to,
        seat=seat_id,
    )
