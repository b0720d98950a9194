"""A table before the gate (`RawTable`) and after it (`SafeTable`).

Templates and exporters take `SafeTable` and nothing else. Only the gate, and the reading of a stored
release, hold the seal that makes one.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass
from enum import StrEnum

from lsp_assess.disclosure.rules import Figure
from lsp_assess.disclosure.values import Missing, Moment, Value, Verdict, VerdictCode, Words
from lsp_assess.kernel.messages import Message

SEAL = object()
"""Held by `gate` and `encoding` of this package alone; a test looks for other holders."""


class Kind(StrEnum):
    LABEL = "label"
    COUNT = "count"
    PERCENT = "percent"
    SCORE = "score"
    POINTS = "points"
    NUMBER = "number"
    ESTIMATE = "estimate"
    P = "p"
    TEXT = "text"
    LIGHT = "light"
    VERDICT = "verdict"
    STRIP = "strip"
    TIME = "time"
    STORY = "story"


class Unit(StrEnum):
    """What a number or an estimate counts in. `points` are percentage points."""

    PERCENT = "percent"
    POINTS = "points"
    SCORE = "score"
    PEOPLE = "people"
    ADDRESSES = "addresses"
    ORGANISATIONS = "organisations"
    PLAIN = "plain"
    NONE = "none"


class Role(StrEnum):
    """What a chart does with a column."""

    LABEL = "label"
    SCORES = "scores"
    MEDIAN = "median"
    AGREED = "agreed"
    VALUE = "value"
    CHANGE = "change"
    CATEGORY = "category"
    BALANCE = "balance"
    DELTA = "delta"
    VERDICT = "verdict"
    P = "p"
    BASE = "base"
    TIME = "time"
    EXPECTED = "expected"
    COMPARATOR = "comparator"
    BREAK = "break"
    LIGHT = "light"
    IMPACT = "impact"
    FEASIBILITY = "feasibility"
    DETAIL = "detail"


class Purpose(StrEnum):
    """Which chart goes with a table (`look.md`). The columns that a chart reads, by role:

    scores         one row a part: label · per round scores (STRIP), median, agreed
    criteria       one row a criterion: label · per round value (POINTS) · change
    distribution   one row a round or area: label · category… (PERCENT, in the order of the scale) · balance
    areas          one row an area, TOTAL row = the partnership: label · value (ESTIMATE)
    change         one row an item: label · change (ESTIMATE) · delta · verdict
    series         one row a period: label · time · value (ESTIMATE) · expected · comparator · break · light
    multiples      as series, rows grouped by `Row.group`
    wheel          one row an element: label · per round value (SCORE, 0 separate … 100 integrated)
    feasibility    one row an item: label · impact · feasibility
    none           a table alone
    """

    SCORES = "scores"
    CRITERIA = "criteria"
    DISTRIBUTION = "distribution"
    AREAS = "areas"
    CHANGE = "change"
    SERIES = "series"
    MULTIPLES = "multiples"
    WHEEL = "wheel"
    FEASIBILITY = "feasibility"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    key: str
    kind: Kind
    heading: Message
    role: Role = Role.DETAIL
    unit: Unit = Unit.NONE
    decimals: int = 0
    round: str | None = None
    """The key of the round that the column belongs to, if it belongs to one."""


class RowRole(StrEnum):
    PART = "part"
    TOTAL = "total"


class State(StrEnum):
    SHOWN = "shown"
    ZERO = "zero"
    """Truly nought, not rounded to it."""
    WITHHELD = "withheld"
    """Shown as `[c]`; one reason for all, since a particular one tells."""
    MISSING = "missing"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is there exactly when the state is shown or zero, `missing` exactly when it is missing."""

    state: State
    value: Value | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    key: str
    cells: tuple[Cell, ...]
    role: RowRole = RowRole.PART
    group: str | None = None
    round: str | None = None


@dataclass(frozen=True, slots=True)
class RoundLabel:
    key: str
    name: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """All that stands around the cells. `base` says who answered, in words, without numbers that the
    gate has not seen."""

    id: str
    title: Message
    purpose: Purpose
    base: Message
    source: Message
    rounds: tuple[RoundLabel, ...] = ()
    footnotes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCell:
    """`figures` are what the value tells of; no figures, no rule (public)."""

    value: Value | None = None
    figures: tuple[Figure, ...] = ()
    missing: Missing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    key: str
    cells: tuple[RawCell, ...]
    role: RowRole = RowRole.PART
    group: str | None = None
    round: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    heading: Heading
    columns: tuple[Column, ...]
    rows: tuple[RawRow, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"table {self.heading.id}, row {row.key}: cells do not fit the columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeTable:
    """What may leave. `finding` is the sentence that heads it, chosen from what is shown."""

    heading: Heading
    finding: Message | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not SEAL:
            raise TypeError("a SafeTable is made by the disclosure gate")

    @property
    def id(self) -> str:
        return self.heading.id

    def column(self, key: str) -> int:
        return next(i for i, column in enumerate(self.columns) if column.key == key)

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def cell(self, row: str, column: str) -> Cell:
        return self.row(row).cells[self.column(column)]

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row.cells

    @property
    def is_all_withheld(self) -> bool:
        """True where its parts tell nothing: figures are withheld, and what is not withheld is not there.
        A row of the whole beside them tells nothing of the parts."""
        parts = [row for row in self.rows if row.role is RowRole.PART]
        states = {cell.state for row in parts for cell in row.cells if not _is_words(cell)}
        return State.WITHHELD in states and not states & {State.SHOWN, State.ZERO}


def _is_words(cell: Cell) -> bool:
    return isinstance(cell.value, Words | Moment) or (
        isinstance(cell.value, Verdict) and cell.value.code is VerdictCode.NOT_COMPARED
    )
