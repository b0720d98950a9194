"""Who is asked which parts of a self-assessment: the coordinator says so, before the answers are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.answering import check_open
from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database import answering, rounds
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Person
from lsp_assess.database.models.responses import Participant
from lsp_assess.instruments import Portion, portions
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem


@dataclass(frozen=True, slots=True)
class AskedOf:
    collection: Collection
    participant: Participant
    person: Person
    portions: Sequence[Portion]


def asked_of(work: Work, *, collection_id: UUID, participant_id: UUID) -> AskedOf:
    """Raises NotFound where nobody is invited to a self-assessment by that id."""
    work.check("coordinate")
    collection = found(work, Collection, collection_id)
    participant = found(work, Participant, participant_id)
    instrument = instrument_of(work.session, collection.instrument_hash)
    if participant.collection_id != collection.id or instrument.kind is not Kind.SELF_ASSESSMENT:
        raise NotFound
    person = found(work, Person, participant.person_id)
    return AskedOf(collection, participant, person, tuple(portions(instrument)))


def assign_parts(work: Work, asked: AskedOf, *, names: Sequence[str], version: int) -> None:
    """What was entered in parts that are taken away stays in the draft and is not sent. Raises Conflict once
    the answers are sent, or the questionnaire closed."""
    check_version(asked.participant, version)
    check_open(answering.held_open(work.session, asked.collection.id))
    answering.hold_own(work.session, collection_id=asked.collection.id, person_id=asked.person.id)
    response = answering.response_of(
        work.session,
        collection_id=asked.collection.id,
        respondent_key_id=asked.participant.respondent_key_id,
    )
    if response is not None and response.submission is not None:
        raise Conflict(problem("parts_after_sending", name=asked.person.name))
    chosen = [one.name for one in asked.portions if one.name in names]
    if not chosen:
        raise Invalid(problem("no_part_assigned", Place(question="parts"), name=asked.person.name))
    asked.participant.assigned = chosen if len(chosen) < len(asked.portions) else []
    work.session.flush()
    work.record(
        "parts_assigned", object_kind="participant", object_id=asked.participant.id, parts=len(chosen)
    )


def asked_of_few(work: Work, collection: Collection) -> list[Portion]:
    """Parts that so few people are asked that nothing of them can be shown; none while all are asked all."""
    people = [one.participant.assigned for one in rounds.invited(work.session, collection.id)]
    least = partnership(work).small_group
    if not any(people):
        return []
    whole = instrument_of(work.session, collection.instrument_hash)
    return [
        one
        for one in portions(whole)
        if sum(not assigned or one.name in assigned for assigned in people) < least
    ]
