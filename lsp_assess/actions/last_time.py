"""What a partner answered in an earlier round, and what was agreed then."""

from collections.abc import Mapping
from dataclasses import dataclass

from lsp_assess.actions.answering import Sheet
from lsp_assess.actions.work import Work
from lsp_assess.database import earlier_answers as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.instruments import Section, answers_from_json
from lsp_assess.instruments.answers import Answer, Answers, Missing
from lsp_assess.instruments.instrument import Kind
from lsp_assess.instruments.items import Question, questions_of
from lsp_assess.instruments.scales import MissingKind


@dataclass(frozen=True, slots=True)
class Before:
    """`agreed` is kept back until one's own answer of this round is in, so that it draws nobody to it."""

    question: Question
    answer: Answer | None
    agreed: float | None


@dataclass(frozen=True, slots=True)
class LastTime:
    round_name: str
    lines: tuple[Before, ...]


def last_time(work: Work, sheet: Sheet, section: Section) -> LastTime | None:
    """Of the questions of a section that have kept their names; None where the questionnaire was not asked in
    an earlier round, or there is nothing to tell of it."""
    if sheet.instrument.kind is not Kind.SELF_ASSESSMENT:
        return None
    found = stored.earlier(
        work.session,
        sheet.collection.id,
        respondent_key_id=sheet.respondent_key_id,
        person_id=work.actor.person_id,
    )
    if found is None:
        return None
    own = _answers(work, found)
    agreed = stored.agreed_of(work.session, found.collection_id) if found.is_final else {}
    lines = [
        Before(question, own.get(question.name), _shown(question, agreed, sheet.answers))
        for item in section.items
        for question in questions_of(item)
    ]
    told = tuple(line for line in lines if line.answer is not None or line.agreed is not None)
    return LastTime(found.round_name, told) if told else None


def _answers(work: Work, found: stored.Earlier) -> Answers:
    if found.submission is None or found.instrument_hash is None or found.submitted_at is None:
        return {}
    instrument = instrument_of(work.session, found.instrument_hash)
    answers = answers_from_json(instrument, found.submission, today=found.submitted_at.date()).answers
    return {name: answer for name, answer in answers.items() if not _is_gap(answer)}


def _shown(question: Question, agreed: Mapping[str, float], now: Answers) -> float | None:
    answer = now.get(question.name)
    return None if answer is None or _is_gap(answer) else agreed.get(question.name)


def _is_gap(answer: Answer) -> bool:
    return isinstance(answer, Missing) and answer.kind in (MissingKind.UNANSWERED, MissingKind.NOT_ASKED)
