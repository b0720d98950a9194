"""Answers as JSON: {"item": {"value": …}} or {"item": {"missing": "dont_know", "reason": "…"}}."""

from datetime import date

from lsp_assess.instruments.answer_types import HANDLERS
from lsp_assess.instruments.answer_types.handling import NotAnAnswer, shown
from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answer, Answered, Answers
from lsp_assess.instruments.forms import Parsed, chosen_missing, problem_with
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.items import Question, ScaleItem, SingleItem
from lsp_assess.kernel.errors import Place, Problem, problem

_FOUND_OUT = {answer.kind.value: answer for answer in (NOT_ASKED, UNANSWERED)}


def answers_from_json(instrument: Instrument, raw: object, *, today: date) -> Parsed:
    return AnswersReader(instrument).read(raw, today=today)


class AnswersReader:
    """Reads many submissions to one questionnaire; an answer by code is made once and met again."""

    def __init__(self, instrument: Instrument) -> None:
        self._questions = {question.name: question for question in instrument.questions}
        self._by_code: dict[str, dict[object, Answer]] = {
            name: {}
            for name, question in self._questions.items()
            if isinstance(question, ScaleItem | SingleItem)
        }

    def read(self, raw: object, *, today: date) -> Parsed:
        if not isinstance(raw, dict):
            return Parsed({}, (problem("A115", Place(value=shown(raw))),))
        answers: dict[str, Answer] = {}
        problems: list[Problem] = []
        for name, entry in raw.items():
            try:
                answers[name] = self._answer(name, entry, today)
            except NotAnAnswer as refused:
                problems.append(problem_with(shown(name), refused))
        return Parsed(answers, tuple(problems))

    def _answer(self, name: str, entry: object, today: date) -> Answer:
        question = self._questions.get(name)
        if question is None:
            raise NotAnAnswer("A113", shown(name))
        known = self._by_code.get(name)
        if known is None or not isinstance(entry, dict):
            return _answer(question, entry, today)
        value = entry.get("value")
        if not isinstance(value, int | str) or isinstance(value, bool):
            return _answer(question, entry, today)
        met = known.get(value) if len(entry) == 1 else None
        if met is None:
            met = known[value] = _answer(question, entry, today)
        return met


def _answer(question: Question, entry: object, today: date) -> Answer:
    if not isinstance(entry, dict):
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
