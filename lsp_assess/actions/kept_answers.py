"""What somebody typed while the questionnaire closed, or began before it was handed on: kept, and offered to
nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.answering import UNSEEN, Form, Sheet, begin, check_open, put
from lsp_assess.actions.work import Work
from lsp_assess.database import answering
from lsp_assess.database import kept_answers as stored
from lsp_assess.database.models.responses import KeptBody, Response
from lsp_assess.instruments import Section, answers_from_json, answers_to_json, parse_section
from lsp_assess.instruments.answers import UNANSWERED, Answers
from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Place:
    """Whose answers, and where they were to stand."""

    account_id: UUID | None
    collection_id: UUID
    number: int


def keep_late(work: Work, sheet: Sheet, section: Section, form: Form) -> None:
    """Those answers of a page that are not stored already. A page that saves by itself keeps them again."""
    held = sheet.answers
    parsed = parse_section(sheet.instrument, section, form, today=work.now.date(), draft=held)
    typed = put(parsed.answers, section, unseen=form.get(UNSEEN, ()))
    late = {name: answer for name, answer in typed.items() if held.get(name, UNANSWERED) != answer}
    if late:
        _keep(work, _mine(work, sheet), answers_to_json(late), reason=stored.TOO_LATE)


def set_aside(work: Work, response: Response, *, account_id: UUID | None) -> None:
    """A draft that was never sent stays with whoever wrote it; somebody else answers from the beginning."""
    place = Place(account_id, response.collection_id, response.number)
    _keep(work, place, response.draft, reason=stored.HANDED_ON)
    work.session.delete(response)
    work.session.flush()


def kept(work: Work, sheet: Sheet) -> Answers:
    """One's own, of what is asked now; what was typed last counts. Without those that stand there already."""
    typed = {name: answer for row in _rows(work, sheet) for name, answer in row.body["answers"].items()}
    if not typed:
        return {}
    found = answers_from_json(sheet.instrument, typed, today=work.now.date()).answers
    held = sheet.answers
    return {name: answer for name, answer in found.items() if held.get(name, UNANSWERED) != answer}


def take_kept(work: Work, sheet: Sheet) -> None:
    """Put them among one's answers. Raises Conflict where nothing can be changed."""
    check_open(answering.held_open(work.session, sheet.collection.id))
    if sheet.sent:
        raise Conflict(problem("sent_already"))
    found = kept(work, sheet)
    if found:
        response = sheet.response or begin(work, sheet)
        response.draft = {**response.draft, **answers_to_json(found)}
    _drop(work, sheet)
    work.record("kept_answers_taken", object_kind="collection", object_id=sheet.collection.id)


def drop_kept(work: Work, sheet: Sheet) -> None:
    _drop(work, sheet)
    work.record("kept_answers_dropped", object_kind="collection", object_id=sheet.collection.id)


def _drop(work: Work, sheet: Sheet) -> None:
    for row in _rows(work, sheet):
        work.session.delete(row)
    work.session.flush()


def _keep(work: Work, place: Place, answers: Mapping[str, object], *, reason: str) -> None:
    rows = stored.kept_of(work.session, place.collection_id, place.account_id, number=place.number)
    row = next((one for one in rows if one.reason == reason), None)
    if row is None:
        row = KeptBody(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            collection_id=place.collection_id,
            account_id=place.account_id,
            reason=reason,
            body={"number": place.number, "answers": {}},
        )
        work.session.add(row)
    row.body = {**row.body, "answers": {**row.body["answers"], **answers}}
    row.at = work.now
    work.session.flush()
    work.record("answers_kept", object_kind="collection", object_id=place.collection_id, reason=reason)


def _mine(work: Work, sheet: Sheet) -> Place:
    return Place(work.actor.account_id, sheet.collection.id, sheet.number)


def _rows(work: Work, sheet: Sheet) -> list[KeptBody]:
    return stored.kept_of(work.session, sheet.collection.id, work.actor.account_id, number=sheet.number)
