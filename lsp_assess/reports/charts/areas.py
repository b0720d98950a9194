"""Estimates by area: a dot with its interval, and the partnership as a line through all."""

from collections.abc import Sequence

from lsp_assess.disclosure.tables import Role, Row, Unit
from lsp_assess.disclosure.values import Caution, Estimate
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.frame import Frame, Mark, Words, symbol
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading, ends, estimates
from lsp_assess.reports.charts.scale import around
from lsp_assess.reports.charts.theme import ACCENT, BAND, INK, Spec
from lsp_assess.reports.charts.words import absence, interval, number


def areas_chart(reading: Reading) -> Spec | None:
    value = reading.last(Role.VALUE)
    rows = reading.parts()
    total = reading.total()
    if value is None:
        return None
    parts = reading.every_part()
    every = list(estimates((*parts, total) if total else parts, value))
    if not list(estimates(parts, value)):
        return None
    percent = value.column.unit is Unit.PERCENT
    reach = [x for estimate in every for x in ends(estimate)]
    frame = Frame(
        labels=tuple(reading.label(row) for row in rows),
        domain=around(reach, least=20 if percent else 0, bounds=(0, 100) if percent else None),
        right=(
            Words(reading.say(message("chart.areas.value")), tuple(_words(reading, value, r) for r in rows)),
        ),
        key=_key(reading, value, rows, total),
        axis_title=reading.say(message("chart.axis.percent")) if percent else "",
    )
    drawn = absences(reading, [value.cell(row) for row in rows], frame, x=frame.domain[0])
    return frame.spec([*_partnership(value, total, frame), *dots(value, rows, frame), drawn])


def dots(value: Place, rows: Sequence[Row], frame: Frame) -> list[Spec]:
    """Intervals as rules, values as dots, hollow where the base is small."""
    found = [(i, e) for i, row in enumerate(rows) if isinstance(e := value.cell(row).value, Estimate)]
    rules: list[Spec] = [{"x": ends(e)[0], "x2": ends(e)[1], "y": i + 0.5} for i, e in found]
    rule: Spec = {"type": "rule", "color": ACCENT, "strokeWidth": 2}
    layers = [layer(rule, rules, x=frame.x(), x2={"field": "x2"}, y=frame.y())]
    for hollow in (False, True):
        data: list[Spec] = [{"x": e.amount, "y": i + 0.5} for i, e in found if _is_small(e) is hollow]
        layers.append(
            symbol(Mark("", "circle", ACCENT, hollow), x=frame.x(), y=frame.y(), data=data, size=70)
        )
    return layers


def _is_small(estimate: Estimate) -> bool:
    return Caution.SMALL_BASE in estimate.cautions


def _partnership(value: Place, total: Row | None, frame: Frame) -> list[Spec]:
    if total is None or not isinstance(whole := value.cell(total).value, Estimate):
        return []
    low, high = ends(whole)
    band: Spec = {"type": "rect", "color": BAND}
    line: Spec = {"type": "rule", "color": INK, "strokeWidth": 1.2}
    return [
        layer(band, [{"x": low, "x2": high}], x=frame.x(), x2={"field": "x2"}),
        layer(line, [{"x": whole.amount}], x=frame.x()),
    ]


def _words(reading: Reading, value: Place, row: Row) -> str:
    cell = value.cell(row)
    if not isinstance(cell.value, Estimate):
        return "" if (absent := absence(cell)) is None else reading.say(absent)
    spoken = reading.say(number(cell.value.amount, value.column))
    between = interval(cell.value, value.column)
    return spoken if between is None else f"{spoken} ({reading.say(between)})"


def _key(reading: Reading, value: Place, rows: Sequence[Row], total: Row | None) -> tuple[Mark, ...]:
    marks = [Mark(reading.say(message("chart.areas.dot")), "circle", ACCENT)]
    if any(_is_small(e) for e in estimates(rows, value)):
        marks.append(Mark(reading.say(message("chart.areas.small")), "circle", ACCENT, hollow=True))
    if total is not None and isinstance(whole := value.cell(total).value, Estimate):
        words = f"{reading.label(total)}: {reading.say(number(whole.amount, value.column))}"
        marks.append(Mark(words, "M0,-1L0,1", INK))
    return tuple(marks)
