"""A table with its chart, as one thing on a page of the report."""

from dataclasses import dataclass

from markupsafe import Markup

from lsp_assess.disclosure.tables import Purpose, SafeTable
from lsp_assess.disclosure.values import Moment, Words
from lsp_assess.rendering.charts import chart_svgs
from lsp_assess.rendering.fitting import PAGE_WIDTH, Fit, Intervals, fit
from lsp_assess.rendering.tables import ShownRow, ShownTable, show_table
from lsp_assess.reports.charts.text import width

_PAGE_HEIGHT = 900.0
"""CSS pixels that a page of the report offers below a heading."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`is_long`: it cannot stay on one page, and may be parted between rows. `is_silent`: it would have a
    chart, had it any figure to show."""

    table: ShownTable
    fit: Fit
    charts: tuple[Markup, ...]
    is_silent: bool
    is_long: bool


def exhibit_of(table: SafeTable, language: str) -> Exhibit:
    shown = show_table(table, language)
    fitted = fit(shown)
    svgs = chart_svgs(table, language)
    return Exhibit(
        table=shown,
        fit=fitted,
        charts=tuple(Markup(svg) for svg in svgs),  # noqa: S704 (an XML serialiser wrote it, and escapes)
        is_silent=table.heading.purpose is not Purpose.NONE and bool(table.rows) and not _has_figures(table),
        is_long=_height(shown, fitted) + sum(map(_drawn_height, svgs)) > _PAGE_HEIGHT,
    )


def _has_figures(table: SafeTable) -> bool:
    return any(
        cell.value is not None and not isinstance(cell.value, Words | Moment) for cell in table.cells()
    )


def _height(table: ShownTable, fitted: Fit) -> float:
    least = 2 if fitted.intervals is Intervals.BELOW else 1.4
    lines = 2 * least + sum(max(least, _lines(row, fitted)) for row in table.rows)
    drawn = fitted.points * 4 / 3 * 1.35 * lines + 6 * (len(table.rows) + 2)
    return (drawn + 16 * len(table.notes) + 60) * len(fitted.parts)


def _lines(row: ShownRow, fitted: Fit) -> float:
    """Of the cell with most to say, were every column as wide as the others."""
    even = PAGE_WIDTH / max(len(columns) for columns in fitted.parts)
    pixels = fitted.points * 4 / 3
    return max(width(cell.text, pixels) / max(even, fitted.least[i]) for i, cell in enumerate(row.cells))


def _drawn_height(svg: str) -> float:
    return float(svg.split('height="', 1)[1].split('"', 1)[0])
