"""Items: one frozen type for each kind of question."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, TypeAlias

from lsp_assess.instruments.expressions.tree import Expression
from lsp_assess.instruments.scales import MissingKind, Scale
from lsp_assess.instruments.text import Text


class ItemType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    GRID = "grid"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CONSENT = "consent"
    NOTE = "note"


class Sensitivity(StrEnum):
    ORDINARY = "ordinary"
    PERSONAL = "personal"
    SPECIAL = "special"


class Purpose(StrEnum):
    MEASURE = "measure"
    WEIGHTING = "weighting"
    CONTEXT = "context"
    CONSENT = "consent"
    SELECTION = "selection"


class BaseRule(StrEnum):
    """Who is counted below the line of a percentage (docs/questionnaires.md)."""

    ALL = "all"
    ANSWERED = "answered"
    EXPRESSED_OPINION = "expressed_opinion"


@dataclass(frozen=True, slots=True)
class BaseOf:
    """Those who answered and for whom the expression is true."""

    of: Expression
    text: Text


Base: TypeAlias = BaseRule | BaseOf


class ConsentTo(StrEnum):
    USE = "use"
    QUOTATION = "quotation"
    PHOTOGRAPH = "photograph"
    RECONTACT = "recontact"
    LINKING = "linking"


CONSENT_VALUES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text
    exclusive: bool = False
    opinion: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    text: Text
    attribute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    type: ClassVar[ItemType]
    name: str
    text: Text
    help: Text | None = None
    required: bool = False
    show_if: Expression | None = None
    missing: tuple[MissingKind, ...] = ()
    base: Base = BaseRule.ANSWERED
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    purpose: Purpose = Purpose.MEASURE
    headline: bool = False
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleItem(Item):
    type: ClassVar[ItemType] = ItemType.SINGLE
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleItem(Item):
    type: ClassVar[ItemType] = ItemType.MULTIPLE
    choices: tuple[Choice, ...]
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleItem(Item):
    type: ClassVar[ItemType] = ItemType.SCALE
    scale: Scale
    statements: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridItem(Item):
    type: ClassVar[ItemType] = ItemType.GRID
    scale: Scale
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberItem(Item):
    type: ClassVar[ItemType] = ItemType.NUMBER
    low: int | float
    high: int | float
    decimals: int = 0
    unit: Text | None = None


DateBound: TypeAlias = date | Literal["today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateItem(Item):
    type: ClassVar[ItemType] = ItemType.DATE
    earliest: DateBound | None = None
    latest: DateBound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTextItem(Item):
    type: ClassVar[ItemType] = ItemType.SHORT_TEXT
    length: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTextItem(Item):
    type: ClassVar[ItemType] = ItemType.LONG_TEXT
    length: int = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentItem(Item):
    type: ClassVar[ItemType] = ItemType.CONSENT
    consent: ConsentTo


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem(Item):
    type: ClassVar[ItemType] = ItemType.NOTE


Question: TypeAlias = (
    SingleItem | MultipleItem | ScaleItem | NumberItem | DateItem | ShortTextItem | LongTextItem | ConsentItem
)
AnyItem: TypeAlias = Question | GridItem | NoteItem


def row_questions(grid: GridItem) -> Iterator[ScaleItem]:
    for row in grid.rows:
        yield ScaleItem(
            name=f"{grid.name}.{row.name}",
            text=row.text,
            required=grid.required,
            show_if=grid.show_if,
            missing=grid.missing,
            base=grid.base,
            sensitivity=grid.sensitivity,
            purpose=grid.purpose,
            headline=grid.headline,
            links=grid.links,
            scale=grid.scale,
        )


def questions_of(item: AnyItem) -> tuple[Question, ...]:
    """What is answered: a grid is one scale question for each row, named grid.row; a note is none."""
    if isinstance(item, GridItem):
        return tuple(row_questions(item))
    return () if isinstance(item, NoteItem) else (item,)
