"""YAML to nodes, event by event, so that what is refused is refused before it is built."""

import re
from collections.abc import Iterator

import yaml

from lsp_assess.instruments.reading.nodes import Entry, Mapping, Node, Scalar, Sequence, plain_value
from lsp_assess.kernel.errors import Invalid, Place, problem

MAXIMUM_CHARACTERS = 500_000
MAXIMUM_DEPTH = 20
_REFUSED_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, *, file: str) -> Node:
    """Raises Invalid with one problem: the text cannot be read further than that."""
    if len(text) > MAXIMUM_CHARACTERS:
        raise Invalid(problem("Q005", Place(file=file), maximum=MAXIMUM_CHARACTERS))
    refused = _REFUSED_CHARACTER.search(text)
    if refused:
        line = text.count("\n", 0, refused.start()) + 1
        raise Invalid(problem("Q007", Place(file=file, line=line), character=f"U+{ord(refused[0]):04X}"))
    try:
        return _Composer(file, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        detail = error.problem or "?"
        raise Invalid(problem("Q001", Place(file=file, line=line), detail=detail)) from error
    except (yaml.YAMLError, ValueError) as error:
        # libyaml names some broken escapes without a mark; an escaped code point may not exist
        raise Invalid(problem("Q001", Place(file=file), detail=type(error).__name__)) from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Composer:
    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self._file = file
        self._events = events

    def _refuse(self, code: str, line: int, **params: str | int) -> Invalid:
        return Invalid(problem(code, Place(file=self._file, line=line), **params))

    def _event(self) -> yaml.Event:
        event = next(self._events)
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self._refuse("Q002", line)
        if getattr(event, "tag", None) is not None:
            raise self._refuse("Q003", line)
        return event

    def document(self) -> Node:
        self._event()
        if isinstance(self._event(), yaml.StreamEndEvent):
            raise self._refuse("Q008", 1)
        node = self._node(self._event(), 0)
        self._event()
        after = self._event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refuse("Q009", _line(after))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if depth > MAXIMUM_DEPTH:
            raise self._refuse("Q006", line, maximum=MAXIMUM_DEPTH)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(line, depth)
        return self._mapping(line, depth)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        refused = _REFUSED_CHARACTER.search(event.value)
        if refused:
            raise self._refuse("Q007", line, character=f"U+{ord(refused[0]):04X}")
        return Scalar(plain_value(event.value) if event.implicit[0] else event.value, line)

    def _sequence(self, line: int, depth: int) -> Sequence:
        items = []
        while not isinstance(event := self._event(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), line)

    def _mapping(self, line: int, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            key_line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse("Q001", key_line, detail="a key that is not a word")
            key = str(self._scalar(event, key_line) and event.value)
            if key in entries:
                raise self._refuse("Q004", key_line, key=key[:60])
            entries[key] = Entry(key, key_line, self._node(self._event(), depth + 1))
        return Mapping(tuple(entries.values()), line)
