"""What the pure packages say, in words: `say(message, language)`.

Catalogues are flat YAML files, `<language>/<topic>.yaml`, `code: "text with {name} and {share:percent}"`.
`code.one` and `code.other` (and the locale's further forms) are chosen by the parameter `n`.
`speak` says the same and keeps apart what is in another language than the one asked for; `marked_up` writes
that into a page.
The words after the colon are listed in `wording/values.py`.
"""

from lsp_assess.rendering.wording.catalogue import MissingWording, languages, texts
from lsp_assess.rendering.wording.saying import say, speak
from lsp_assess.rendering.wording.spoken import Spoken, bound, marked_up
from lsp_assess.rendering.wording.values import NOTHING, say_value

__all__ = [
    "NOTHING",
    "MissingWording",
    "Spoken",
    "bound",
    "languages",
    "marked_up",
    "say",
    "say_value",
    "speak",
    "texts",
]
