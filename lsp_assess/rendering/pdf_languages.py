"""The language of an element reaches its tag in the PDF, which WeasyPrint 70 leaves out: it knows the
language of the whole document only."""

from collections.abc import Iterator
from typing import Any


def tag_languages() -> None:
    """From here on, in this process. The tags are built by one function that calls itself by its name."""
    import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415 (in the printing process only)
    from weasyprint.pdf import tags  # type: ignore[import-untyped]  # noqa: PLC0415

    build = tags._build_box_tree

    def building(box: Any, *rest: Any) -> Iterator[Any]:
        language = _language(box)
        for element in build(box, *rest):
            if language is not None:
                element["Lang"] = pydyf.String(language)
            yield element

    tags._build_box_tree = building


def _language(box: Any) -> str | None:
    """Of a box whose own element says it; that of the whole document stands in the catalogue."""
    element = getattr(getattr(box, "_box", box), "element", None)
    if element is None or element.tag in ("html", "body"):
        return None
    language: str | None = element.attrib.get("lang")
    return language
