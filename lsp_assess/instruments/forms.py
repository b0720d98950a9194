"""Answers from a browser's form. Field names are in docs/questionnaires.md."""

from datetime import date
from typing import NamedTuple

from lsp_assess.instruments.answer_types import HANDLERS
from lsp_assess.instruments.answer_types.date import PARTS
from lsp_assess.instruments.answer_types.handling import Form, NotAnAnswer, only_value, shown
from lsp_assess.instruments.answer_types.written import written
from lsp_assess.instruments.answers import UNANSWERED, Answer, Answered, Answers, Missing
from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.items import ItemType, Question, questions_of
from lsp_assess.instruments.routing import route
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import Place, Problem
from lsp_assess.kernel.messages import message

LONGEST_REASON = 500
_TEXTS = frozenset({ItemType.SHORT_TEXT, ItemType.LONG_TEXT})


class Parsed(NamedTuple):
    """The answers that could be taken, and a problem for each question that could not."""

    answers: dict[str, Answer]
    problems: tuple[Problem, ...]


def parse_section(
    instrument: Instrument, section: Section, form: Form, *, today: date, draft: Answers | None = None
) -> Parsed:
    """The answers of one page. A question whose fields are absent is unanswered if the draft and this
    page route to it; otherwise nothing is said of it, so that what the draft holds stays there."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    absent: list[Question] = []
    for question in (each for item in section.items for each in questions_of(item)):
        try:
            answer = _answer(question, form, today)
        except NotAnAnswer as refused:
            problems.append(problem_with(question.name, refused))
            continue
        if answer is not None:
            answers[question.name] = answer
        else:
            absent.append(question)
    asked = set(route(instrument, {**(draft or {}), **answers}))
    for question in absent:
        if question.name.split(".", maxsplit=1)[0] in asked:
            answers[question.name] = UNANSWERED
    return Parsed(answers, tuple(problems))


def problem_with(name: str, refused: NotAnAnswer) -> Problem:
    what = message(f"problem.{refused.code}", **refused.params)
    return Problem(refused.code, what, Place(question=name, value=refused.value))


def _answer(question: Question, form: Form, today: date) -> Answer | None:
    """None where the form says nothing of the question."""
    kinds = form.get(f"{question.name}--missing", ())
    values = form.get(question.name, ())
    if question.type not in _TEXTS and any(value.startswith("--") for value in values):
        kinds = [*kinds, *(value[2:] for value in values if value.startswith("--"))]
        form = {**form, question.name: [value for value in values if not value.startswith("--")]}
    chosen = {kind for kind in kinds if kind}
    value = HANDLERS[question.type].from_form(question, form, today)
    if chosen and (value is not None or len(chosen) > 1):
        raise NotAnAnswer("A118")
    if chosen:
        reason = only_value(form, f"{question.name}--reason")
        return chosen_missing(question, chosen.pop(), reason)
    if value is not None:
        return Answered(value)
    fields = (question.name, *(f"{question.name}--{part}" for part in (*PARTS, "missing")))
    return UNANSWERED if any(field in form for field in fields) else None


def chosen_missing(question: Question, kind: str, reason: object) -> Missing:
    """A typed missing that the question offers; *not applicable* says why."""
    offered = next((each for each in question.missing if each.value == kind), None)
    if offered is None:
        raise NotAnAnswer("A111", shown(kind))
    if offered is not MissingKind.NOT_APPLICABLE:
        return Missing(offered)
    if reason is None or not (text := written(reason, longest=LONGEST_REASON)):
        raise NotAnAnswer("A114")
    return Missing(offered, text)
