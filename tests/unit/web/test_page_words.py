"""Translations of pages: they fit the texts that they translate."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

PARAMETER = re.compile(r"%\((\w+)\)s")


def messages() -> Iterator[Message]:
    folder = files("lsp_assess.web").joinpath("translations")
    for source in folder.iterdir():
        with source.open("rb") as opened:
            yield from (each for each in read_po(opened, locale=source.name.removesuffix(".po")) if each.id)


def as_texts(either: str | tuple[str, ...]) -> tuple[str, ...]:
    return (either,) if isinstance(either, str) else tuple(either)


@pytest.mark.parametrize("message", list(messages()), ids=lambda each: as_texts(each.id)[0][:40])
def test_a_translation_names_what_the_original_names(message: Message) -> None:
    named = {name for text in as_texts(message.id) for name in PARAMETER.findall(text)}
    for text in as_texts(message.string):
        assert text
        assert set(PARAMETER.findall(text)) == named
