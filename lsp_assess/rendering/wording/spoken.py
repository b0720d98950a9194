"""Words that still know which language they are in.

A sentence may be Welsh around a name that is there in English only; a screen reader has to change its voice
for the English, so that the pieces are kept apart until they are written into a page.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from lsp_assess.rendering.long_words import parted

Piece = tuple[str, str]
"""Words, and their language."""


class Spoken(str):
    """A plain text for whoever does not ask. `pieces` are words with their language, which is None where it
    is the one that was asked for."""

    __slots__ = ("pieces",)
    pieces: tuple[tuple[str, str | None], ...]

    @property
    def only_language(self) -> str | None:
        """Of a text that is all in one language, and not in the one asked for."""
        languages = {language for words, language in self.pieces if _is_read(words)}
        return next(iter(languages)) if len(languages) == 1 else None

    def replaced(self, words: Iterable[str]) -> "Spoken":
        """The same pieces in the same languages, each with its new words."""
        return _made(tuple((new, old[1]) for new, old in zip(words, self.pieces, strict=True)))


def spoken(pieces: Iterable[Piece], *, asked: str) -> Spoken:
    """Numbers and stops have no language: they go with the words before them, or else behind."""
    kept = [(words, language) for words, language in pieces if words]
    read = [None if not _is_read(words) else language for words, language in kept]
    told = []
    for i, (words, _) in enumerate(kept):
        before = (language for language in reversed(read[: i + 1]) if language is not None)
        behind = (language for language in read[i:] if language is not None)
        language = next(before, next(behind, asked))
        told.append((words, None if language == asked else language))
    joined = groupby(told, key=lambda piece: piece[1])
    return _made(tuple(("".join(words for words, _ in group), language) for language, group in joined))


def _made(pieces: tuple[tuple[str, str | None], ...]) -> Spoken:
    made = Spoken("".join(words for words, _ in pieces))
    made.pieces = pieces
    return made


def _is_read(words: str) -> bool:
    return any(letter.isalpha() for letter in words)


_NAME_AND_NUMBER = re.compile(r"\b([^\W\d_]\w*) (?=\d)")


def bound(words: str) -> str:
    """“Round 1” is not parted at the end of a line, in a heading that has few words."""

    def bind(text: str) -> str:
        return _NAME_AND_NUMBER.sub(
            lambda m: f"{m[1]}\N{NO-BREAK SPACE}" if m[1][0].isupper() else m[0], text
        )

    return words.replaced(bind(old) for old, _ in words.pieces) if isinstance(words, Spoken) else bind(words)


def marked_up(value: object) -> object:
    """For a template: what is in another language than its page stands in an element that says so, and no
    word is too long for the renderer."""
    if isinstance(value, Spoken) and any(language is not None for _, language in value.pieces):
        return Markup("").join(
            escape(parted(words))
            if language is None
            else Markup('<span lang="{}">{}</span>').format(language, parted(words))
            for words, language in value.pieces
        )
    return parted(value) if isinstance(value, str) and not isinstance(value, Markup) else value
