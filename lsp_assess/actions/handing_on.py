"""A questionnaire, or a part of it, is handed on to a colleague of the same organisation (ADR 0023)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.answering import check_open
from lsp_assess.actions.asking import participant_for
from lsp_assess.actions.editing import found
from lsp_assess.actions.invitations import tell_colleague
from lsp_assess.actions.kept_answers import set_aside
from lsp_assess.actions.respondents import key_of, key_of_person
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database import answering as stored
from lsp_assess.database import rounds
from lsp_assess.database.answering import Own
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.invitations import end_links
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.responses import Participant
from lsp_assess.instruments import Instrument, Portion, portions
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.partnerships.roles import Matching
from lsp_assess.partnerships.rounds import accepts_answers


@dataclass(frozen=True, slots=True)
class Mine:
    """What one is asked and may hand on, and to whom."""

    own: Own
    giver_id: UUID
    instrument: Instrument
    portions: Sequence[Portion]
    colleagues: Sequence[tuple[Person, Membership]]

    @property
    def is_sent(self) -> bool:
        return self.own.response is not None and self.own.response.submission is not None

    @property
    def can_be_handed_on(self) -> bool:
        return bool(self.colleagues) and not self.is_sent and accepts_answers(self.own.collection.status)


def mine_to_hand_on(work: Work, collection_id: UUID) -> Mine:
    """Raises NotFound where one is not asked, or it is no self-assessment."""
    if work.actor.person_id is None:
        raise NotFound
    own = stored.own_of(work.session, collection_id=collection_id, person_id=work.actor.person_id, number=1)
    if own is None:
        raise NotFound
    instrument = instrument_of(work.session, own.collection.instrument_hash)
    if instrument.kind is not Kind.SELF_ASSESSMENT:
        raise NotFound
    asked = own.participant.assigned
    held = [one for one in portions(instrument) if not asked or one.name in asked]
    return Mine(own, work.actor.person_id, instrument, held, _colleagues(work, own))


def hand_on(work: Work, collection_id: UUID, *, to: UUID, names: Sequence[str], base_url: str) -> None:
    """The portions of those names, or the whole with all of them. What was answered so far is not shown to
    the colleague. Raises Conflict once it was sent."""
    if work.actor.person_id is not None:
        stored.hold_own(work.session, collection_id=collection_id, person_id=work.actor.person_id)
    mine = mine_to_hand_on(work, collection_id)
    check_open(stored.held_open(work.session, collection_id))
    if mine.is_sent:
        raise Conflict(problem("handed_on_after_sending"))
    colleague = next((one for one in mine.colleagues if one[0].id == to), None)
    if colleague is None:
        raise NotFound
    given = [one.name for one in mine.portions if one.name in names]
    if not given or set(names) - set(given):
        raise Invalid(problem("nothing_handed_on", Place(question="parts")))
    whole = len(given) == len(mine.portions)
    asked = _pass_on(work, mine, colleague) if whole else _share(work, mine, colleague, given)
    work.record("handed_on", object_kind="participant", object_id=asked.id, parts=len(given))
    giver = found(work, Person, mine.giver_id)
    tell_colleague(work, participant_id=asked.id, by=giver.name, base_url=base_url)


def _pass_on(work: Work, mine: Mine, colleague: tuple[Person, Membership]) -> Participant:
    """The colleague takes one's place; under one's own key only where that is the seat's."""
    asked, (person, membership) = mine.own.participant, colleague
    if mine.own.response is not None:
        set_aside(work, mine.own.response, account_id=work.actor.account_id)
    if partnership(work).matching is Matching.PERSON:
        key = key_of(work, person, membership)
        if rounds.participants_of_key(work.session, asked.collection_id, key.id):
            raise Invalid(problem("colleague_has_answers", Place(question="colleague"), name=person.name))
        asked.respondent_key_id = key.id
    end_links(work.session, asked.id, at=work.now)
    asked.person_id, asked.reminders = person.id, 0
    work.session.flush()
    return asked


def _share(work: Work, mine: Mine, colleague: tuple[Person, Membership], given: Sequence[str]) -> Participant:
    """Both are asked, each their portions; the colleague under a key of their own."""
    person, membership = colleague
    seatless = partnership(work).matching is Matching.SEAT and membership.seat_id is None
    key = key_of_person(work, person.id) if seatless else key_of(work, person, membership)
    mine.own.participant.assigned = [one.name for one in mine.portions if one.name not in given]
    asked = participant_for(work, mine.own.collection, person, membership, key)
    asked.assigned = list(given)
    work.session.flush()
    return asked


def _colleagues(work: Work, own: Own) -> list[tuple[Person, Membership]]:
    """Partners of the same organisation who are not asked yet."""
    asked = {one.participant.person_id for one in rounds.invited(work.session, own.collection.id)}
    return [
        (person, membership)
        for person, membership in rounds.current_partners(work.session, work.now.date())
        if membership.organisation_id == own.participant.organisation_id and person.id not in asked
    ]
