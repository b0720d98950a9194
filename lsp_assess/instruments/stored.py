"""Answers as JSON: {"item": {"value": …}} or {"item": {"missing": "dont_know", "reason": "…"}}."""

from collections.abc import Mapping
from datetime import date

from lsp_assess.instruments.answer_types import HANDLERS
from lsp_assess.instruments.answer_types.handling import NotAnAnswer, shown
from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answer, Answered, Answers
from lsp_assess.instruments.forms import Parsed, chosen_missing, problem_with
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.items import Question
from lsp_assess.kernel.errors import Place, Problem, problem

_FOUND_OUT = {answer.kind.value: answer for answer in (NOT_ASKED, UNANSWERED)}


def answers_from_json(instrument: Instrument, raw: object, *, today: date) -> Parsed:
    if not isinstance(raw, Mapping):
        return Parsed({}, (problem("A115", Place(value=shown(raw))),))
    questions = {question.name: question for question in instrument.questions}
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for name, entry in raw.items():
        try:
            question = questions.get(name)
            if question is None:
                raise NotAnAnswer("A113", shown(name))
            answers[name] = _answer(question, entry, today)
        except NotAnAnswer as refused:
            problems.append(problem_with(shown(name), refused))
    return Parsed(answers, tuple(problems))


def _answer(question: Question, entry: object, today: date) -> Answer:
    if not isinstance(entry, Mapping):
        raise NotAnAnswer("A115", shown(entry))
    if len(entry) == 1 and "value" in entry:
        return Answered(HANDLERS[question.type].from_json(question, entry["value"], today))
    if "missing" not in entry or not set(entry) <= {"missing", "reason"}:
        raise NotAnAnswer("A115", shown(", ".join(map(str, entry))))
    kind = entry["missing"]
    if not isinstance(kind, str):
        raise NotAnAnswer("A111", shown(kind))
    found_out = _FOUND_OUT.get(kind)
    return found_out if found_out is not None else chosen_missing(question, kind, entry.get("reason"))


def answers_to_json(answers: Answers) -> dict[str, dict[str, object]]:
    return {name: _entry(answer) for name, answer in answers.items()}


def _entry(answer: Answer) -> dict[str, object]:
    if isinstance(answer, Answered):
        value = answer.value
        if isinstance(value, date):
            return {"value": value.isoformat()}
        return {"value": list(value) if isinstance(value, tuple) else value}
    if answer.reason is None:
        return {"missing": answer.kind.value}
    return {"missing": answer.kind.value, "reason": answer.reason}
