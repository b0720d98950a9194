"""Reading typed fields out of nodes. Whatever is wrong is reported and reading goes on with a stand-in,
so that a writer sees every error at once; nothing is built while a problem stands."""

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from lsp_assess.instruments.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from lsp_assess.instruments.reading.report import Report
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import Parameter, message

E = TypeVar("E", bound=StrEnum)

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_RESERVED = frozenset({"and", "or", "not", "in", "answered"})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_FRACTION = re.compile(r"([0-9]{1,9})(?:/([1-9][0-9]{0,8}))?")
_SWITCH = {True: True, False: False, "yes": True, "no": False}
MAXIMUM_TEXT = 20_000
MOST_MEMBERS = 1000


class Fields:
    """The entries of one mapping. `question` is the item that it belongs to, if any."""

    def __init__(
        self, node: Node, allowed: frozenset[str], *, report: Report, what: str, question: str | None = None
    ) -> None:
        self.report = report
        self.line = node.line
        self.question = question
        self._what = what
        self._entries: dict[str, Entry] = {}
        if not isinstance(node, Mapping):
            self.wrong_kind(what, node, "mapping")
            return
        for entry in node.entries:
            if entry.key in allowed:
                self._entries[entry.key] = entry
            else:
                self.problem("Q101", entry.line, key=entry.key[:60], what=what, allowed=_listed(allowed))

    def problem(self, code: str, line: int | None = None, **params: Parameter) -> None:
        self.report.add(code, line or self.line, self.question, **params)

    def wrong_kind(self, key: str, node: Node, expected: str) -> None:
        self.problem("Q103", node.line, key=key, expected=message(f"expected.{expected}"))

    def inner(self, node: Node, allowed: frozenset[str], what: str) -> "Fields":
        return Fields(node, allowed, report=self.report, what=what, question=self.question)

    def has(self, key: str) -> bool:
        return key in self._entries

    @property
    def lines(self) -> dict[str, int]:
        return {key: entry.line for key, entry in self._entries.items()}

    def line_of(self, key: str) -> int:
        return self._entries[key].line if key in self._entries else self.line

    def node(self, key: str) -> Node | None:
        entry = self._entries.get(key)
        return entry.node if entry else None

    def needed(self, key: str) -> Node | None:
        node = self.node(key)
        if node is None:
            self.problem("Q102", key=key, what=self._what)
        return node

    def _scalar(self, key: str, *, optional: bool) -> Scalar | None:
        node = self.node(key) if optional else self.needed(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.wrong_kind(key, node, "word")
        return None

    def word(self, key: str, *, optional: bool = False) -> str | None:
        scalar = self._scalar(key, optional=optional)
        if scalar is None:
            return None
        if isinstance(scalar.value, str) and 0 < len(scalar.value) <= MAXIMUM_TEXT:
            return scalar.value
        self.wrong_kind(key, scalar, "text")
        return None

    def optional_name(self, key: str) -> str | None:
        word = self.word(key, optional=True)
        return self.checked_name(word, self.line_of(key)) if word is not None else None

    def name(self, key: str = "name") -> str:
        """A name, or the empty stand-in where there is none."""
        word = self.word(key)
        return (self.checked_name(word, self.line_of(key)) or "") if word is not None else ""

    def checked_name(self, word: str, line: int) -> str | None:
        if _NAME.fullmatch(word) and word not in _RESERVED:
            return word
        self.problem("Q105", line, name=word[:60])
        return None

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(filter(None, (self._name_in(key, node) for node in self.nodes(key))))

    def _name_in(self, key: str, node: Node) -> str | None:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return self.checked_name(node.value, node.line)
        self.wrong_kind(key, node, "name")
        return None

    def code_of(self, key: str, node: Node | None) -> str:
        if node is None:
            return ""
        if (
            isinstance(node, Scalar)
            and isinstance(node.value, str | int)
            and not isinstance(node.value, bool)
        ):
            code = str(node.value)
            if _CODE.fullmatch(code):
                return code
        self.wrong_kind(key, node, "code")
        return ""

    def code(self, key: str) -> str:
        return self.code_of(key, self.needed(key))

    def codes(self, key: str) -> tuple[str, ...]:
        return tuple(code for node in self.nodes(key) if (code := self.code_of(key, node)))

    def whole(self, key: str, *, low: int, high: int, optional: bool = False) -> int | None:
        scalar = self._scalar(key, optional=optional)
        return None if scalar is None else self.whole_of(key, scalar, low=low, high=high)

    def whole_of(self, key: str, node: Node, *, low: int, high: int) -> int | None:
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong_kind(key, node, "whole")
            return None
        if not low <= value <= high:
            self.problem("Q109", node.line, key=key, low=low, high=high)
            return None
        return value

    def fraction(self, key: str) -> Fraction | None:
        scalar = self._scalar(key, optional=True)
        if scalar is None:
            return None
        match = _FRACTION.fullmatch(str(scalar.value))
        if match:
            return Fraction(int(match[1]), int(match[2] or 1))
        if isinstance(scalar.value, float) and scalar.value >= 0:
            return Fraction(str(scalar.value))
        self.wrong_kind(key, scalar, "fraction")
        return None

    def switch(self, key: str, *, default: bool) -> bool:
        scalar = self._scalar(key, optional=True)
        if scalar is None:
            return default
        if isinstance(scalar.value, bool | str) and scalar.value in _SWITCH:
            return _SWITCH[scalar.value]
        self.wrong_kind(key, scalar, "switch")
        return default

    def one_of(self, key: str, options: type[E], default: E | None = None) -> E:
        """The option named; its default, or the first, stands in for what is wrong."""
        stand_in = default if default is not None else next(iter(options))
        scalar = self._scalar(key, optional=default is not None)
        return stand_in if scalar is None else self.option(key, scalar, options) or stand_in

    def option(self, key: str, node: Node, options: type[E]) -> E | None:
        value = node.value if isinstance(node, Scalar) else None
        found = next((option for option in options if option.value == value), None)
        if found is None:
            shown = str(value)[:60] if isinstance(node, Scalar) else "…"
            self.problem("Q104", node.line, key=key, value=shown, allowed=", ".join(options))
        return found

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The members of a list; none where the key is absent."""
        node = self.node(key)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.wrong_kind(key, node, "list")
            return ()
        if len(node.items) > MOST_MEMBERS:
            self.problem("Q111", node.line, key=key, maximum=MOST_MEMBERS)
        return node.items[:MOST_MEMBERS]

    def needed_nodes(self, key: str, at_least: int = 1) -> tuple[Node, ...]:
        node = self.needed(key)
        members = self.nodes(key)
        if isinstance(node, Sequence) and len(members) < at_least:
            self.problem("Q108", node.line, key=key, minimum=at_least)
        return members

    def entries(self, key: str) -> Iterator[Entry]:
        node = self.node(key)
        if isinstance(node, Mapping):
            yield from node.entries
        elif node is not None:
            self.wrong_kind(key, node, "mapping")

    def text(self, key: str) -> Text:
        node = self.needed(key)
        return Text(()) if node is None else self.text_of(key, node)

    def optional_text(self, key: str) -> Text | None:
        node = self.node(key)
        return None if node is None else self.text_of(key, node)

    def text_of(self, key: str, node: Node) -> Text:
        if not isinstance(node, Mapping):
            self.wrong_kind(key, node, "languages")
            return Text(())
        found: dict[str, str] = {}
        for entry in node.entries:
            value = entry.node.value if isinstance(entry.node, Scalar) else None
            if entry.key not in self.report.languages:
                self.problem("Q202", entry.line, key=key, language=entry.key[:20])
            elif not isinstance(value, str) or not value.strip() or len(value) > MAXIMUM_TEXT:
                self.wrong_kind(f"{key}.{entry.key}", entry.node, "text")
            else:
                found[entry.key] = value
        written = {entry.key for entry in node.entries}
        for language in self.report.complete_languages:
            if language not in written:
                self.problem("Q201", node.line, key=key, language=language)
        return Text(
            tuple((language, found[language]) for language in self.report.languages if language in found)
        )


def _listed(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys))
