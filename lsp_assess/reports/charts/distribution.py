"""A distribution of answers: bars that part at the neutral point of a scale, with the net balance in figures.

Answers without a better and a worse end begin at nought instead, and so do counts of a few people. Those who
did not say stand apart, in grey, at the right of either."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Cell, Kind, Role, Row
from lsp_assess.disclosure.values import Missing
from lsp_assess.disclosure.values import Words as Said
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.charts.absences import absences
from lsp_assess.reports.charts.frame import Frame, Mark, Words
from lsp_assess.reports.charts.marks import layer
from lsp_assess.reports.charts.reading import Place, Reading
from lsp_assess.reports.charts.theme import INK, MID, PAPER, SMALL, Spec, diverging, is_dark, ramp
from lsp_assess.reports.charts.words import absence, amount, amount_text
from lsp_assess.reports.columns import IN_ROUND

_BAR = 0.66
_LEAST_LABEL = 24.0
"""Pixels below which a share is left to the table."""
_LEAST_COUNT = 10.0
_APART = 3.0
"""Per cent, or people, between the answers and those who did not say."""
_MOST_ANSWERS = 7
_DID_NOT_SAY = "missing:"


@dataclass(frozen=True, slots=True)
class _Answers:
    """The columns of a distribution: answers of the scale, and the ways not to answer."""

    scale: tuple[Place, ...]
    silent: tuple[Place, ...]
    parts_at_neutral: bool

    @property
    def every(self) -> tuple[Place, ...]:
        return (*self.scale, *self.silent)

    @property
    def are_people(self) -> bool:
        return self.scale[0].column.kind is Kind.COUNT

    @property
    def colours(self) -> tuple[str, ...]:
        told = diverging(len(self.scale)) if self.parts_at_neutral else ramp(len(self.scale))
        return (*told, *([MID] * len(self.silent)))


@dataclass(frozen=True, slots=True)
class _Segment:
    row: int
    low: float
    high: float
    colour: str


def distribution_chart(reading: Reading) -> Spec | None:
    whole = tuple(r for r in (reading.total(),) if r is not None)
    rows, every = reading.parts() + whole, reading.every_part() + whole
    answers = _answers(reading, every)
    if not 0 < len(answers.scale) <= _MOST_ANSWERS:
        return None
    segments = list(_segments(answers, rows))
    reach = [x for s in _segments(answers, every) for x in (s.low, s.high)]
    if not reach:
        return None
    frame = Frame(
        labels=tuple(_labels(reading, rows)),
        domain=(min(0.0, *reach), max(reach)),
        right=_balance(reading, rows) if answers.parts_at_neutral else (),
        key=_key(reading, answers),
        least_step=30,
        scale_is_shown=False,
    )
    absent = absences(reading, [_absent(answers.every, row) for row in rows], frame, x=0)
    return frame.spec([*_bars(reading, segments, frame, answers), absent])


def _labels(reading: Reading, rows: Sequence[Row]) -> Iterator[str]:
    """What is asked is said at the first of its rounds."""
    before = None
    for row in rows:
        words = row.cells[0].value
        parted = words.message.params if isinstance(words, Said) and words.message.code == IN_ROUND else {}
        item, round_ = parted.get("item"), parted.get("round")
        yield reading.say(round_) if isinstance(round_, Message) and item == before else reading.label(row)
        before = item


def _answers(reading: Reading, rows: Sequence[Row]) -> _Answers:
    every = reading.places(Role.CATEGORY)
    silent = tuple(place for place in every if _DID_NOT_SAY in place.column.key)
    balance = reading.last(Role.BALANCE)
    has_ends = balance is not None and any(
        balance.cell(row).missing is not Missing.NOT_APPLICABLE for row in rows
    )
    return _Answers(tuple(place for place in every if place not in silent), silent, has_ends)


def _segments(answers: _Answers, rows: Sequence[Row]) -> Iterator[_Segment]:
    """Nothing of a row unless every share of it is shown."""
    told = [(r, [amount(place.cell(row)) for place in answers.every]) for r, row in enumerate(rows)]
    whole = [(r, [x for x in shares if x is not None]) for r, shares in told if None not in shares]
    starts = {r: _start(shares[: len(answers.scale)], answers) for r, shares in whole}
    ends = [starts[r] + sum(shares[: len(answers.scale)]) for r, shares in whole]
    for r, shares in whole:
        at = starts[r]
        for i, (share, colour) in enumerate(zip(shares, answers.colours, strict=True)):
            if i == len(answers.scale):
                at = max(ends) + _APART
            yield _Segment(r, at, at + share, colour)
            at += share


def _start(shares: Sequence[float], answers: _Answers) -> float:
    """Half of an odd scale's middle answer lies on either side of nought."""
    if not answers.parts_at_neutral:
        return 0.0
    half, odd = divmod(len(shares), 2)
    return -sum(shares[:half]) - (shares[half] / 2 if odd else 0.0)


def _bars(reading: Reading, segments: Sequence[_Segment], frame: Frame, answers: _Answers) -> list[Spec]:
    code = "shown.whole" if answers.are_people else "shown.percent"
    least = _LEAST_COUNT if answers.are_people else _LEAST_LABEL
    bars: list[Spec] = []
    labels: list[Spec] = []
    pixels = frame.plot_width / (frame.domain[1] - frame.domain[0])
    for s in segments:
        middle = s.row + 0.5
        bars.append(
            {"x": s.low, "x2": s.high, "y": middle - _BAR / 2, "y2": middle + _BAR / 2, "fill": s.colour}
        )
        if (s.high - s.low) * pixels >= least:
            words = reading.say(message(code, x=s.high - s.low))
            ink = PAPER if is_dark(s.colour) else INK
            labels.append({"x": (s.low + s.high) / 2, "y": middle, "words": words, "ink": ink})
    ends: Spec = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    box: Spec = {"type": "rect", "stroke": PAPER, "strokeWidth": 1}
    bar = layer(box, bars, x=frame.x(), y=frame.y(), color=_as_is("fill"), **ends)
    text: Spec = {"type": "text", "baseline": "middle", "fontSize": SMALL}
    figures = layer(text, labels, x=frame.x(), y=frame.y(), text={"field": "words"}, color=_as_is("ink"))
    nought = layer({"type": "rule", "color": INK, "strokeWidth": 1}, [{"x": 0}], x=frame.x())
    return [nought, bar, figures]


def _as_is(field: str) -> Spec:
    """A colour that stands in the data."""
    return {"field": field, "type": "nominal", "scale": None}


def _key(reading: Reading, answers: _Answers) -> tuple[Mark, ...]:
    return tuple(
        Mark(reading.say(place.column.heading), "square", colour)
        for place, colour in zip(answers.every, answers.colours, strict=True)
    )


def _balance(reading: Reading, rows: Sequence[Row]) -> tuple[Words, ...]:
    place = reading.last(Role.BALANCE)
    if place is None:
        return ()
    cells = tuple(amount_text(place.cell(row), place.column, reading.say) for row in rows)
    return (Words(reading.say(message("chart.distribution.balance")), cells),)


def _absent(categories: Sequence[Place], row: Row) -> Cell:
    """The first cell of the row that shows nothing, or else its first."""
    cells = [place.cell(row) for place in categories]
    return next((cell for cell in cells if absence(cell) is not None), cells[0])
