"""Criteria then and now: a dumbbell a criterion, in the order of the model, broken where the series is."""

from collections.abc import Sequence

from lsp_assess.disclosure.tables import Cell, Role, Row, Unit
from lsp_assess.disclosure.values import Caution, Number
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.frame import Frame, Mark, Words, symbol
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.scale import from_nought
from lsp_assess.reports.charts.theme import ACCENT, MID, PALE, SOFT, Spec
from lsp_assess.reports.charts.words import amount, amount_text


def criteria_chart(reading: Reading) -> Spec | None:
    rounds = reading.places(Role.VALUE)
    rows = reading.parts()
    shown = [
        x for row in reading.every_part() for place in rounds if (x := amount(place.cell(row))) is not None
    ]
    if not shown:
        return None
    percent = rounds[-1].column.unit in (Unit.PERCENT, Unit.SCORE)
    frame = Frame(
        labels=tuple(reading.label(row) for row in rows),
        domain=(0, 100) if percent else from_nought(shown),
        right=_columns(reading, rounds, rows),
        key=tuple(_look(_named(reading, p), i, len(rounds)) for i, p in enumerate(rounds)),
        axis_title=reading.say(message("chart.criteria.axis_share" if percent else "chart.criteria.axis")),
    )
    layers = _bars(rounds, rows, frame)
    for i, place in enumerate(rounds):
        dots: list[Spec] = [
            {"x": x, "y": r + 0.5} for r, row in enumerate(rows) if (x := amount(place.cell(row))) is not None
        ]
        look = _look("", i, len(rounds))
        layers.append(symbol(look, x=frame.x(), y=frame.y(), data=dots, size=_size(i, len(rounds))))
    return frame.spec(
        [*layers, absences(reading, [rounds[-1].cell(row) for row in rows], frame, x=frame.domain[0])]
    )


def _look(words: str, i: int, rounds: int) -> Mark:
    """The first round hollow, the last filled, those between small and grey."""
    if i == rounds - 1:
        return Mark(words, "circle", ACCENT)
    if i == 0:
        return Mark(words, "circle", SOFT, hollow=True)
    return Mark(words, "diamond", MID)


def _size(i: int, rounds: int) -> float:
    return 80 if i in (0, rounds - 1) else 40


def _named(reading: Reading, place: Place) -> str:
    name = reading.round_name(place)
    broken = any(_is_broken(place.cell(row)) for row in reading.every_part())
    return reading.say(message("chart.criteria.other_edition", round=name)) if broken else name


def _is_broken(cell: Cell) -> bool:
    return isinstance(cell.value, Number) and Caution.SERIES_BREAK in cell.value.cautions


def _bars(rounds: Sequence[Place], rows: Sequence[Row], frame: Frame) -> list[Spec]:
    whole: list[Spec] = []
    broken: list[Spec] = []
    for i, row in enumerate(rows):
        cells = [place.cell(row) for place in rounds]
        found = [x for cell in cells if (x := amount(cell)) is not None]
        if len(found) > 1:
            bars = broken if any(map(_is_broken, cells)) else whole
            bars.append({"x": min(found), "x2": max(found), "y": i + 0.5})
    solid: Spec = {"type": "rule", "color": PALE, "strokeWidth": 4}
    dashed: Spec = {"type": "rule", "color": MID, "strokeWidth": 2, "strokeDash": [3, 3]}
    return [
        layer(mark, data, x=frame.x(), x2={"field": "x2"}, y=frame.y())
        for mark, data in ((solid, whole), (dashed, broken))
        if data
    ]


def _columns(reading: Reading, rounds: Sequence[Place], rows: Sequence[Row]) -> tuple[Words, ...]:
    now = rounds[-1]
    shown = tuple(amount_text(now.cell(row), now.column, reading.say) for row in rows)
    columns = [Words(reading.round_name(now), shown)]
    changes = reading.places(Role.CHANGE)
    if changes:
        change = changes[0]  # since the first round, as the finding says
        cells = tuple(_change(reading, change, row) for row in rows)
        columns.append(Words(reading.say(change.column.heading), cells))
    return tuple(columns)


def _change(reading: Reading, place: Place, row: Row) -> str:
    found = amount(place.cell(row))
    if found is None:
        return amount_text(place.cell(row), place.column, reading.say)
    code = "shown.signed_tenth" if place.column.decimals else "shown.signed"
    return reading.say(message(code, x=found))
