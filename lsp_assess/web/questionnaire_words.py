"""A questionnaire's own texts as they are said to somebody, and the languages that it can be read in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from lsp_assess.actions.answering import Sheet
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.instrument import Translation
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language, offer

PARTNERSHIP = "{partnership}"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as its speakers call it."""

    code: str
    name: str
    here: bool


def told(text: Text | None) -> str:
    """In the language of the page, with the partnership's name where the text asks for it."""
    return text.say(language()).replace(PARTNERSHIP, g.partnership.name) if text else ""


def in_its_languages(sheet: Sheet) -> Sheet:
    """The page that shows the sheet keeps to the languages that the collection was opened in."""
    offer(_offered(sheet.collection, sheet.instrument))
    return sheet


def tongues(sheet: Sheet) -> Sequence[Tongue]:
    """The languages to choose between; none where there is no choice."""
    offered = _offered(sheet.collection, sheet.instrument)
    if len(offered) < 2:
        return ()
    return [Tongue(code, say(message(f"language.{code}"), code), here=code == language()) for code in offered]


def unreviewed(sheet: Sheet) -> bool:
    """Whether what is on the page is a translation that nobody has reviewed."""
    found = next((each for each in sheet.instrument.languages if each.code == language()), None)
    return found is not None and found.status is Translation.UNREVIEWED


def _offered(collection: Collection, instrument: Instrument) -> list[str]:
    offered = [code for code in collection.languages if code in instrument.complete_languages]
    return offered or [instrument.source_language]
