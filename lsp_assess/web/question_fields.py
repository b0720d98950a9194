"""A question as every form shows it before anybody has answered: its texts, its control, its options."""

from dataclasses import dataclass
from functools import lru_cache

from flask import g

from lsp_assess.instruments.items import (
    AnyItem,
    ConsentItem,
    DateItem,
    GridItem,
    LongTextItem,
    MultipleItem,
    NoteItem,
    NumberItem,
    ScaleItem,
    ShortTextItem,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.scales import MissingKind, Scale
from lsp_assess.kernel.messages import message
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.questionnaire_words import told

MOST_BUTTONS = 11
KEPT = 4096  # questions × languages × partnerships

CONTROLS = {
    SingleItem: "radios",
    MultipleItem: "checkboxes",
    ConsentItem: "radios",
    NumberItem: "number",
    DateItem: "date",
    ShortTextItem: "text",
    LongTextItem: "textarea",
    NoteItem: "note",
    GridItem: "grid",
}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `values` is what was entered, also when it could not be taken; `missing` are the
    typed reasons offered beside a box, `options` hold them for a choice. `counts` says what routing
    compares in the browser. `instead`: it may be answered in place of the one before it."""

    name: str
    control: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    missing: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    reason: str | None = None
    error: str = ""
    unit: str = ""
    statements: tuple[str, ...] = ()
    rows: tuple["Field", ...] = ()
    show_if: str = ""
    hidden: bool = False
    counts: str = "texts"
    date_parts: tuple[str, str, str] = ("", "", "")
    instead: bool = False


class _Itself:
    """A key that knows its item again by identity: its texts are long, and it never changes."""

    def __init__(self, item: AnyItem) -> None:
        self.item = item

    def __hash__(self) -> int:
        return id(self.item)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.item is self.item


def unanswered(item: AnyItem) -> Field:
    """In the language of the page, with the partnership's name where a text asks for it."""
    return _unanswered(_Itself(item), language(), g.partnership.name)


@lru_cache(maxsize=KEPT)
def _unanswered(key: _Itself, _language: str, _partnership: str) -> Field:
    item = key.item
    missing = _missing(item)
    boxed = not isinstance(item, SingleItem | MultipleItem | ScaleItem | ConsentItem | GridItem)
    return Field(
        name=item.name,
        control=_control(item),
        text=told(item.text),
        help=told(item.help),
        options=_options(item) + (() if boxed else missing),
        missing=missing if boxed else (),
        reason=_reason(item),
        unit=told(item.unit) if isinstance(item, NumberItem) else "",
        statements=tuple(map(told, item.statements)) if isinstance(item, ScaleItem) else (),
        rows=tuple(map(unanswered, questions_of(item))) if isinstance(item, GridItem) else (),
        counts="numbers" if isinstance(item, ScaleItem | GridItem | NumberItem) else "texts",
    )


def _reason(item: AnyItem) -> str | None:
    """Room for why it is *not applicable*; None where that is not offered."""
    offered = MissingKind.NOT_APPLICABLE in item.missing and not isinstance(item, GridItem | NoteItem)
    return "" if offered else None


def _control(item: AnyItem) -> str:
    if isinstance(item, ScaleItem):
        stepped = item.scale.steps is not None
        return "select" if stepped and len(item.scale.values) > MOST_BUTTONS else "radios"
    return CONTROLS[type(item)]


def _options(item: AnyItem) -> tuple[Option, ...]:
    if isinstance(item, ScaleItem | GridItem):
        return points_of(item.scale)
    if isinstance(item, ConsentItem):
        return tuple(Option(value, spoken(message(f"answer.{value}"))) for value in ("yes", "no"))
    if isinstance(item, SingleItem | MultipleItem):
        return tuple(Option(choice.value, told(choice.label)) for choice in item.choices)
    return ()


def points_of(scale: Scale) -> tuple[Option, ...]:
    options = []
    for value in scale.values:
        point = scale.point(value)
        label = told(point.label) if point else ""
        hint = told(point.description) if point else ""
        if scale.steps is not None:
            label = f"{value} – {label}" if label else str(value)
        options.append(Option(str(value), label, hint))
    return tuple(options)


def _missing(item: AnyItem) -> tuple[Option, ...]:
    return tuple(Option(f"--{kind.value}", spoken(message(f"missing.{kind.value}"))) for kind in item.missing)
