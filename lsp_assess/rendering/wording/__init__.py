"""What the pure packages say, in words: `say(message, language)`.

Catalogues are flat YAML files, `<language>/<topic>.yaml`, `code: "text with {name} and {share:percent}"`.
`code.one` and `code.other` (and the locale's further forms) are chosen by the parameter `n`.
The words after the colon are listed in `wording/values.py`.
"""

from lsp_assess.rendering.wording.catalogue import MissingWording, languages, texts
from lsp_assess.rendering.wording.saying import say
from lsp_assess.rendering.wording.values import NOTHING, say_value

__all__ = ["NOTHING", "MissingWording", "languages", "say", "say_value", "texts"]
