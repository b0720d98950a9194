"""The tree of a YAML text, with line numbers. Anchors, aliases, tags and duplicate keys are refused."""

import re
from dataclasses import dataclass
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Scalar:
    value: Plain
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    items: "tuple[Node, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    line: int
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[Entry, ...]
    line: int

    def get(self, key: str) -> "Node | None":
        return next((entry.node for entry in self.entries if entry.key == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping

_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}


def plain_value(text: str) -> Plain:
    """What an unquoted word means. `yes` and `no` stay words: they are codes as often as switches."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def from_plain(value: object) -> Node:
    """The same tree from a document already read (JSON); nothing in it has a line."""
    if isinstance(value, dict):
        return Mapping(tuple(Entry(str(key), 0, from_plain(inner)) for key, inner in value.items()), 0)
    if isinstance(value, list | tuple):
        return Sequence(tuple(from_plain(inner) for inner in value), 0)
    if value is None or isinstance(value, str | int | float):
        return Scalar(value, 0)
    return Scalar(str(value), 0)


def to_plain(node: Node) -> object:
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [to_plain(item) for item in items]
        case Mapping(entries=entries):
            return {entry.key: to_plain(entry.node) for entry in entries}
