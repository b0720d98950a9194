"""A table with its chart on a page: one drawing, however tall, since a screen has no foot."""

from dataclasses import dataclass

from markupsafe import Markup

from lsp_assess.disclosure.tables import Purpose, SafeTable, State
from lsp_assess.rendering.charts import chart_svg
from lsp_assess.rendering.tables import ShownTable, show_table


@dataclass(frozen=True, slots=True)
class PageExhibit:
    """`is_silent`: it would have a chart, had it any figure to show. `withholds`: some cell is withheld;
    `has_gaps`: some cell is empty."""

    table: ShownTable
    chart: Markup | None
    is_silent: bool
    withholds: bool
    has_gaps: bool


def page_exhibit(table: SafeTable, language: str) -> PageExhibit:
    svg = chart_svg(table, language)
    shown = show_table(table, language)
    return PageExhibit(
        table=shown,
        chart=None if svg is None else Markup(svg),  # noqa: S704 (an XML serialiser wrote it, and escapes)
        is_silent=table.heading.purpose is not Purpose.NONE and table.is_all_withheld,
        withholds=any(cell.state is State.WITHHELD for cell in table.cells()),
        has_gaps=any(not (cell.text or cell.story) for row in shown.rows for cell in row.cells),
    )
