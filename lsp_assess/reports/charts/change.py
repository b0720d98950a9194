"""Change between rounds: a dot with its interval about nought, the change that matters as a band, and the
verdict in words."""

from collections.abc import Iterator, Sequence

from lsp_assess.disclosure.tables import Role, Row, Unit
from lsp_assess.disclosure.values import Verdict
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.areas import dots
from lsp_assess.reports.charts.frame import Frame, Mark, Words
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading, ends, estimates
from lsp_assess.reports.charts.scale import either_side
from lsp_assess.reports.charts.theme import ACCENT, INK, PALE, SMALL, Spec
from lsp_assess.reports.charts.words import absence, amount, interval, verdict


def change_chart(reading: Reading) -> Spec | None:
    change = reading.last(Role.CHANGE)
    rows = reading.parts()
    if change is None or not (found := list(estimates(reading.every_part(), change))):
        return None
    delta = reading.of_round(Role.DELTA, change.column.round) or reading.last(Role.DELTA)
    deltas = list(_deltas(delta, rows))
    reach = [x for e in found for x in ends(e)] + [d for _, d in _deltas(delta, reading.every_part())]
    frame = Frame(
        labels=tuple(reading.label(row) for row in rows),
        domain=either_side(reach),
        right=_columns(reading, change, rows),
        key=_key(reading, any_delta=bool(deltas)),
        axis_title=_axis_title(reading, change),
        least_step=28,
    )
    bands: list[Spec] = [{"x": -d, "x2": d, "y": i + 0.08, "y2": i + 0.92} for i, d in deltas]
    band = layer(
        {"type": "rect", "color": PALE, "opacity": 0.7},
        bands,
        x=frame.x(),
        x2={"field": "x2"},
        y=frame.y(),
        y2={"field": "y2"},
    )
    nought = layer({"type": "rule", "color": INK, "strokeWidth": 1}, [{"x": 0}], x=frame.x())
    absent = absences(reading, [change.cell(row) for row in rows], frame, x=0)
    return frame.spec([band, nought, *dots(change, rows, frame), absent])


def _deltas(delta: Place | None, rows: Sequence[Row]) -> Iterator[tuple[int, float]]:
    """(row, smallest change that matters), where one is declared."""
    for i, row in enumerate(rows):
        found = None if delta is None else amount(delta.cell(row))
        if found is not None:
            yield i, found


def _axis_title(reading: Reading, change: Place) -> str:
    in_points = change.column.unit is Unit.POINTS
    return reading.say(message("chart.axis.change" if in_points else "chart.axis.change_plain"))


def _columns(reading: Reading, change: Place, rows: Sequence[Row]) -> tuple[Words, ...]:
    numbers = tuple(_number(reading, change, row) for row in rows)
    columns = [Words(reading.say(message("chart.change")), numbers)]
    judged = reading.of_round(Role.VERDICT, change.column.round) or reading.last(Role.VERDICT)
    if judged is not None:
        words = tuple(_verdict(reading, judged, row) for row in rows)
        columns.append(Words(reading.say(message("chart.verdict")), words, SMALL))
    return tuple(columns)


def _number(reading: Reading, change: Place, row: Row) -> str:
    cell = change.cell(row)
    code = "shown.signed_tenth" if change.column.decimals else "shown.signed"
    found = next(estimates((row,), change), None)
    if found is None:
        return "" if (absent := absence(cell)) is None else reading.say(absent)
    spoken = reading.say(message(code, x=found.amount))
    between = interval(found, change.column)
    return spoken if between is None else f"{spoken} ({reading.say(between)})"


def _verdict(reading: Reading, judged: Place, row: Row) -> str:
    cell = judged.cell(row)
    if isinstance(cell.value, Verdict):
        return reading.say(verdict(cell.value))
    return "" if (absent := absence(cell)) is None else reading.say(absent)


def _key(reading: Reading, *, any_delta: bool) -> tuple[Mark, ...]:
    marks = [Mark(reading.say(message("chart.change.dot")), "circle", ACCENT)]
    if any_delta:
        marks.append(Mark(reading.say(message("chart.change.band")), "square", PALE))
    return tuple(marks)
