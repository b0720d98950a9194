"""A Likert distribution: bars that part at the neutral point, with the net balance in figures."""

from collections.abc import Iterator, Sequence

from lsp_assess.disclosure.tables import Cell, Role, Row
from lsp_assess.kernel.messages import message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.frame import Frame, Mark, Words
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.theme import INK, PAPER, SMALL, Spec, diverging, is_dark
from lsp_assess.reports.charts.words import absence, amount, amount_text

_BAR = 0.66
_LEAST_LABEL = 22.0
"""Pixels below which a share is left to the table."""


def distribution_chart(reading: Reading) -> Spec | None:
    categories = reading.places(Role.CATEGORY)
    rows = reading.parts() + tuple(r for r in (reading.total(),) if r is not None)
    segments = [list(_segments(categories, row)) for row in rows]
    if not any(segments):
        return None
    reach = max((abs(x) for row in segments for s in row for x in s[1:3]), default=0)
    frame = Frame(
        labels=tuple(reading.label(row) for row in rows),
        domain=(-reach, reach),
        right=_balance(reading, rows),
        key=_key(reading, categories),
        least_step=30,
        scale_is_shown=False,
    )
    return frame.spec(
        [
            *_bars(reading, segments, categories, frame),
            absences(reading, [_absent(categories, row) for row in rows], frame, x=0),
        ]
    )


def _segments(categories: Sequence[Place], row: Row) -> Iterator[tuple[int, float, float]]:
    """(category, from, to) with the neutral point at nought; nothing unless every share is shown."""
    shares = [amount(place.cell(row)) for place in categories]
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        return
    half, odd = divmod(len(known), 2)
    start = -sum(known[:half]) - (known[half] / 2 if odd else 0)
    for i, share in enumerate(known):
        yield i, start, start + share
        start += share


def _bars(
    reading: Reading,
    segments: Sequence[Sequence[tuple[int, float, float]]],
    categories: Sequence[Place],
    frame: Frame,
) -> list[Spec]:
    colours = diverging(len(categories))
    bars: list[Spec] = []
    labels: list[Spec] = []
    pixels = frame.plot_width / (frame.domain[1] - frame.domain[0])
    for r, row in enumerate(segments):
        for i, low, high in row:
            bars.append(
                {"x": low, "x2": high, "y": r + 0.5 - _BAR / 2, "y2": r + 0.5 + _BAR / 2, "fill": colours[i]}
            )
            if (high - low) * pixels >= _LEAST_LABEL:
                words = reading.say(message("shown.percent", x=high - low))
                contrast = PAPER if is_dark(colours[i]) else INK
                labels.append({"x": (low + high) / 2, "y": r + 0.5, "words": words, "ink": contrast})
    colour: Spec = {"field": "fill", "type": "nominal", "scale": None}
    bar = layer(
        {"type": "rect", "stroke": PAPER, "strokeWidth": 1},
        bars,
        x=frame.x(),
        x2={"field": "x2"},
        y=frame.y(),
        y2={"field": "y2"},
        color=colour,
    )
    ink: Spec = {"field": "ink", "type": "nominal", "scale": None}
    figures = layer(
        {"type": "text", "baseline": "middle", "fontSize": SMALL},
        labels,
        x=frame.x(),
        y=frame.y(),
        text={"field": "words"},
        color=ink,
    )
    nought = layer({"type": "rule", "color": INK, "strokeWidth": 1}, [{"x": 0}], x=frame.x())
    return [nought, bar, figures]


def _key(reading: Reading, categories: Sequence[Place]) -> tuple[Mark, ...]:
    colours = diverging(len(categories))
    return tuple(
        Mark(reading.say(place.column.heading), "square", colour)
        for place, colour in zip(categories, colours, strict=True)
    )


def _balance(reading: Reading, rows: Sequence[Row]) -> tuple[Words, ...]:
    place = reading.last(Role.BALANCE)
    if place is None:
        return ()
    cells = tuple(_signed(reading, place, row) for row in rows)
    return (Words(reading.say(message("chart.distribution.balance")), cells),)


def _signed(reading: Reading, place: Place, row: Row) -> str:
    found = amount(place.cell(row))
    if found is None:
        return amount_text(place.cell(row), place.column, reading.say)
    return reading.say(message("shown.signed", x=found))


def _absent(categories: Sequence[Place], row: Row) -> Cell:
    """The first cell of the row that shows nothing, or else its first."""
    cells = [place.cell(row) for place in categories]
    return next((cell for cell in cells if absence(cell) is not None), cells[0])
