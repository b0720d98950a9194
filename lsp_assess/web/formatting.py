"""Plain texts and problems, as the templates show them."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from lsp_assess.kernel.errors import Problem
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language


def paragraphs(text: str) -> Markup:
    """A plain text with its paragraphs; everything in it is shown as written."""
    blocks = [escape(block.strip()) for block in text.split("\n\n") if block.strip()]
    return Markup("").join(Markup("<p class='govuk-body'>{}</p>").format(block) for block in blocks)


def as_error_list(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """For the error summary: each links to its question."""
    return [
        {
            "text": f"{say(each.what, language())} {say(each.remedy, language())}",
            "href": f"#{each.place.question}" if each.place.question else "#main-content",
        }
        for each in problems
    ]
