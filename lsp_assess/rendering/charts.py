"""A table's chart as SVG: one drawing for the page, the PDF and the download."""

import json
from functools import lru_cache
from xml.etree import ElementTree

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.fonts import measured_fonts
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts import Spec, chart_of

_SVG = "http://www.w3.org/2000/svg"
_KEPT_DRAWINGS = 512


def chart_svg(table: SafeTable, language: str = "en") -> str | None:
    """The drawing with its title and description; None where the table has no chart, or nothing to draw.

    It carries no `style` attribute and no script, so that a page's content policy can stay strict."""

    def spoken(each: Message) -> str:
        return say(each, language)

    spec = chart_of(table, spoken)
    if spec is None:
        return None
    heading = table.heading
    described = message(
        "chart.described",
        kind=message(f"chart.kind.{heading.purpose.value}"),
        base=heading.base,
        source=heading.source,
    )
    title = spoken(table.finding or heading.title)
    return _told(_drawing(_stable(spec)), id_=f"chart-{table.id}", title=title, description=spoken(described))


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


def _told(svg: str, *, id_: str, title: str, description: str) -> str:
    """The drawing as one image with a name, its inner marks silent."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 (drawn by ourselves a moment ago)
    for element in root.iter():
        for name in list(element.attrib):
            if name.startswith("aria-") or name in ("role", "class", "pointer-events"):
                del element.attrib[name]
    root.set("role", "img")
    root.set("aria-labelledby", f"{id_}-title {id_}-desc")
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        told = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{id_}-{tag}"})
        told.text = words
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode")
