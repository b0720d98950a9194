"""Paper forms: keyed one after another, each found by the number that is printed on it."""

from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.answering import Sheet, submit
from lsp_assess.actions.fieldwork import opened, record_interview, select_resident
from lsp_assess.actions.receipts import Sent
from lsp_assess.actions.work import Work
from lsp_assess.database import residents as stored
from lsp_assess.database.answering import collection_of, held_open, response_of
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Mode, Response, ResponseStatus
from lsp_assess.database.residents import BatchTotals, Case
from lsp_assess.instruments import answers_to_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.residents.visits import VisitOutcome


@dataclass(frozen=True, slots=True)
class Keyed:
    """`flagged`: the household had a response already, and both are kept."""

    sent: Sent
    flagged: bool


def piles(work: Work) -> list[Collection]:
    """Collections whose paper forms can be keyed now."""
    work.check("interview")
    return stored.keying_collections(work.session)


def pile(work: Work, collection_id: UUID) -> Collection:
    work.check("interview")
    found = collection_of(work.session, collection_id)
    if found is None:
        raise NotFound
    return found


def totals(work: Work, *, collection_id: UUID, batch: str) -> BatchTotals:
    if work.actor.person_id is None:
        raise NotFound
    return stored.batch_totals(
        work.session, collection_id=collection_id, batch=batch, entered_by=work.actor.person_id
    )


def key_form(
    work: Work, *, collection_id: UUID, serial: str, batch: str, answers: Answers, sending_id: UUID
) -> Keyed:
    """Store one form whole. Raises Invalid for a number that was not drawn in the researcher's areas,
    Conflict once the collection is closed. A household's second form is kept beside the first, flagged."""
    work.check("interview")
    case = _case(work, collection_id=collection_id, serial=serial)
    stored.hold(work.session, case.member)
    if held_open(work.session, collection_id).status is not CollectionStatus.OPEN:
        raise Conflict(problem("collection_not_open"))
    key = select_resident(work, case.member)
    earlier = response_of(work.session, collection_id=collection_id, respondent_key_id=key)
    response = work.session.get(Response, (work.actor.partnership_id, sending_id)) or Response(
        id=sending_id,
        partnership_id=work.actor.partnership_id,
        collection_id=collection_id,
        respondent_key_id=key,
        instrument_hash=case.collection.instrument_hash,
        area_id=case.area.id,
        sample_member_id=case.member.id,
        mode=Mode.PAPER,
        status=ResponseStatus.DRAFT,
        draft=answers_to_json(answers),
        started_at=work.now,
        entered_by=work.actor.person_id,
        batch=batch,
        serial=serial,
        double_of=None if earlier is None else earlier.id,
    )
    work.session.add(response)
    work.session.flush()
    sent = submit(work, _sheet(work, case, response), sending_id=sending_id, draft=answers)
    if not sent.repeated:
        record_interview(work, opened(work, case), VisitOutcome.COMPLETE)
    return Keyed(sent=sent, flagged=response.double_of is not None)


def _sheet(work: Work, case: Case, response: Response) -> Sheet:
    instrument = instrument_of(work.session, response.instrument_hash)
    return Sheet(
        collection=case.collection,
        instrument=instrument,
        whole=instrument,
        respondent_key_id=response.respondent_key_id,
        response=response,
        template={"number": 1},
        mode=Mode.PAPER,
    )


def _case(work: Work, *, collection_id: UUID, serial: str) -> Case:
    if not serial:
        raise Invalid(problem("serial_missing", Place(question="serial")))
    found = stored.case_by_serial(
        work.session, collection_id=collection_id, serial=serial, areas=work.actor.areas
    )
    if found is None:
        raise Invalid(problem("serial_unknown", Place(question="serial", value=serial), serial=serial))
    return found
