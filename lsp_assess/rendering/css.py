"""The parts of the style sheet that hold words or file names."""

from markupsafe import Markup

from lsp_assess.rendering.fonts import FACES, FAMILY, Cut

PAGE, PAGES = "\x01", "\x02"
"""Where the numbers go in the words about pages."""


def css_string(words: str) -> str:
    """Quoted, with every sign but letters and digits escaped, so that no text can end its string."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in words) + '"'


def page_style(footer: str, mark: str, page_of: str) -> Markup:
    """What a printed document needs besides its style sheet: the fonts, and the words at the edges of each
    page. `page_of` holds PAGE and PAGES where the numbers go."""
    return Markup(_face_rules() + _page_words(footer, mark, page_of))  # noqa: S704 (every string in it is escaped for CSS)


def _face_rules() -> str:
    """The cut with the rarer letters has a name of its own, since one name may stand for one file only."""
    rules = []
    for face in FACES:
        family = FAMILY if face.cut is Cut.COMMON else f"{FAMILY} Extended"
        style = "italic" if face.italic else "normal"
        rules.append(
            f"@font-face {{ font-family: {css_string(family)}; font-weight: {face.weight}; "
            f"font-style: {style}; src: url('asset:{face.file}') }}\n"
        )
    return "".join(rules)


def _page_words(footer: str, mark: str, page_of: str) -> str:
    """The footer, the mark of demonstration data, and the number of the page."""
    numbers = css_string(page_of)
    for sign, counter in ((PAGE, "page"), (PAGES, "pages")):
        numbers = numbers.replace(f"\\{ord(sign):06x}", f'" counter({counter}) "')
    return (
        f"@page {{ @bottom-left {{ content: {css_string(footer)} }} "
        f"@bottom-right {{ content: {numbers} }} @top-right {{ content: {css_string(mark)} }} }}\n"
    )
