"""From tokens to the tree, by recursive descent with a limit on length and depth.

either     := both ("or" both)*
both       := single ("and" single)*
single     := "not" single | "(" either ")" | "answered" "(" name ")" | comparison
comparison := operand operator operand
operand    := name | number | text | "[" literal ("," literal)* "]"
"""

from lsp_assess.instruments.expressions.tokens import ExpressionError, Token, tokens
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

MAXIMUM_LENGTH = 1000
MAXIMUM_DEPTH = 20


def parse_expression(source: str) -> Expression:
    """Raises ExpressionError."""
    if len(source) > MAXIMUM_LENGTH:
        raise ExpressionError("Q407", MAXIMUM_LENGTH)
    parser = _Parser(list(tokens(source)))
    expression = parser.either(0)
    parser.expect("")
    return expression


class _Parser:
    def __init__(self, sequence: list[Token]) -> None:
        self._sequence = sequence
        self._next = 0

    @property
    def _token(self) -> Token:
        return self._sequence[self._next]

    def _error(self) -> ExpressionError:
        return ExpressionError("Q401", self._token.position, self._token.text)

    def _take(self) -> Token:
        token = self._token
        if token.kind != "end":
            self._next += 1
        return token

    def _accept(self, text: str) -> bool:
        if self._token.kind in ("word", "sign") and self._token.text == text:
            self._next += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if text == "" and self._token.kind == "end":
            return
        if not self._accept(text):
            raise self._error()

    def either(self, depth: int) -> Expression:
        if depth > MAXIMUM_DEPTH:
            raise ExpressionError("Q407", self._token.position)
        parts = [self._both(depth)]
        while self._accept("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self, depth: int) -> Expression:
        parts = [self._single(depth)]
        while self._accept("and"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _single(self, depth: int) -> Expression:
        if depth > MAXIMUM_DEPTH:
            raise ExpressionError("Q407", self._token.position)
        if self._accept("not"):
            return Not(self._single(depth + 1))
        if self._accept("("):
            inner = self.either(depth + 1)
            self.expect(")")
            return inner
        if self._accept("answered"):
            self.expect("(")
            name = self._name()
            self.expect(")")
            return IsAnswered(name)
        left = self._operand()
        operator = self._operator()
        return Comparison(operator, left, self._operand())

    def _name(self) -> str:
        if self._token.kind != "name":
            raise self._error()
        return self._take().text

    def _operator(self) -> Operator:
        if self._accept("not"):
            self.expect("in")
            return Operator.NOT_IN
        token = self._token
        if token.kind not in ("sign", "word") or token.text not in {each.value for each in Operator}:
            raise self._error()
        return Operator(self._take().text)

    def _literal(self) -> int | float | str:
        token = self._token
        if token.kind == "text":
            return self._take().text[1:-1]
        if token.kind != "number":
            raise self._error()
        self._take()
        return float(token.text) if "." in token.text else int(token.text)

    def _operand(self) -> Operand:
        if self._token.kind == "name":
            return Name(self._name())
        if not self._accept("["):
            return Literal(self._literal())
        values = [self._literal()]
        while self._accept(","):
            values.append(self._literal())
        self.expect("]")
        return Listing(tuple(values))
