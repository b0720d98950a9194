"""A partner's own answers against the spread, once the round is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template

from lsp_assess.actions.own_results import OwnLine, OwnTable, own_results
from lsp_assess.actions.partner_answers import own_sheet
from lsp_assess.disclosure.tables import Cell, Kind, State
from lsp_assess.disclosure.values import Number, Strip
from lsp_assess.rendering.cells import show_cell
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.transactions import work

pages = Blueprint(
    "answering_results", __name__, url_prefix="/p/<partnership>/answer/<uuid:collection_id>/<int:number>"
)

ROW = 6.0
"""Units between two people who gave the same score, in the drawing."""
TALLEST = 30.0


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`others` are the heading and the text of each figure of the release; `dots` draw its scores, each from
    0 to 100 along and upwards from the axis, and `scores` tells them in words."""

    question: str
    own: str
    score: float | None
    others: tuple[tuple[str, str], ...]
    scores: str
    dots: tuple[Dot, ...]
    median: float | None
    is_withheld: bool

    @property
    def is_drawn(self) -> bool:
        return bool(self.dots) or self.median is not None


@dataclass(frozen=True, slots=True)
class ShownOwn:
    id: str
    title: str
    lines: tuple[ShownLine, ...]


@pages.get("/results")
def mine(collection_id: UUID, number: int) -> str:
    doing = work()
    sheet = own_sheet(doing, collection_id=collection_id, number=number)
    found = own_results(doing, sheet)
    return render_template(
        "pages/answering/results.html",
        sheet=sheet,
        title=sheet.instrument.title.say(language()),
        sent=sheet.response is not None and sheet.response.submission is not None,
        release=found.release,
        tables=[_shown(table) for table in found.tables],
    )


def _shown(own: OwnTable) -> ShownOwn:
    title = spoken(own.table.heading.title)
    return ShownOwn(own.table.id, title, tuple(_line(own, line) for line in own.lines))


def _line(own: OwnTable, line: OwnLine) -> ShownLine:
    strip, median = own.cell(line, "scores"), own.cell(line, "median") or own.cell(line, "value")
    return ShownLine(
        question=_label(own, line),
        own=spoken(line.own),
        score=line.score,
        others=tuple(_others(own, line)),
        scores=" ".join(f"{heading}: {text}." for heading, text in _figures(own, line, Kind.STRIP)),
        dots=tuple(_dots(strip)),
        median=_amount(median),
        is_withheld=any(cell.state is State.WITHHELD for cell in line.row.cells),
    )


def _label(own: OwnTable, line: OwnLine) -> str:
    return show_cell(line.row.cells[0], own.table.columns[0], spoken, language()).text


def _others(own: OwnTable, line: OwnLine) -> Iterator[tuple[str, str]]:
    """The figures of the round that was answered, but for what the drawing shows and what compares rounds
    or measures agreement: that is in the release."""
    return _figures(own, line, Kind.COUNT, Kind.SCORE)


def _figures(own: OwnTable, line: OwnLine, *kinds: Kind) -> Iterator[tuple[str, str]]:
    for cell, column in zip(line.row.cells, own.table.columns, strict=True):
        of_round = column.round == own.round or (column.round is None and column.kind is Kind.COUNT)
        text = show_cell(cell, column, spoken, language()).text if column.kind in kinds and of_round else ""
        if text:
            yield spoken(column.heading), text


def _dots(cell: Cell | None) -> Iterator[Dot]:
    if cell is None or not isinstance(cell.value, Strip):
        return
    for score, people in cell.value.points:
        gap = min(ROW, TALLEST / people)
        for place in range(people):
            yield Dot(score, place * gap)


def _amount(cell: Cell | None) -> float | None:
    return cell.value.amount if cell is not None and isinstance(cell.value, Number) else None
