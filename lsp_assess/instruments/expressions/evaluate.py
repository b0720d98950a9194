"""The value of an expression for given answers. Total: it always answers, and never raises."""

import operator as op
from collections.abc import Callable
from datetime import date
from types import MappingProxyType
from typing import Any

from lsp_assess.instruments.answers import Answered, Answers
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

_ORDER: MappingProxyType[Operator, Callable[[Any, Any], bool]] = MappingProxyType(
    {Operator.LESS: op.lt, Operator.AT_MOST: op.le, Operator.MORE: op.gt, Operator.AT_LEAST: op.ge}
)


def holds(expression: Expression, answers: Answers) -> bool:
    match expression:
        case Comparison():
            return _compare(expression, answers)
        case IsAnswered(name=name):
            return isinstance(answers.get(name), Answered)
        case Not(of=of):
            return not holds(of, answers)
        case AllOf(parts=parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, answers) for part in parts)


def _value(operand: Operand, answers: Answers) -> object:
    """None where there is no answer. Dates are text, which sorts as they do."""
    match operand:
        case Literal(value=literal):
            return literal
        case Listing(values=values):
            return values
        case Name(name=name):
            answer = answers.get(name)
            if not isinstance(answer, Answered):
                return None
            return answer.value.isoformat() if isinstance(answer.value, date) else answer.value


def _compare(comparison: Comparison, answers: Answers) -> bool:
    left, right = _value(comparison.left, answers), _value(comparison.right, answers)
    if left is None or right is None:
        return False
    match comparison.operator:
        case Operator.EQUAL:
            return left == right
        case Operator.UNEQUAL:
            return left != right
        case Operator.IN:
            return isinstance(right, tuple) and left in right
        case Operator.NOT_IN:
            return isinstance(right, tuple) and left not in right
        case ordering:
            return _alike(left, right) and _ORDER[ordering](left, right)


def _alike(left: object, right: object) -> bool:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    return numbers or (isinstance(left, str) and isinstance(right, str))
