"""The tree of an expression. The browser evaluates the same tree from `to_json`."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Operator(StrEnum):
    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    NOT_IN = "not in"


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    value: int | float | str


@dataclass(frozen=True, slots=True)
class Listing:
    values: tuple[int | float | str, ...]


Operand: TypeAlias = Name | Literal | Listing


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: Operator
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class IsAnswered:
    name: str


@dataclass(frozen=True, slots=True)
class Not:
    of: "Expression"


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: "tuple[Expression, ...]"


Expression: TypeAlias = Comparison | IsAnswered | Not | AllOf | AnyOf


def names_in(expression: Expression) -> tuple[str, ...]:
    """Every name, in order of reading, with repetitions."""
    match expression:
        case Comparison(left=left, right=right):
            return tuple(side.name for side in (left, right) if isinstance(side, Name))
        case IsAnswered(name=name):
            return (name,)
        case Not(of=of):
            return names_in(of)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(name for part in parts for name in names_in(part))


def _operand_json(operand: Operand) -> dict[str, object]:
    match operand:
        case Name(name=name):
            return {"name": name}
        case Literal(value=value):
            return {"value": value}
        case Listing(values=values):
            return {"list": list(values)}


def to_json(expression: Expression) -> dict[str, object]:
    """{"op": operator, "left": …, "right": …}; {"op": "answered", "name": …}; {"op": "not", "of": …};
    {"op": "and" | "or", "of": […]}. Operands: {"name": …}, {"value": …}, {"list": […]}."""
    match expression:
        case Comparison(operator=operator, left=left, right=right):
            return {"op": operator.value, "left": _operand_json(left), "right": _operand_json(right)}
        case IsAnswered(name=name):
            return {"op": "answered", "name": name}
        case Not(of=of):
            return {"op": "not", "of": to_json(of)}
        case AllOf(parts=parts):
            return {"op": "and", "of": [to_json(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"op": "or", "of": [to_json(part) for part in parts]}


def _literal_text(value: float | str) -> str:
    if isinstance(value, str):
        return f'"{value}"' if "'" in value else f"'{value}'"
    return format(Decimal(repr(value)), "f")


def _operand_text(operand: Operand) -> str:
    match operand:
        case Name(name=name):
            return name
        case Literal(value=value):
            return _literal_text(value)
        case Listing(values=values):
            return "[" + ", ".join(_literal_text(value) for value in values) + "]"


def _inner_text(expression: Expression, loose: "tuple[type[AllOf] | type[AnyOf], ...]") -> str:
    written = to_text(expression)
    return f"({written})" if isinstance(expression, loose) else written


def to_text(expression: Expression) -> str:
    """The expression as it would be written: parsing it gives the same tree."""
    match expression:
        case Comparison(operator=operator, left=left, right=right):
            return f"{_operand_text(left)} {operator.value} {_operand_text(right)}"
        case IsAnswered(name=name):
            return f"answered({name})"
        case Not(of=of):
            return f"not {_inner_text(of, (AllOf, AnyOf))}"
        case AllOf(parts=parts):
            return " and ".join(_inner_text(part, (AllOf, AnyOf)) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(_inner_text(part, (AnyOf,)) for part in parts)
