"""From characters to tokens. The pattern is ours and matches from left to right without going back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

TokenKind: TypeAlias = Literal["number", "text", "name", "word", "sign", "end"]

WORDS = frozenset({"and", "or", "not", "in", "answered"})

_TOKEN = re.compile(
    r"(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,9})?)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)"
    r"|(?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)"
)


class ExpressionError(Exception):
    """`code` and `position` (a character, from 1) of the first thing that is wrong."""

    def __init__(self, code: str, position: int, found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.position = position
        self.found = found


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    text: str
    position: int


def _kind(group: str, text: str) -> TokenKind:
    match group:
        case "number":
            return "number"
        case "text":
            return "text"
        case "sign":
            return "sign"
        case _:
            return "word" if text in WORDS else "name"


def tokens(source: str) -> Iterator[Token]:
    place = 0
    while place < len(source):
        if source[place] in " \t\n":
            place += 1
            continue
        found = _TOKEN.match(source, place)
        if found is None or found.lastgroup is None:
            raise ExpressionError("Q401", place + 1, source[place])
        yield Token(_kind(found.lastgroup, found.group()), found.group(), place + 1)
        place = found.end()
    yield Token("end", "", len(source) + 1)
