"""Words of several lines in a drawing: the printer of the report centres and right-aligns a text as a whole,
so that each line becomes a text of its own."""

from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"


def part_lines(root: Element) -> None:
    for parent in root.iter():
        for text in list(parent):
            lines = text.findall(f"{_SVG}tspan")
            if text.tag == f"{_SVG}text" and len(lines) > 1:
                place = list(parent).index(text)
                parent.remove(text)
                for i, line in enumerate(_parted(text, lines)):
                    parent.insert(place + i, line)


def _parted(text: Element, lines: list[Element]) -> list[Element]:
    made, down = [], 0.0
    for line in lines:
        down += float(line.get("dy", "0"))
        alone = Element(text.tag, dict(text.attrib))
        alone.text = line.text
        if down:
            alone.set("dy", f"{float(text.get('dy', '0')) + down:g}")
        made.append(alone)
    return made
