"""A chart as a file of its own: what heads it and what it rests on travel with it."""

from xml.etree import ElementTree

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.charts import SVG_NAMESPACE, chart_svg
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts.text import wrap
from lsp_assess.reports.charts.theme import FONT, INK, LINE_HEIGHT, PAPER, SMALL, SOFT, WIDTH

_MARGIN = 16.0
_HEADING_SIZE = 16
_HEADING_LINE = 21.0


def chart_file(table: SafeTable, language: str = "en") -> str | None:
    """The drawing below its heading, above its base and source; None where nothing is drawn."""
    svg = chart_svg(table, language)
    if svg is None:
        return None
    drawing = ElementTree.fromstring(svg)  # noqa: S314 (drawn by ourselves)
    heading = _lines(table.finding or table.heading.title, language, _HEADING_SIZE)
    foot = _lines(
        message("chart.foot", base=table.heading.base, source=table.heading.source), language, SMALL
    )
    height = float(drawing.get("height", "0"))
    top = _MARGIN + len(heading) * _HEADING_LINE + 6
    whole = top + height + 10 + len(foot) * LINE_HEIGHT + _MARGIN
    root = _element("svg", width=WIDTH + 2 * _MARGIN, height=whole)
    root.set("viewBox", f"0 0 {WIDTH + 2 * _MARGIN} {whole}")
    for name in ("role", "aria-labelledby"):
        root.set(name, drawing.attrib.pop(name))
    told = [child for child in drawing if child.tag.endswith(("}title", "}desc"))]
    for child in told:
        drawing.remove(child)
    root.extend(told)
    root.append(_element("rect", width=WIDTH + 2 * _MARGIN, height=whole, fill=PAPER))
    root.extend(
        _texts(heading, top=_MARGIN + _HEADING_SIZE, line=_HEADING_LINE, size=_HEADING_SIZE, weight="bold")
    )
    drawing.set("x", str(_MARGIN))
    drawing.set("y", str(top))
    root.append(drawing)
    root.extend(_texts(foot, top=top + height + 10 + SMALL, line=LINE_HEIGHT, size=SMALL, weight="normal"))
    return ElementTree.tostring(root, encoding="unicode")


def _lines(words: Message, language: str, size: float) -> list[str]:
    return wrap(say(words, language), WIDTH, size).split("\n")


def _element(tag: str, **attributes: float | str) -> ElementTree.Element:
    return ElementTree.Element(f"{{{SVG_NAMESPACE}}}{tag}", {key: str(v) for key, v in attributes.items()})


def _texts(
    lines: list[str], *, top: float, line: float, size: float, weight: str
) -> list[ElementTree.Element]:
    made = []
    for i, words in enumerate(lines):
        text = _element("text", x=_MARGIN, y=top + i * line, fill=INK if weight == "bold" else SOFT)
        text.set("font-family", f"{FONT}, sans-serif")
        text.set("font-size", str(size))
        text.set("font-weight", weight)
        text.text = words
        made.append(text)
    return made
