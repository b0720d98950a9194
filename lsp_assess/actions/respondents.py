"""The key under which somebody's answers are matched from round to round (ADR 0023).

The partnership states whether people or seats are matched; a hand-over of a seat may state otherwise for the
successor. A key says whose answers are compared, and never who may read them."""

from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as members
from lsp_assess.database import rounds as stored
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.responses import RespondentKey
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Matching


def key_of(work: Work, person: Person, membership: Membership) -> RespondentKey:
    """Raises Invalid where seats are matched and the person fills none."""
    if membership.respondent_key_id is not None:
        return found(work, RespondentKey, membership.respondent_key_id)
    by_seat = partnership(work).matching is Matching.SEAT
    before = members.predecessor(work.session, membership)
    if before is not None and membership.same_respondent is True:
        return _shared(work, before, membership)
    if membership.same_respondent is False and by_seat:
        return _kept(work, membership, _made(work))
    if not by_seat:
        return key_of_person(work, person.id)
    if membership.seat_id is None:
        raise Invalid(problem("no_seat_no_key", name=person.name))
    seat = stored.key_of(work.session, seat_id=membership.seat_id)
    return seat or _made(work, seat_id=membership.seat_id)


def key_of_person(work: Work, person_id: UUID) -> RespondentKey:
    return stored.key_of(work.session, person_id=person_id) or _made(work, person_id=person_id)


def _shared(work: Work, before: members.Member, after: Membership) -> RespondentKey:
    """Nobody's own any more: what it leads to is told apart by who was asked, round by round."""
    shared = key_of(work, before.person, before.membership)
    shared.person_id = None
    _kept(work, before.membership, shared)
    return _kept(work, after, shared)


def _kept(work: Work, membership: Membership, key: RespondentKey) -> RespondentKey:
    membership.respondent_key_id = key.id
    work.session.flush()
    return key


def _made(work: Work, *, person_id: UUID | None = None, seat_id: UUID | None = None) -> RespondentKey:
    key = RespondentKey(
        partnership_id=work.actor.partnership_id, id=new_id(), person_id=person_id, seat_id=seat_id
    )
    work.session.add(key)
    work.session.flush()
    return key
