"""For whom a question is, in the words of a printed form: by the numbers of its questions and their codes."""

from collections.abc import Mapping

from lsp_assess.instruments.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Expression,
    IsAnswered,
    Listing,
    Literal,
    Name,
    Not,
    Operand,
    Operator,
)
from lsp_assess.instruments.items import Question
from lsp_assess.instruments.paper import values_by_code
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.method import listed

Numbers = Mapping[str, int]
Asked = Mapping[str, Question]

_MIRRORED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


def condition(expression: Expression | None, numbers: Numbers, asked: Asked) -> Message | None:
    """“Only if question 4 is 2 or 3.”; None where everybody is asked."""
    if expression is None:
        return None
    return message("paper.only_if", condition=_told(expression, numbers, asked))


def _told(expression: Expression, numbers: Numbers, asked: Asked) -> Message:
    match expression:
        case Comparison():
            return _comparison(expression, numbers, asked)
        case IsAnswered(name=name):
            return message("paper.answered", number=numbers[name])
        case Not(of=of):
            return message("paper.not", condition=_told(of, numbers, asked))
        case AllOf(parts=parts):
            return listed([_told(part, numbers, asked) for part in parts], "paper.and")
        case AnyOf(parts=parts):
            return listed([_told(part, numbers, asked) for part in parts], "paper.or")


def _comparison(comparison: Comparison, numbers: Numbers, asked: Asked) -> Message:
    """With the question first, whichever way round it was written."""
    left, right, operator = comparison.left, comparison.right, comparison.operator
    if not isinstance(left, Name):
        left, right, operator = right, left, _MIRRORED.get(operator, operator)
    if not isinstance(left, Name):
        return message("paper.compared", left=_value(left), operator=operator.value, right=_value(right))
    codes = {value: code for code, value in values_by_code(asked[left.name]).items()}
    name = operator.name.lower()
    return message(f"paper.{name}", number=numbers[left.name], codes=_coded(right, codes, numbers))


def _coded(operand: Operand, codes: Mapping[str, str], numbers: Numbers) -> Message:
    match operand:
        case Name(name=name):
            return message("paper.question", number=numbers[name])
        case Literal(value=value):
            return given(codes.get(str(value), str(value)))
        case Listing(values=values):
            return listed([given(codes.get(str(value), str(value))) for value in values], "paper.or")


def _value(operand: Operand) -> Message:
    return _coded(operand, {}, {})
