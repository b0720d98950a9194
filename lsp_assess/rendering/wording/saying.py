"""From a message to a sentence."""

from string import Formatter

from lsp_assess.kernel.messages import Message, Parameter
from lsp_assess.rendering.wording.catalogue import ENGLISH, MissingWording, texts
from lsp_assess.rendering.wording.values import locale_of, say_value

_FORMATTER = Formatter()


def say(message: Message, language: str = ENGLISH) -> str:
    """The message in the language asked for; in English where that language lacks the text.

    The answer is plain text: whoever puts it into HTML escapes it. Raises MissingWording."""
    if message.code == "given":
        return _given(message, language)
    for spoken in dict.fromkeys((language, ENGLISH)):
        text = _text(message, spoken)
        if text is not None:
            return _fill(text, message, spoken=spoken, asked=language)
    raise MissingWording(f"no wording for {message.code!r}")


def _given(message: Message, language: str) -> str:
    """Words that are data: the reader's language, else English, else whichever there is."""
    spoken = next(s for s in (language, ENGLISH, *message.params) if s in message.params)
    return str(message.params[spoken])


def _text(message: Message, language: str) -> str | None:
    catalogue = texts(language)
    if message.code in catalogue:
        return catalogue[message.code]
    n = message.params.get("n")
    if not isinstance(n, int | float):
        return None
    form = locale_of(language).plural_form(n)
    return catalogue.get(f"{message.code}.{form}", catalogue.get(f"{message.code}.other"))


def _fill(text: str, message: Message, *, spoken: str, asked: str) -> str:
    parts: list[str] = []
    for literal, name, spec, _ in _FORMATTER.parse(text):
        parts.append(literal)
        if name is None:
            continue
        if name not in message.params:
            raise MissingWording(f"{message.code!r} has no parameter {name!r}")
        parts.append(_say_parameter(message.params[name], spec or "", spoken=spoken, asked=asked))
    return "".join(parts)


def _say_parameter(value: Parameter, spec: str, *, spoken: str, asked: str) -> str:
    if isinstance(value, Message):
        return say_value(say(value, asked), spec, spoken)
    return say_value(value, spec, spoken)
