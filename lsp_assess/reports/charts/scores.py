"""The scores of a few partners: every one a dot, so that disagreement cannot hide behind a median."""

from collections.abc import Iterator, Sequence

from lsp_assess.disclosure.tables import Role, Row
from lsp_assess.disclosure.values import Strip
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.frame import Frame, Mark, Words
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.theme import ACCENT, INK, PAPER, SOFT, Spec
from lsp_assess.reports.charts.words import amount, amount_text

_DOT = 6.0
_ROW = 30.0
_SCALE = (0.0, 100.0)


def scores_chart(reading: Reading) -> Spec | None:
    strips = reading.places(Role.SCORES)
    rows = reading.parts()
    if not any(isinstance(place.cell(row).value, Strip) for row in rows for place in strips):
        return None
    now = strips[-1]
    before = strips[-2] if len(strips) > 1 else None
    frame = Frame(
        labels=tuple(reading.label(row) for row in rows),
        domain=(_SCALE[0] - 2, _SCALE[1] + 2),
        ticks=(0, 25, 50, 75, 100),
        right=tuple(_columns(reading, now, rows)),
        key=tuple(_key(reading, now, before)),
        least_step=_ROW if before is None else 1.8 * _ROW,
    )
    layers = _lane(reading, rows, now, frame, lane=0.5 if before is None else 0.3, hollow=False)
    if before is not None:
        layers += _lane(reading, rows, before, frame, lane=0.74, hollow=True)
    return frame.spec([*layers, absences(reading, [now.cell(row) for row in rows], frame, x=_SCALE[0])])


def _lane(
    reading: Reading, rows: Sequence[Row], place: Place, frame: Frame, *, lane: float, hollow: bool
) -> list[Spec]:
    step = frame.step
    height = step * (1.0 if lane == 0.5 else 0.46)
    dots = [
        {"x": x, "y": i + lane + up / step}
        for i, row in enumerate(rows)
        for x, up in _dots(place.cell(row).value, height - 2 * _DOT)
    ]
    medians = _marks(rows, reading.of_round(Role.MEDIAN, place.column.round), lane)
    tick: Spec = {"type": "tick", "orient": "vertical", "thickness": 2.5, "size": height, "opacity": 1}
    colour = SOFT if hollow else ACCENT
    dot: Spec = {"type": "point", "shape": "circle", "size": 24, "opacity": 1, "strokeWidth": 1}
    dot |= {"stroke": colour, "fill": PAPER if hollow else colour}
    layers = [
        layer(tick | {"color": SOFT if hollow else INK}, medians, x=frame.x(), y=frame.y()),
        layer(dot, dots, x=frame.x(), y=frame.y()),
    ]
    if not hollow:
        agreed = _marks(rows, reading.of_round(Role.AGREED, place.column.round), lane)
        diamond: Spec = {"type": "point", "shape": "diamond", "size": 130, "opacity": 1, "strokeWidth": 1.6}
        layers.append(layer(diamond | {"stroke": INK}, agreed, x=frame.x(), y=frame.y()))
    return layers


def _dots(value: object, height: float) -> Iterator[tuple[float, float]]:
    """(score, pixels off the middle of the lane) of every person; a tall pile is pressed together."""
    if not isinstance(value, Strip):
        return
    for score, people in value.points:
        gap = min(_DOT, height / max(1, people))
        for i in range(people):
            yield score, (i - (people - 1) / 2) * gap


def _marks(rows: Sequence[Row], place: Place | None, lane: float) -> list[Spec]:
    if place is None:
        return []
    found = ((i, amount(place.cell(row))) for i, row in enumerate(rows))
    return [{"x": x, "y": i + lane} for i, x in found if x is not None]


def _columns(reading: Reading, now: Place, rows: Sequence[Row]) -> Iterator[Words]:
    for role in (Role.MEDIAN, Role.AGREED):
        place = reading.of_round(role, now.column.round)
        if place is not None:
            cells = tuple(amount_text(place.cell(row), place.column, reading.say) for row in rows)
            yield Words(reading.say(message(f"chart.scores.{role.value}")), cells)


def _key(reading: Reading, now: Place, before: Place | None) -> Iterator[Mark]:
    yield Mark(reading.round_name(now), "circle", ACCENT)
    if before is not None:
        yield Mark(reading.round_name(before), "circle", SOFT, hollow=True)
    yield Mark(reading.say(message("chart.scores.median")), "M0,-1L0,1", INK)
    if reading.of_round(Role.AGREED, now.column.round) is not None:
        yield Mark(reading.say(message("chart.scores.agreed")), "diamond", INK, hollow=True)
