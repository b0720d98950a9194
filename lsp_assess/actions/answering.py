"""Filling in and sending a response, for a partner's own answers as for a household interview."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from lsp_assess.actions.consents import keep_consents
from lsp_assess.actions.receipts import Sent, claim
from lsp_assess.actions.work import Work
from lsp_assess.database import answering as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Mode, Response, ResponseStatus
from lsp_assess.instruments import (
    Instrument,
    Section,
    answers_from_json,
    answers_to_json,
    narrowed,
    parse_section,
    submission,
)
from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answers
from lsp_assess.instruments.items import questions_of
from lsp_assess.kernel.errors import Conflict, Invalid, Problem, problem
from lsp_assess.partnerships.rounds import CollectionStatus

Form = Mapping[str, Sequence[str]]

UNSEEN = "--unseen"  # a field of the form: names of items that the page held hidden


@dataclass(frozen=True, slots=True)
class Sheet:
    """One respondent's questionnaire: what is asked, and what has been answered so far. `template` is
    the row that the first save writes. `instrument` is what this respondent is asked of the `whole`
    questionnaire."""

    collection: Collection
    instrument: Instrument
    whole: Instrument
    respondent_key_id: UUID
    response: Response | None
    template: Mapping[str, Any]
    mode: Mode

    @property
    def answers(self) -> Answers:
        if self.response is None:
            return {}
        today = self.response.started_at.date()
        return answers_from_json(self.instrument, self.response.draft, today=today).answers

    def base(self, section: Section) -> str:
        """What a page of this section started from; a save from another base would overwrite."""
        names = [question.name for item in section.items for question in questions_of(item)]
        draft = self.response.draft if self.response else {}
        held = {name: draft[name] for name in names if name in draft}
        return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def not_asked(self) -> Answers:
        """Of the questions that are for others."""
        names = (each.name for each in self.whole.questions)
        return {name: NOT_ASKED for name in names if self.instrument.question(name) is None}

    @property
    def number(self) -> int:
        return int(self.template["number"])

    @property
    def can_change(self) -> bool:
        return self.collection.status is CollectionStatus.OPEN

    @property
    def sent(self) -> bool:
        return self.response is not None and self.response.status is ResponseStatus.SUBMITTED

    @property
    def editable(self) -> bool:
        """What was sent is opened again first, so that nobody thinks a change has been sent."""
        return self.can_change and not self.sent


@dataclass(frozen=True, slots=True)
class Saved:
    """`problems` are of answers that could not be taken; all others are stored."""

    sheet: Sheet
    problems: tuple[Problem, ...]


def save_section(work: Work, sheet: Sheet, section: Section, form: Form, *, base: str) -> Saved:
    """Store the answers of one page. Raises Conflict when the section changed since the page was shown,
    unless to the same; or when the answers were sent or the collection closed meanwhile. Nothing is
    overwritten then."""
    check_open(stored.held_open(work.session, sheet.collection.id))
    if sheet.sent:
        raise Conflict(problem("sent_already"))
    held = sheet.answers
    parsed = parse_section(sheet.instrument, section, form, today=work.now.date(), draft=held)
    answers = put(parsed.answers, section, unseen=form.get(UNSEEN, ()))
    changes = any(held.get(name) != answer for name, answer in answers.items())
    if changes and base != sheet.base(section):
        raise Conflict(problem("section_changed_meanwhile"))
    response = sheet.response or begin(work, sheet)
    response.draft = {**response.draft, **answers_to_json(answers)}
    work.session.flush()
    if changes or sheet.response is None:
        work.record("answers_saved", object_kind="response", object_id=response.id, section=section.name)
    return Saved(_with(sheet, response), parsed.problems)


def submit(work: Work, sheet: Sheet, *, sending_id: UUID, draft: Answers | None = None) -> Sent:
    """Send the answers (those of `draft`, or what is stored), once. Raises Invalid with what is still to
    be answered, Conflict when closed; the draft stays either way."""
    response = sheet.response
    if response is None:
        raise Invalid(problem("nothing_to_send"))
    ready = submission(sheet.instrument, sheet.answers if draft is None else draft)
    answers = answers_to_json({**sheet.not_asked, **ready.answers})
    body = {"response": str(response.id), "answers": answers}
    sent = claim(work, sending_id=sending_id, body=body, collection_id=sheet.collection.id)
    if sent.repeated:
        return sent
    check_open(stored.held_open(work.session, sheet.collection.id))
    # A gap on a paper form cannot be asked again; it is stored as unanswered.
    if ready.problems and sheet.mode is not Mode.PAPER:
        raise Invalid(*ready.problems)
    response.submission = answers
    response.status = ResponseStatus.SUBMITTED
    response.submitted_at = work.now
    keep_consents(work, response, sheet.instrument, ready.answers)
    work.record("response_submitted", object_kind="response", object_id=response.id)
    work.session.flush()
    return sent


def reopen(work: Work, sheet: Sheet) -> None:
    """Let the respondent change what was sent. Until it is sent again, what was sent before counts."""
    check_open(stored.held_open(work.session, sheet.collection.id))
    if sheet.response is None or sheet.response.status is not ResponseStatus.SUBMITTED:
        raise Conflict(problem("nothing_to_reopen"))
    sheet.response.status = ResponseStatus.DRAFT
    work.record("response_reopened", object_kind="response", object_id=sheet.response.id)


def sheet_for(
    work: Work,
    *,
    collection: Collection,
    respondent_key_id: UUID,
    response: Response | None,
    mode: Mode,
    number: int = 1,
    assigned: Sequence[str] = (),
    **template: Any,
) -> Sheet:
    """The sheet of a respondent; a response that has begun keeps its own instrument version."""
    found = response.instrument_hash if response else collection.instrument_hash
    whole = instrument_of(work.session, found)
    return Sheet(
        collection=collection,
        instrument=narrowed(whole, assigned),
        whole=whole,
        respondent_key_id=respondent_key_id,
        response=response,
        template={"number": number, **template},
        mode=mode,
    )


def put(answers: Answers, section: Section, *, unseen: Sequence[str]) -> Answers:
    """Without *unanswered* for items that were hidden on the page: nobody has been asked them yet."""
    hidden = {
        question.name for item in section.items if item.name in unseen for question in questions_of(item)
    }
    return {name: answer for name, answer in answers.items() if answer != UNANSWERED or name not in hidden}


def begin(work: Work, sheet: Sheet) -> Response:
    response = Response(
        partnership_id=work.actor.partnership_id,
        collection_id=sheet.collection.id,
        respondent_key_id=sheet.respondent_key_id,
        instrument_hash=sheet.collection.instrument_hash,
        mode=sheet.mode,
        status=ResponseStatus.DRAFT,
        draft={},
        started_at=work.now,
        entered_by=work.actor.person_id,
        **sheet.template,
    )
    work.session.add(response)
    return response


def _with(sheet: Sheet, response: Response) -> Sheet:
    return replace(sheet, response=response)


def check_open(collection: Collection) -> None:
    if collection.status is not CollectionStatus.OPEN:
        raise Conflict(problem("collection_not_open"))
