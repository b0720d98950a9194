"""Plain texts and problems, as the templates show them."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from markupsafe import Markup, escape

from lsp_assess.kernel.errors import Problem
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language

ENDS = (".", "?", "!", "…", ":")


class Asked(Protocol):
    """A question as an error summary names it."""

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...


def paragraphs(text: str) -> Markup:
    """A plain text with its paragraphs; everything in it is shown as written."""
    blocks = [escape(block.strip()) for block in text.split("\n\n") if block.strip()]
    return Markup("").join(Markup("<p class='govuk-body'>{}</p>").format(block) for block in blocks)


def explained(each: Problem) -> str:
    """What happened and what to do, as sentences."""
    said = (say(each.what, language()).strip(), say(each.remedy, language()).strip())
    return " ".join(part if part.endswith(ENDS) else f"{part}." for part in said)


def _led(text: str) -> str:
    return text if text.endswith(ENDS) else f"{text}:"


def as_error_list(
    problems: Sequence[Problem],
    questions: Iterable[Asked] = (),
    links: Mapping[str, str] = MappingProxyType({}),
) -> list[dict[str, str]]:
    """For the error summary: each names its question and links to it, on this page or by `links`."""
    texts = {each.name: each.text for each in questions}
    return [
        {
            "text": f"{_led(texts[question])} {explained(each)}" if question in texts else explained(each),
            "href": links.get(question, f"#{question}") if question else "#main-content",
        }
        for each in problems
        for question in (each.place.question,)
    ]
