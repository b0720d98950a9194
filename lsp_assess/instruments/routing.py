"""Which items are asked, given the answers; and what a submission holds."""

from collections.abc import Iterator
from typing import NamedTuple

from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answer, Answers, Missing
from lsp_assess.instruments.expressions.evaluate import holds
from lsp_assess.instruments.expressions.tree import AllOf, Expression, to_json
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.items import AnyItem, questions_of
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import Place, Problem, problem


class Submission(NamedTuple):
    """An answer, or a typed missing, for every question; and what stands in the way of sending it."""

    answers: dict[str, Answer]
    problems: tuple[Problem, ...]


def conditions(instrument: Instrument) -> Iterator[tuple[AnyItem, Expression | None]]:
    """Every item with all that must hold for it to be asked, its section's condition included."""
    for section in instrument.sections:
        for item in section.items:
            both = tuple(each for each in (section.show_if, item.show_if) if each is not None)
            yield item, (AllOf(both) if len(both) == 2 else both[0] if both else None)


def routing_json(instrument: Instrument) -> dict[str, dict[str, object]]:
    """The trees that a browser evaluates, for the items that have one."""
    return {item.name: to_json(condition) for item, condition in conditions(instrument) if condition}


def route(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The items that are asked, in order, notes included and grids as one. Answers to items that are
    not asked decide nothing."""
    asked: list[str] = []
    counted: dict[str, Answer] = {}
    for item, condition in conditions(instrument):
        if condition is None or holds(condition, counted):
            asked.append(item.name)
            for question in questions_of(item):
                if question.name in answers:
                    counted[question.name] = answers[question.name]
    return tuple(asked)


def submission(instrument: Instrument, draft: Answers) -> Submission:
    """What is sent: answers that routing takes away stay in the draft and are *not asked* here."""
    asked = set(route(instrument, draft))
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for item in instrument.items:
        for question in questions_of(item):
            answer = draft.get(question.name, UNANSWERED)
            if item.name not in asked:
                answer = NOT_ASKED
            elif isinstance(answer, Missing) and answer.kind is MissingKind.NOT_ASKED:
                answer = UNANSWERED
            answers[question.name] = answer
            if question.required and answer == UNANSWERED:
                problems.append(problem("A101", Place(question=question.name)))
    for name in draft:
        if name not in answers:
            problems.append(problem("A113", Place(question=name)))
    return Submission(answers, tuple(problems))
