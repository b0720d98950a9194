"""A partner who prefers paper: the coordinator keys the form in, with the partner's word that they may."""

from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.answering import sheet_for, submit
from lsp_assess.actions.editing import found
from lsp_assess.actions.invitations import tell_of_keying
from lsp_assess.actions.receipts import Sent
from lsp_assess.actions.work import Work
from lsp_assess.database import answering as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Person
from lsp_assess.database.models.responses import Mode, Participant, Response, ResponseStatus
from lsp_assess.instruments import Instrument, answers_to_json, narrowed
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Whose form it is. It cannot be keyed once they have begun to answer themselves."""

    collection: Collection
    instrument: Instrument
    participant: Participant
    person: Person
    begun: bool


def paper_form(work: Work, *, collection_id: UUID, participant_id: UUID) -> PaperForm:
    """Raises NotFound where nobody is invited by that id. Households are keyed by the number on the form."""
    work.check("coordinate")
    collection = found(work, Collection, collection_id)
    participant = found(work, Participant, participant_id)
    instrument = instrument_of(work.session, collection.instrument_hash)
    if participant.collection_id != collection.id or instrument.kind is Kind.HOUSEHOLD:
        raise NotFound
    person = found(work, Person, participant.person_id)
    asked = narrowed(instrument, participant.assigned)
    return PaperForm(collection, asked, participant, person, _response(work, participant) is not None)


def key_partner_form(
    work: Work, form: PaperForm, *, answers: Answers, agreed: bool, sending_id: UUID, base_url: str
) -> Sent:
    """Store the form whole, in the partner's name and with that of who keyed it, and tell the partner by
    e-mail. Raises Invalid without the partner's agreement, Conflict once they have begun themselves or the
    collection is closed."""
    if not agreed:
        raise Invalid(problem("keying_not_agreed", Place(question="agreed"), name=form.person.name))
    if stored.held_open(work.session, form.collection.id).status is not CollectionStatus.OPEN:
        raise Conflict(problem("collection_not_open"))
    stored.hold_own(work.session, collection_id=form.collection.id, person_id=form.person.id)
    response = work.session.get(Response, (work.actor.partnership_id, sending_id))
    if response is None:
        response = _begun(work, form, answers, sending_id)
    sheet = sheet_for(
        work,
        collection=form.collection,
        respondent_key_id=form.participant.respondent_key_id,
        response=response,
        mode=Mode.PAPER,
        number=1,
        organisation_id=form.participant.organisation_id,
        assigned=form.participant.assigned,
    )
    sent = submit(work, sheet, sending_id=sending_id, draft=answers)
    if not sent.repeated:
        keyer = found(work, Person, response.entered_by) if response.entered_by else form.person
        tell_of_keying(work, participant_id=form.participant.id, by=keyer.name, base_url=base_url)
    return sent


def _begun(work: Work, form: PaperForm, answers: Answers, sending_id: UUID) -> Response:
    if _response(work, form.participant) is not None:
        raise Conflict(problem("answered_already", name=form.person.name))
    response = Response(
        id=sending_id,
        partnership_id=work.actor.partnership_id,
        collection_id=form.collection.id,
        respondent_key_id=form.participant.respondent_key_id,
        organisation_id=form.participant.organisation_id,
        instrument_hash=form.collection.instrument_hash,
        mode=Mode.PAPER,
        status=ResponseStatus.DRAFT,
        draft=answers_to_json(answers),
        started_at=work.now,
        entered_by=work.actor.person_id,
        agreed_at=work.now,
    )
    work.session.add(response)
    work.session.flush()
    work.record(
        "form_keyed_for_colleague",
        object_kind="response",
        object_id=response.id,
        agreed=True,
        participant=str(form.participant.id),
    )
    return response


def _response(work: Work, participant: Participant) -> Response | None:
    return stored.response_of(
        work.session,
        collection_id=participant.collection_id,
        respondent_key_id=participant.respondent_key_id,
    )
