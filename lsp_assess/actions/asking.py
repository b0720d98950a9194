"""Who is asked to answer a collection: invited under the partnership's key, and reminded until they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.invitations import invite, send_reminder
from lsp_assess.actions.kept_answers import set_aside
from lsp_assess.actions.respondents import key_of
from lsp_assess.actions.work import Work
from lsp_assess.database import answering
from lsp_assess.database import rounds as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.invitations import end_links
from lsp_assess.database.models.partnerships import Collection, Membership, Person
from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.database.round_reminders import reminders_of
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Problem, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.rounds import CollectionStatus

BETWEEN_MAILS = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many were written to; `left_out` says of whom not, and why."""

    sent: int
    left_out: tuple[Problem, ...] = ()


def invite_partners(
    work: Work, collection_id: UUID, *, base_url: str, only: Sequence[UUID] | None = None
) -> Mailed:
    """Invite whoever is a partner today and has not been invited yet; `only` names persons. One who cannot
    be invited does not hold up the others."""
    work.check("coordinate")
    collection = _open_for_partners(work, collection_id)
    asked = {one.participant.person_id for one in stored.invited(work.session, collection_id)}
    partners = stored.current_partners(work.session, work.now.date())
    if only is not None:
        partners = [(person, membership) for person, membership in partners if person.id in only]
        if len(partners) != len(set(only)):
            raise NotFound
    sent, left_out = 0, list[Problem]()
    for person, membership in partners:
        if person.id in asked:
            continue
        try:
            participant = _participant(work, collection, person, membership)
        except Invalid as refused:
            left_out.extend(refused.problems)
            continue
        invite(work, participant_id=participant.id, base_url=base_url)
        sent += 1
    return Mailed(sent, tuple(left_out))


def remind(work: Work, collection_id: UUID, *, base_url: str, only: Sequence[UUID] | None = None) -> Mailed:
    """Write again to those who have not answered; not to anybody twice within a day. `only` names
    participants."""
    work.check("coordinate")
    _open_for_partners(work, collection_id)
    waiting = [
        one
        for one in stored.invited(work.session, collection_id)
        if one.progress is not stored.Progress.ANSWERED
    ]
    if only is not None:
        waiting = [one for one in waiting if one.participant.id in only]
        if len(waiting) != len(set(only)):
            raise NotFound
    sent, left_out = 0, list[Problem]()
    for one in waiting:
        if one.mailed_at is not None and work.now - one.mailed_at < BETWEEN_MAILS:
            left_out.append(problem("mailed_lately", name=one.name, at=one.mailed_at))
            continue
        reminders, most = reminders_of(work.session, one.participant.id)
        if most and reminders >= most:
            left_out.append(problem("reminded_enough", name=one.name, most=most))
            continue
        send_reminder(work, one.participant, base_url=base_url)
        sent += 1
    return Mailed(sent, tuple(left_out))


def _open_for_partners(work: Work, collection_id: UUID) -> Collection:
    collection = found(work, Collection, collection_id)
    if collection.status is not CollectionStatus.OPEN:
        raise Conflict(problem("invite_when_open"))
    if instrument_of(work.session, collection.instrument_hash).kind is Kind.HOUSEHOLD:
        raise Conflict(problem("households_are_sampled"))
    return collection


def _participant(work: Work, collection: Collection, person: Person, membership: Membership) -> Participant:
    key = key_of(work, person, membership)
    before = stored.participants_of_key(work.session, collection.id, key.id)
    if before:
        return _successor(work, before[0], person)
    return participant_for(work, collection, person, membership, key)


def participant_for(
    work: Work, collection: Collection, person: Person, membership: Membership, key: RespondentKey
) -> Participant:
    participant = Participant(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        collection_id=collection.id,
        person_id=person.id,
        organisation_id=membership.organisation_id,
        respondent_key_id=key.id,
    )
    work.session.add(participant)
    work.session.flush()
    return participant


def _successor(work: Work, before: Participant, person: Person) -> Participant:
    """Somebody else was invited in this seat. What they began is theirs: nobody takes over the answers of
    another. An invitation that was not followed passes to the successor; a draft of somebody who has left is
    set aside for them."""
    response = answering.response_of(
        work.session, collection_id=before.collection_id, respondent_key_id=before.respondent_key_id
    )
    if response is not None:
        leaver = found(work, Person, before.person_id)
        if response.submission is not None or _is_partner(work, leaver):
            raise Invalid(problem("seat_has_answered", name=person.name))
        set_aside(work, response, account_id=leaver.account_id)
    end_links(work.session, before.id, at=work.now)
    before.person_id, before.reminders = person.id, 0
    work.session.flush()
    return before


def _is_partner(work: Work, person: Person) -> bool:
    return any(one.id == person.id for one, _ in stored.current_partners(work.session, work.now.date()))
