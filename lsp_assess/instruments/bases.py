"""Base rules: whether an answer counts below the line of its question's percentage."""

from lsp_assess.instruments.answers import Answer, Answered, Answers, Missing
from lsp_assess.instruments.expressions.evaluate import holds
from lsp_assess.instruments.items import BaseOf, BaseRule, MultipleItem, Question, ScaleItem, SingleItem
from lsp_assess.instruments.scales import MissingKind


def in_base(question: Question, answers: Answers) -> bool:
    """Of one respondent's whole submission."""
    answer = answers.get(question.name)
    match question.base:
        case BaseRule.ALL:
            return answer is not None and not _not_asked(answer)
        case BaseRule.ANSWERED:
            return isinstance(answer, Answered)
        case BaseRule.EXPRESSED_OPINION:
            return isinstance(answer, Answered) and _opinion(question, answer)
        case BaseOf(of=of):
            return isinstance(answer, Answered) and holds(of, answers)


def _not_asked(answer: Answer) -> bool:
    return isinstance(answer, Missing) and answer.kind is MissingKind.NOT_ASKED


def _opinion(question: Question, answer: Answered) -> bool:
    match question:
        case ScaleItem(scale=scale) if isinstance(answer.value, int):
            point = scale.point(answer.value)
            return point is None or point.opinion
        case SingleItem(choices=choices):
            return all(choice.opinion for choice in choices if choice.value == answer.value)
        case MultipleItem(choices=choices) if isinstance(answer.value, tuple):
            return any(choice.opinion for choice in choices if choice.value in answer.value)
        case _:
            return True
