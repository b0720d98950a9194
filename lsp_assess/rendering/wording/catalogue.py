"""The texts of each language, read once from the package's own files."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml

ENGLISH = "en"


class MissingWording(LookupError):
    """A code has no text in English, or a text names a parameter that the message does not have."""


class _Strict(yaml.CSafeLoader):
    """Refuses a code that is written twice: YAML itself silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        mapping: dict[object, object] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the code {key!r} is there twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


def _read(language: str, topic: str, text: str) -> dict[str, str]:
    content = yaml.load(text, Loader=_Strict)  # noqa: S506 (a CSafeLoader, made stricter)
    entries = {} if content is None else content
    if not isinstance(entries, dict):
        raise ValueError(f"{language}/{topic}: not a mapping of codes to texts")
    for code, words in entries.items():
        if not isinstance(code, str) or not isinstance(words, str):
            raise ValueError(f"{language}/{topic}: {code!r} needs quotation marks, or is not a text")
    return entries


@lru_cache
def texts(language: str) -> Mapping[str, str]:
    """Every text of one language; empty for a language that has none.

    Raises ValueError when two files claim one code."""
    found: dict[str, str] = {}
    folder = files("lsp_assess.rendering.wording").joinpath(language)
    if not folder.is_dir():
        return MappingProxyType(found)
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".yaml"):
            continue
        topic = _read(language, entry.name, entry.read_text(encoding="utf-8"))
        if twice := found.keys() & topic.keys():
            raise ValueError(f"{language}/{entry.name}: {', '.join(sorted(twice))} stand in another file too")
        found.update(topic)
    return MappingProxyType(found)


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    folder = files("lsp_assess.rendering.wording")
    others = sorted(e.name for e in folder.iterdir() if e.is_dir() and len(e.name) == 2 and e.name != ENGLISH)
    return (ENGLISH, *others)
