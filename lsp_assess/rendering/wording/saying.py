"""From a message to a sentence."""

from string import Formatter

from lsp_assess.kernel.messages import Message, Parameter
from lsp_assess.rendering.wording.catalogue import ENGLISH, MissingWording, texts
from lsp_assess.rendering.wording.spoken import Piece, Spoken, spoken
from lsp_assess.rendering.wording.values import locale_of, say_value

_FORMATTER = Formatter()


def say(message: Message, language: str = ENGLISH) -> str:
    """The message in the language asked for; in English where that language lacks the text.

    The answer is plain text: whoever puts it into HTML escapes it. Raises MissingWording."""
    return "".join(words for words, _ in _pieces(message, language))


def speak(message: Message, language: str = ENGLISH) -> Spoken:
    """The same, with every piece knowing whether it is in the language asked for. Raises MissingWording."""
    return spoken(_pieces(message, language), asked=language)


def _pieces(message: Message, language: str) -> list[Piece]:
    if message.code == "given":
        return [_given(message, language)]
    for tongue in dict.fromkeys((language, ENGLISH)):
        text = _text(message, tongue)
        if text is not None:
            return _fill(text, message, tongue=tongue, asked=language)
    raise MissingWording(f"no wording for {message.code!r}")


def _given(message: Message, language: str) -> Piece:
    """Words that are data: the reader's language, else English, else whichever there is."""
    tongue = next(t for t in (language, ENGLISH, *message.params) if t in message.params)
    return str(message.params[tongue]), tongue


def _text(message: Message, language: str) -> str | None:
    catalogue = texts(language)
    if message.code in catalogue:
        return catalogue[message.code]
    n = message.params.get("n")
    if not isinstance(n, int | float):
        return None
    form = locale_of(language).plural_form(n)
    return catalogue.get(f"{message.code}.{form}", catalogue.get(f"{message.code}.other"))


def _fill(text: str, message: Message, *, tongue: str, asked: str) -> list[Piece]:
    pieces: list[Piece] = []
    for literal, name, spec, _ in _FORMATTER.parse(text):
        pieces.append((literal, tongue))
        if name is None:
            continue
        if name not in message.params:
            raise MissingWording(f"{message.code!r} has no parameter {name!r}")
        pieces += _parameter(message.params[name], spec or "", tongue=tongue, asked=asked)
    return pieces


def _parameter(value: Parameter, spec: str, *, tongue: str, asked: str) -> list[Piece]:
    if not isinstance(value, Message):
        return [(say_value(value, spec, tongue), tongue)]
    first, *more = _pieces(value, asked) or [("", tongue)]
    return [(say_value(first[0], spec, tongue), first[1]), *more]
