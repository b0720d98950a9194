"""A table's chart as SVG: one drawing for the page, the PDF and the download."""

import json
from functools import lru_cache, partial
from xml.etree import ElementTree

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.fonts import measured_fonts
from lsp_assess.rendering.svg_lines import part_lines
from lsp_assess.rendering.svg_marks import join_marks
from lsp_assess.rendering.wording import say, speak
from lsp_assess.reports.charts import Spec, chart_of, charts_of

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_KEPT_DRAWINGS = 512


TALLEST = 760.0
"""Pixels that a page of the report offers below a heading."""


def chart_svg(table: SafeTable, language: str = "en") -> str | None:
    """The drawing with its title and description; None where the table has no chart, or nothing to draw.

    It carries no `style` attribute and no script, so that a page's content policy can stay strict."""
    spec = chart_of(table, partial(say, language=language))
    return None if spec is None else _told(_drawing(_stable(spec)), table, language, piece=0)


def chart_svgs(table: SafeTable, language: str = "en") -> tuple[str, ...]:
    """The same for paper: a tall chart in pieces that fit a page, on one scale."""
    specs = charts_of(table, partial(say, language=language), tallest=TALLEST)
    return tuple(_told(_drawing(_stable(spec)), table, language, piece=i) for i, spec in enumerate(specs))


def _stable(spec: Spec) -> str:
    return json.dumps(spec, sort_keys=True, ensure_ascii=False)


@lru_cache
def _ready_fonts() -> None:
    import vl_convert  # noqa: PLC0415 (slow to import; only drawing needs it)

    vl_convert.register_font_directory(str(measured_fonts()))


@lru_cache(maxsize=_KEPT_DRAWINGS)
def _drawing(spec: str) -> str:
    import vl_convert  # noqa: PLC0415 (slow to import; only drawing needs it)

    _ready_fonts()
    return str(vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[]))


def _told(svg: str, table: SafeTable, language: str, *, piece: int) -> str:
    """The drawing as one image with a name, its inner marks silent."""
    ElementTree.register_namespace("", SVG_NAMESPACE)
    root = ElementTree.fromstring(svg)  # noqa: S314 (drawn by ourselves a moment ago)
    part_lines(root)
    for element in root.iter():
        for name in list(element.attrib):
            if name.startswith("aria-") or name in ("role", "class", "pointer-events"):
                del element.attrib[name]
    join_marks(root)
    id_ = f"chart-{table.id}-{piece}" if piece else f"chart-{table.id}"
    root.set("role", "img")
    root.set("aria-labelledby", f"{id_}-title {id_}-desc")
    words = {"title": table.finding or table.heading.title, "desc": _description(table)}
    for place, (tag, message_) in enumerate(words.items()):
        told = ElementTree.Element(f"{{{SVG_NAMESPACE}}}{tag}", {"id": f"{id_}-{tag}"})
        spoken = speak(message_, language)
        told.text = str(spoken)
        if tag == "title" and spoken.only_language is not None:
            root.set("lang", spoken.only_language)
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode")


def _description(table: SafeTable) -> Message:
    heading = table.heading
    kind = message(f"chart.kind.{heading.purpose.value}")
    return message("chart.described", kind=kind, base=heading.base, source=heading.source)
