"""Charts as Vega-Lite specifications: plain data, made from a safe table, drawn elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil

from lsp_assess.disclosure.tables import Purpose, RowRole, SafeTable, State
from lsp_assess.reports.charts.areas import areas_chart
from lsp_assess.reports.charts.change import change_chart
from lsp_assess.reports.charts.criteria import criteria_chart
from lsp_assess.reports.charts.distribution import distribution_chart
from lsp_assess.reports.charts.feasibility import feasibility_chart
from lsp_assess.reports.charts.marks import height_of
from lsp_assess.reports.charts.multiples import multiples_chart
from lsp_assess.reports.charts.reading import Reading
from lsp_assess.reports.charts.scores import scores_chart
from lsp_assess.reports.charts.series import series_chart
from lsp_assess.reports.charts.theme import Spec
from lsp_assess.reports.charts.wheel import wheel_chart
from lsp_assess.reports.charts.words import Say

_MAKERS: Mapping[Purpose, Callable[[Reading], Spec | None]] = {
    Purpose.SCORES: scores_chart,
    Purpose.CRITERIA: criteria_chart,
    Purpose.DISTRIBUTION: distribution_chart,
    Purpose.AREAS: areas_chart,
    Purpose.CHANGE: change_chart,
    Purpose.SERIES: series_chart,
    Purpose.MULTIPLES: multiples_chart,
    Purpose.WHEEL: wheel_chart,
    Purpose.FEASIBILITY: feasibility_chart,
}


_BY_ROWS = (Purpose.SCORES, Purpose.CRITERIA, Purpose.DISTRIBUTION, Purpose.AREAS, Purpose.CHANGE)


def chart_of(table: SafeTable, say: Say) -> Spec | None:
    """The specification of the table's chart; None for a table alone, and where nothing can be drawn."""
    return _made(Reading(table, say))


def _made(reading: Reading) -> Spec | None:
    maker = _MAKERS.get(reading.table.heading.purpose)
    return None if maker is None else maker(reading)


def charts_of(table: SafeTable, say: Say, *, tallest: float) -> tuple[Spec, ...]:
    """The same in pieces no taller than a page, each with as many rows, all on one scale; without the areas
    of which the table shows nothing, which a note names."""
    reading = Reading(table, say, left_out=_all_withheld(table))
    whole = _made(reading)
    if whole is None:
        return ()
    pieces = ceil(height_of(whole) / tallest)
    if pieces == 1 or table.heading.purpose not in _BY_ROWS:
        return (whole,)
    rows = len(reading.every_part())
    step = ceil(rows / pieces)
    cut = (_made(replace(reading, window=(start, start + step))) for start in range(0, rows, step))
    return tuple(spec for spec in cut if spec is not None)


def _all_withheld(table: SafeTable) -> frozenset[str]:
    """Rows of areas without a figure, as long as others have one."""
    if table.heading.purpose is not Purpose.AREAS:
        return frozenset()
    parts = {row.key: row.cells[1:] for row in table.rows if row.role is RowRole.PART}
    gone = {key for key, cells in parts.items() if all(cell.state is State.WITHHELD for cell in cells)}
    return frozenset(gone) if len(gone) < len(parts) else frozenset()


__all__ = ["Say", "Spec", "chart_of", "charts_of"]
