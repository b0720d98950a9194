"""Marks that look alike as one path: forty dots a part, part after part, are slow to print one by one."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

_PATH = "{http://www.w3.org/2000/svg}path"
_MOVED = re.compile(r"translate\((-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)\)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBERS = {"M": 2, "L": 2, "A": 7, "Z": 0}
"""How many go with a command; the last two of them are a place."""


def join_marks(root: Element) -> None:
    for parent in root.iter():
        for _, run in groupby(list(parent), key=_look):
            marks = list(run)
            outlines = [_outline(mark) for mark in marks]
            if len(marks) < 2 or None in outlines:
                continue
            first, *others = marks
            first.set("d", "".join(outline for outline in outlines if outline is not None))
            del first.attrib["transform"]
            for other in others:
                parent.remove(other)


def _look(element: Element) -> object:
    """Equal for marks that can be drawn together; every other element is one of its own."""
    if element.tag != _PATH or not _MOVED.fullmatch(element.get("transform", "")):
        return id(element)
    return tuple(sorted((name, value) for name, value in element.attrib.items() if name != "transform"))


def _outline(mark: Element) -> str | None:
    """Where it stands, without the transform; None where it is drawn by commands that we do not move."""
    moved = _MOVED.fullmatch(mark.get("transform", ""))
    if moved is None:
        return None
    steps = list(_steps(mark.get("d", ""), float(moved[1]), float(moved[2])))
    return None if None in steps else "".join(step for step in steps if step is not None)


def _steps(outline: str, x: float, y: float) -> Iterator[str | None]:
    for command, given in _STEP.findall(outline):
        numbers = [float(number) for number in given.split(",") if number]
        if _NUMBERS.get(command) != len(numbers):
            yield None
            return
        if numbers:
            numbers[-2:] = [numbers[-2] + x, numbers[-1] + y]
        yield command + ",".join(f"{number:.6g}" for number in numbers)
