"""Items of a questionnaire as a form shows them: what the templates need, and nothing they must decide."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lsp_assess.instruments import Answered, Instrument, Section, route, routing_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import (
    AnyItem,
    ConsentItem,
    DateItem,
    GridItem,
    LongTextItem,
    MultipleItem,
    NoteItem,
    NumberItem,
    Question,
    ScaleItem,
    ShortTextItem,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.scales import MissingKind, Scale
from lsp_assess.kernel.errors import Problem
from lsp_assess.kernel.messages import message
from lsp_assess.web.entered_values import (
    Form,
    entered_date_parts,
    entered_reason,
    entered_values,
    stored_date_parts,
    stored_reason,
    stored_values,
)
from lsp_assess.web.formatting import explained
from lsp_assess.web.languages import spoken
from lsp_assess.web.questionnaire_words import told

LONGEST_CODE = 80  # longer texts are what somebody wrote; routing never compares with them
MOST_BUTTONS = 11

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
    compares in the browser."""

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


@dataclass(frozen=True, slots=True)
class Showing:
    """How a section is to be shown: what is stored, and what a refused form held."""

    answers: Answers = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    entered: Form | None = None

    def error(self, name: str) -> str:
        found = next((each for each in self.problems if each.place.question == name), None)
        return explained(found) if found else ""

    def values(self, question: Question) -> tuple[str, ...]:
        if self.entered is not None:
            return entered_values(question.name, self.entered)
        return stored_values(self.answers.get(question.name))

    def reason(self, question: Question) -> str:
        if self.entered is not None:
            return entered_reason(question.name, self.entered)
        return stored_reason(self.answers.get(question.name))

    def date_parts(self, question: Question) -> tuple[str, str, str]:
        if self.entered is not None:
            return entered_date_parts(question.name, self.entered)
        return stored_date_parts(self.answers.get(question.name))


def fields(instrument: Instrument, section: Section, showing: Showing) -> Iterator[Field]:
    """Every item of the section; those that routing takes away are there, hidden, for the browser."""
    asked = set(route(instrument, showing.answers))
    conditions = routing_json(instrument)
    for item in section.items:
        condition = json.dumps(conditions[item.name]) if item.name in conditions else ""
        yield _field(item, showing, show_if=condition, hidden=item.name not in asked)


def with_rows(shown: Sequence[Field]) -> list[Field]:
    """Everything that an error can be about: grids and their rows."""
    return [each for item in shown for each in (item, *item.rows)]


def routing_answers(instrument: Instrument, answers: Answers, section: Section) -> str:
    """What counts of the answers given before the section, as JSON, for the browser to route by."""
    asked = set(route(instrument, answers))
    before = instrument.sections[: instrument.sections.index(section)]
    found = {
        question.name: answer.value.isoformat() if isinstance(answer.value, date) else answer.value
        for each in before
        for item in each.items
        if item.name in asked
        for question in questions_of(item)
        if isinstance(answer := answers.get(question.name), Answered) and not _is_long(answer.value)
    }
    return json.dumps(found)


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > LONGEST_CODE


def described_points(section: Section) -> tuple[tuple[Option, ...], ...]:
    """The described points of each stepped scale in the section, to be kept in view once."""
    scales: dict[str, Scale] = {
        item.scale.name: item.scale
        for item in section.items
        if isinstance(item, ScaleItem) and item.scale.steps is not None
    }
    return tuple(_points(scale) for scale in scales.values())


def _field(item: AnyItem, showing: Showing, *, show_if: str = "", hidden: bool = False) -> Field:
    rows = tuple(_field(row, showing) for row in questions_of(item)) if isinstance(item, GridItem) else ()
    values = () if isinstance(item, GridItem | NoteItem) else showing.values(item)
    missing = _missing(item, values)
    boxed = not isinstance(item, SingleItem | MultipleItem | ScaleItem | ConsentItem | GridItem)
    return Field(
        name=item.name,
        control=_control(item),
        text=told(item.text),
        help=told(item.help),
        options=_options(item, values) + (() if boxed else missing),
        missing=missing if boxed else (),
        values=tuple(value for value in values if not value.startswith("--")),
        reason=_reason(item, showing),
        error=showing.error(item.name),
        unit=told(item.unit) if isinstance(item, NumberItem) else "",
        statements=tuple(map(told, item.statements)) if isinstance(item, ScaleItem) else (),
        rows=rows,
        show_if=show_if,
        hidden=hidden,
        counts="numbers" if isinstance(item, ScaleItem | GridItem | NumberItem) else "texts",
        date_parts=showing.date_parts(item) if isinstance(item, DateItem) else ("", "", ""),
    )


def _control(item: AnyItem) -> str:
    if isinstance(item, ScaleItem):
        stepped = item.scale.steps is not None
        return "select" if stepped and len(item.scale.values) > MOST_BUTTONS else "radios"
    return CONTROLS[type(item)]


def _options(item: AnyItem, values: Sequence[str]) -> tuple[Option, ...]:
    if isinstance(item, ScaleItem):
        return _points(item.scale, chosen=values)
    if isinstance(item, GridItem):
        return _points(item.scale)
    if isinstance(item, ConsentItem):
        pairs = [(value, spoken(message(f"answer.{value}"))) for value in ("yes", "no")]
    elif isinstance(item, SingleItem | MultipleItem):
        pairs = [(choice.value, told(choice.label)) for choice in item.choices]
    else:
        pairs = []
    return tuple(Option(value, label, chosen=value in values) for value, label in pairs)


def _points(scale: Scale, *, chosen: Sequence[str] = ()) -> tuple[Option, ...]:
    options = []
    for value in scale.values:
        point = scale.point(value)
        label = told(point.label) if point else ""
        hint = told(point.description) if point else ""
        if scale.steps is not None:
            label = f"{value} – {label}" if label else str(value)
        options.append(Option(str(value), label, hint, chosen=str(value) in chosen))
    return tuple(options)


def _missing(item: AnyItem, values: Sequence[str]) -> tuple[Option, ...]:
    kinds = [(f"--{kind.value}", spoken(message(f"missing.{kind.value}"))) for kind in item.missing]
    return tuple(Option(value, label, chosen=value in values) for value, label in kinds)


def _reason(item: AnyItem, showing: Showing) -> str | None:
    """What was given as the reason for *not applicable*; None where that is not offered."""
    if MissingKind.NOT_APPLICABLE not in item.missing or isinstance(item, GridItem | NoteItem):
        return None
    return showing.reason(item)


def as_items(options: Sequence[Option], *, strip: str = "") -> list[dict[str, object]]:
    """Options as the GOV.UK macros for radios and checkboxes take them."""
    return [
        {
            "value": option.value.removeprefix(strip),
            "text": option.label,
            "checked": option.chosen,
            **({"hint": {"text": option.hint}} if option.hint else {}),
        }
        for option in options
    ]


def as_select_items(options: Sequence[Option], prompt: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = [{"value": "", "text": prompt}]
    return items + [
        {"value": option.value, "text": option.label, "selected": option.chosen} for option in options
    ]
