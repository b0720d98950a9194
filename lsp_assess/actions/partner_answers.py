"""Whose sheet it is: a partner's own, found by the invitation; nobody else's can be reached."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lsp_assess.actions.answering import Sheet, sheet_for
from lsp_assess.actions.editing import found
from lsp_assess.actions.work import Work
from lsp_assess.database import answering as stored
from lsp_assess.database.models.partnerships import Person
from lsp_assess.database.models.responses import Mode
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import NotFound


def own_sheet(work: Work, *, collection_id: UUID, number: int = 1) -> Sheet:
    """Raises NotFound where the person is not invited to the collection, or has no sheet of that number: of
    stories there is a next one, of everything else there is one."""
    if work.actor.person_id is None:
        raise NotFound
    own = stored.own_of(
        work.session, collection_id=collection_id, person_id=work.actor.person_id, number=number
    )
    if own is None:
        raise NotFound
    sheet = sheet_for(
        work,
        collection=own.collection,
        respondent_key_id=own.participant.respondent_key_id,
        response=own.response,
        mode=Mode.ONLINE,
        number=number,
        organisation_id=own.participant.organisation_id,
        assigned=own.participant.assigned,
    )
    if sheet.response is None and number != _next(work, sheet):
        raise NotFound
    return sheet


def held_sheet(work: Work, *, collection_id: UUID, number: int) -> Sheet:
    """As `own_sheet`, for whoever writes: of two tabs at the same moment the other waits, and sees what the
    first one did."""
    if work.actor.person_id is not None:
        stored.hold_own(work.session, collection_id=collection_id, person_id=work.actor.person_id)
    return own_sheet(work, collection_id=collection_id, number=number)


@dataclass(frozen=True, slots=True)
class KeyedBy:
    """`agreed_at` is when they said that the respondent had agreed."""

    name: str
    agreed_at: datetime | None


def keyed_by(work: Work, sheet: Sheet) -> KeyedBy | None:
    """Who keyed it from a paper form."""
    response = sheet.response
    if response is None or response.mode is not Mode.PAPER or response.entered_by is None:
        return None
    return KeyedBy(found(work, Person, response.entered_by).name, response.agreed_at)


def _next(work: Work, sheet: Sheet) -> int:
    if sheet.instrument.kind is not Kind.STORY:
        return 1
    return stored.next_number(
        work.session, collection_id=sheet.collection.id, respondent_key_id=sheet.respondent_key_id
    )
