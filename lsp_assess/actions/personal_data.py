"""What is held about one person or one household: shown to whom it is about, withdrawn, erased.

The coordinator sees of a partner what kinds of records there are and how many, never what stands in them; of
a household, for which nobody else can act, the file itself. ADR 0013."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lsp_assess.actions.editing import found as own
from lsp_assess.actions.work import Work
from lsp_assess.database import erasure, releases, rescoring, subjects
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Collection, Person, Round
from lsp_assess.database.models.residents import Household, SampleMember
from lsp_assess.database.models.responses import Response
from lsp_assess.database.subjects import VOTES_ON_THEIR_STORY, Found
from lsp_assess.instruments import Instrument
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, Place, problem
from lsp_assess.residents.visits import VisitOutcome


@dataclass(frozen=True, slots=True)
class Answered:
    """A collection in which there are answers that can be taken out."""

    collection: Collection
    round: Round
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Held:
    """`kinds`: how many records by class. `answered`: what can be taken out."""

    kinds: Mapping[str, int]
    answered: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class HeldOfHousehold:
    kinds: Mapping[str, int]
    interviews: int


def held_about(work: Work, person_id: UUID) -> Held:
    """What kinds of records there are about a person, and where the person has answered; not what."""
    work.check("coordinate")
    found = _held(work, person_id)
    return Held(subjects.categories(found.counts), _answered(work, found.ids("answers.response")))


def held_about_household(work: Work, household_id: UUID) -> HeldOfHousehold:
    work.check("coordinate")
    own(work, Household, household_id)
    found = subjects.about_household(work.session, household_id)
    return HeldOfHousehold(subjects.categories(found.counts), len(found.ids("answers.response")))


def everything_about_me(work: Work) -> Found:
    """For nobody but the person."""
    work.check("member")
    if work.actor.person_id is None:
        raise Denied(problem("membership_needed"))
    person = own(work, Person, work.actor.person_id)
    found = subjects.about_person(work.session, person, but=(VOTES_ON_THEIR_STORY,))
    work.record("own_data_taken", object_kind="person", object_id=person.id)
    return found


def everything_about_household(work: Work, household_id: UUID) -> Found:
    """To be handed to the household that asked; who took it is recorded."""
    work.check("coordinate")
    household = own(work, Household, household_id)
    work.record("household_data_taken", object_kind="household", object_id=household.id)
    return subjects.about_household(work.session, household.id)


def household_numbered(work: Work, reference: str) -> UUID:
    """By the number that is printed on its letter and form. Raises Invalid where there is none."""
    work.check("coordinate")
    numbered = select(Household.id).where(Household.reference == reference)
    found = work.session.execute(numbered).scalar_one_or_none()
    if found is None:
        raise Invalid(problem("no_such_household", Place(question="reference"), reference=reference))
    return found


def withdraw_answers_of(work: Work, person_id: UUID, *, collection_id: UUID) -> int:
    """Take a person's answers to one collection out, stories in old releases too. How many responses went."""
    work.check("coordinate")
    found = _held(work, person_id)
    gone = _withdraw(work, found, kind="person", id_=person_id, collection_id=collection_id)
    rescoring.take_out(work.session, collection_id, person_id=person_id)
    return gone


def withdraw_answers_of_household(work: Work, household_id: UUID) -> int:
    """All interviews of a household; it counts as a refusal from now on."""
    work.check("coordinate")
    found = subjects.about_household(work.session, own(work, Household, household_id).id)
    gone = _withdraw(work, found, kind="household", id_=household_id, collection_id=None)
    for member_id in found.ids("main.sample_member"):
        member = own(work, SampleMember, member_id)
        if member.outcome is not None:
            member.outcome = VisitOutcome.REFUSED_BY_HOUSEHOLD.value
    work.session.flush()
    return gone


def erase_person(work: Work, person_id: UUID) -> dict[str, int]:
    """Everything about a person in this partnership, and the account unless another partnership knows it.
    What has been published stays, without the person's stories; references in the audit log lead nowhere.
    How many rows of which table went. Raises Conflict of oneself: another coordinator does it."""
    work.check("coordinate")
    if person_id == work.actor.person_id:
        raise Conflict(problem("cannot_erase_oneself"))
    person = own(work, Person, person_id)
    account_id = person.account_id
    found = subjects.about_person(work.session, person)
    _redact(work, found.ids("answers.response"))
    gone = erasure.erase(work.session, found)
    if account_id is not None and not subjects.account_elsewhere(work.session, account_id):
        account = work.session.get_one(Account, account_id)
        if not account.administrator:
            erasure.erase_account(work.session, account_id, account.email)
    work.record("person_erased", object_kind="person", object_id=person_id, deleted=gone)
    return gone


def erase_household(work: Work, household_id: UUID) -> dict[str, int]:
    """Address, visits, answers: all of it. What has been published stays."""
    work.check("coordinate")
    found = subjects.about_household(work.session, own(work, Household, household_id).id)
    _redact(work, found.ids("answers.response"))
    gone = erasure.erase(work.session, found)
    work.record("household_erased", object_kind="household", object_id=household_id, deleted=gone)
    return gone


def _held(work: Work, person_id: UUID) -> Found:
    return subjects.about_person(work.session, own(work, Person, person_id), names=False)


def _answered(work: Work, response_ids: Sequence[UUID]) -> tuple[Answered, ...]:
    rows = work.session.execute(
        select(Collection, Round)
        .join(Round, (Round.partnership_id == Collection.partnership_id) & (Round.id == Collection.round_id))
        .where(Collection.id.in_(select(Response.collection_id).where(Response.id.in_(response_ids))))
        .order_by(Round.number)
    )
    return tuple(
        Answered(collection, round_, instrument_of(work.session, collection.instrument_hash))
        for collection, round_ in rows
    )


def _withdraw(work: Work, found: Found, *, kind: str, id_: UUID, collection_id: UUID | None) -> int:
    table = next((one for one in found.own if one.fullname == "answers.response"), None)
    held = found.own[table].values() if table is not None else ()
    ids = [row["id"] for row in held if collection_id in (None, row["collection_id"])]
    if not ids:
        raise Conflict(problem("nothing_to_withdraw"))
    stood_in = _redact(work, ids)
    erasure.erase(work.session, subjects.about_responses(work.session, ids))
    work.record(
        "answers_withdrawn",
        object_kind=kind,
        object_id=id_,
        responses=len(ids),
        releases=stood_in,
    )
    return len(ids)


def _redact(work: Work, response_ids: Sequence[UUID]) -> int:
    releases.hold_publishing(work.session)  # a release that is being made has read them
    return sum(releases.redact(work.session, one, at=work.now) for one in response_ids)
