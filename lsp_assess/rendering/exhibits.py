"""A table with its chart, as one thing on a page of the report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from uuid import UUID

from lsp_assess.disclosure.tables import Purpose, SafeTable
from lsp_assess.disclosure.values import Moment, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.cells import ShownCell
from lsp_assess.rendering.condensing import condensed
from lsp_assess.rendering.drawings import drawings_of
from lsp_assess.rendering.fitting import PAGE_WIDTH, Fit, Intervals, fit
from lsp_assess.rendering.folding import by_round
from lsp_assess.rendering.merging import bases_below, remarks_below, verdicts_below
from lsp_assess.rendering.tables import ShownRow, ShownTable, show_table
from lsp_assess.rendering.wording import Spoken, speak
from lsp_assess.reports.charts.text import width
from lsp_assess.reports.charts.words import Say

_PAGE_HEIGHT = 850.0
"""CSS pixels that a page of the report offers below the headings of a section and its part."""


_READABLE = 8.0
"""Points; smaller letters come after every other way to make a table narrower."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`charts` are names of drawings, `told` what they show. `is_long`: it cannot stay on one page, and may
    be parted between rows. `is_silent`: it would have a chart, had it any figure to show."""

    table: ShownTable
    fit: Fit
    charts: tuple[str, ...]
    told: Spoken
    is_silent: bool
    is_long: bool


def exhibit_of(
    table: SafeTable,
    language: str,
    *,
    finding: Message | None = None,
    titles: Mapping[UUID, str] = MappingProxyType({}),
) -> Exhibit:
    """`finding` stands over a table that has none of its own; `titles` are those of the stories told."""
    say = partial(speak, language=language)
    shown = _named(show_table(table, language), titles, say)
    if shown.finding is None and finding is not None:
        shown = replace(shown, finding=say(finding))
    shown, fitted = _fitted(condensed(shown, say), say)
    drawings = drawings_of(table, language)
    return Exhibit(
        table=shown,
        fit=fitted,
        charts=tuple(drawings),
        told=say(table.finding or table.heading.title),
        is_silent=table.heading.purpose is not Purpose.NONE and bool(table.rows) and not _has_figures(table),
        is_long=_height(shown, fitted) + sum(map(_drawn_height, drawings.values())) > _PAGE_HEIGHT,
    )


def _fitted(table: ShownTable, say: Say) -> tuple[ShownTable, Fit]:
    """The first form that stands on one page's width in letters that are easy to read; else in small ones;
    else the narrowest, in several tables."""
    folded = by_round(table, say)
    forms = [table] if folded is table else [folded]
    for narrower in (remarks_below, bases_below, verdicts_below):
        forms.append(narrower(forms[-1], say))
    fits = [(form, _fit(form, is_folded=folded is not table)) for form in forms]
    whole = [pair for pair in fits if len(pair[1].parts) == 1]
    return next((pair for pair in whole if pair[1].points >= _READABLE), whole[0] if whole else fits[-1])


def _fit(table: ShownTable, *, is_folded: bool) -> Fit:
    """What has many lines has small letters from the start."""
    fitted = fit(table)
    is_tall = is_folded or _height(table, fitted) > _PAGE_HEIGHT
    return fit(table, most=_READABLE) if is_tall else fitted


def _named(table: ShownTable, titles: Mapping[UUID, str], say: Say) -> ShownTable:
    """A story that is told goes by its title."""
    gone = say(message("shown.story_gone"))

    def cell(one: ShownCell) -> ShownCell:
        return one if one.story is None else replace(one, text=titles.get(one.story, gone))

    rows = (replace(row, cells=tuple(map(cell, row.cells))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _has_figures(table: SafeTable) -> bool:
    return any(
        cell.value is not None and not isinstance(cell.value, Words | Moment) for cell in table.cells()
    )


def _height(table: ShownTable, fitted: Fit) -> float:
    least = 2 if fitted.intervals is Intervals.BELOW else 1.4
    headings = len(dict.fromkeys(row.heading for row in table.rows if row.heading))
    lines = 2 * least + 1.4 * headings + sum(max(least, _lines(row, fitted)) for row in table.rows)
    drawn = fitted.points * 4 / 3 * 1.35 * lines + 6 * (len(table.rows) + headings + 2)
    return (drawn + 16 * len(table.notes) + 60) * len(fitted.parts)


def _lines(row: ShownRow, fitted: Fit) -> float:
    """Of the cell with most to say, were every column as wide as the others."""
    even = PAGE_WIDTH / max(len(columns) for columns in fitted.parts)
    pixels = fitted.points * 4 / 3
    below = max((len(cell.below) for cell in row.cells), default=0)
    return below + max(
        width(cell.text, pixels) / max(even, fitted.least[i]) + cell.text.count("\n")
        for i, cell in enumerate(row.cells)
    )


def _drawn_height(svg: str) -> float:
    return float(svg.split('height="', 1)[1].split('"', 1)[0])
