"""What pages say in other languages, read from `translations/<language>.po` themselves: nothing has to be
compiled at set-up. What a language lacks is said in English."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale


class PageWords(Domain):  # type: ignore[misc] # Flask-Babel has no types
    def get_translations(self) -> NullTranslations:
        return _translations(str(get_locale()))


@lru_cache
def _translations(language: str) -> NullTranslations:
    source = files("lsp_assess.web").joinpath("translations", f"{language}.po")
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return Translations(compiled)
