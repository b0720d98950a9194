"""What can be said of the pages of a report without looking at them."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pypdf import PdfReader

_LEADS_ON = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/THead", "/Caption"}
"""Tags of what announces something that has to follow on the same page."""


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def elements(pdf: bytes) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in the order of reading."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        waiting = [opened.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop(0)
            if "/S" in element:
                yield element
            waiting = [kid for kid in _kids(element) if _is_element(kid)] + waiting


def _kids(element: pikepdf.Dictionary) -> list[object]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def pages_that_end_with_a_heading(pdf: bytes) -> list[int]:
    """Numbers of pages whose last words belong to a heading, a caption or the head of a table."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.objgen: i for i, page in enumerate(opened.pages, 1)}
        last: dict[int, bool] = {}
        for page, leads_on in _words(opened.Root.StructTreeRoot, leads_on=False):
            last[numbers[page.objgen]] = leads_on
        return [number for number, leads_on in sorted(last.items()) if leads_on]


def _words(element: pikepdf.Dictionary, *, leads_on: bool) -> Iterator[tuple[pikepdf.Object, bool]]:
    """The page of each piece of marked content, and whether it leads on."""
    leads_on = leads_on or str(element.get("/S", "")) in _LEADS_ON
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg, leads_on
        elif _is_element(kid):
            yield from _words(kid, leads_on=leads_on)


def bookmarks(pdf: bytes) -> dict[str, int]:
    """The page of each section and table."""
    reader = PdfReader(BytesIO(pdf))
    found: dict[str, int] = {}

    def take(outline: list) -> None:
        for item in outline:
            if isinstance(item, list):
                take(item)
            else:
                found[" ".join(item.title.split())] = reader.get_destination_page_number(item) + 1

    take(reader.outline)
    return found


def numbers_in_contents(pages: list[str], titles: list[str]) -> dict[str, int]:
    """What the contents say of the titles that stand in them."""
    contents = " ".join(page for page in pages if page.startswith("Contents"))
    told = {}
    for title in titles:
        number = re.search(re.escape(title) + r"[ .]*?(\d+)(?![\d/])", contents)
        if number is not None:
            told[title] = int(number[1])
    return told
