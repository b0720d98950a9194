"""The tables of a report as they stand in its PDF, read by the tags that a screen reader goes by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader

_HEADINGS = {"/H1", "/H2", "/H3", "/H4"}
_SPACES = re.compile(r"[ \n\xa0]+")
"""But the narrow one between thousands."""


@dataclass
class PrintedTable:
    """What stands under one heading: rows of cells without the head, and the words around them. A heading
    among the rows is a row of one cell."""

    heading: str
    rows: list[list[str]] = field(default_factory=list)
    words: str = ""


def printed_tables(pdf: bytes) -> list[PrintedTable]:
    """In the order of reading; the parts of a table that is too wide are rows one after the other. What is
    drawn is left out."""
    texts, found = _texts(pdf), [PrintedTable("")]
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        _read(opened.Root.StructTreeRoot, found, partial(_text, pages=pages, texts=texts))
    return [table for table in found if table.rows]


def _read(element: Any, found: list[PrintedTable], text: Any) -> None:
    kind = str(element.get("/S", ""))
    if kind in _HEADINGS:
        found.append(PrintedTable(text(element)))
    elif kind == "/TR":
        if str(element.P.S) != "/THead":
            found[-1].rows.append([text(kid) for kid in _kids(element) if "/S" in kid])
    elif kind == "/P":
        found[-1].words += f" {text(element)}"
    elif kind != "/Figure":
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                _read(kid, found, text)


def _text(element: Any, *, pages: dict[Any, int], texts: list[dict[int, str]]) -> str:
    return _SPACES.sub(" ", "".join(_pieces(element, pages, texts))).strip()


def _pieces(element: Any, pages: dict[Any, int], texts: list[dict[int, str]]) -> Iterator[str]:
    for kid in _kids(element):
        if isinstance(kid, int):
            yield texts[pages[element.Pg.objgen]].get(kid, "")
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield texts[pages[(kid.get("/Pg") or element.Pg).objgen]].get(int(kid.MCID), "")
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _pieces(kid, pages, texts)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _texts(pdf: bytes) -> list[dict[int, str]]:
    """Of each page, the text of each piece of marked content by its number."""
    every, pages = [], PdfReader(BytesIO(pdf)).pages
    for page in map(pages.__getitem__, range(len(pages))):  # to iterate counts them for each
        found: dict[int, str] = {}
        within: list[int | None] = []
        page.extract_text(
            visitor_operand_before=partial(_follow, within), visitor_text=partial(_keep, found, within)
        )
        every.append(found)
    return every


def _follow(within: list[int | None], operator: bytes, operands: list[Any], *_places: object) -> None:
    if operator in (b"BDC", b"BMC"):
        within.append(operands[1].get("/MCID") if operator == b"BDC" else None)
    elif operator == b"EMC":
        within.pop()


def _keep(found: dict[int, str], within: list[int | None], text: str, *_places: object) -> None:
    number = next((each for each in reversed(within) if each is not None), None)
    if number is not None:
        found[number] = found.get(number, "") + text
