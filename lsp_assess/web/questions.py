"""Items of a questionnaire as a form shows them: what the templates need, and nothing they must decide."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lsp_assess.instruments import Answered, Instrument, Missing, MissingKind, Section, route, routing_json
from lsp_assess.instruments.answers import Answer, Answers
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
from lsp_assess.instruments.scales import Scale
from lsp_assess.kernel.errors import Problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.web.formatting import explained

Form = Mapping[str, Sequence[str]]

LONGEST_CODE = 80  # longer texts are what somebody wrote; routing never compares with them

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
    typed reasons offered beside a box, `options` hold them for a choice."""

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
    length: int | None = None
    statements: tuple[str, ...] = ()
    rows: tuple["Field", ...] = ()
    show_if: str = ""
    hidden: bool = False
    required: bool = False
    date_parts: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Showing:
    """How a section is to be shown: the language, what is stored, and what a refused form held."""

    language: str
    answers: Answers = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    entered: Form | None = None

    def error(self, name: str) -> str:
        found = next((each for each in self.problems if each.place.question == name), None)
        return explained(found) if found else ""


def fields(instrument: Instrument, section: Section, showing: Showing) -> Iterator[Field]:
    """Every item of the section; those that routing takes away are there, hidden, for the browser."""
    asked = set(route(instrument, showing.answers))
    conditions = routing_json(instrument)
    for item in section.items:
        condition = json.dumps(conditions[item.name]) if item.name in conditions else ""
        yield _field(item, showing, show_if=condition, hidden=item.name not in asked)


def routing_answers(answers: Answers, section: Section) -> str:
    """What was answered outside the section, as JSON, for the browser to route by."""
    here = {question.name for item in section.items for question in questions_of(item)}
    found = {
        name: answer.value.isoformat() if isinstance(answer.value, date) else answer.value
        for name, answer in answers.items()
        if isinstance(answer, Answered) and name not in here and not _is_long(answer.value)
    }
    return json.dumps(found)


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > LONGEST_CODE


def described_points(section: Section, language: str) -> tuple[tuple[Option, ...], ...]:
    """The described points of each stepped scale in the section, to be kept in view once."""
    scales: dict[str, Scale] = {
        item.scale.name: item.scale
        for item in section.items
        if isinstance(item, ScaleItem) and item.scale.steps is not None
    }
    return tuple(_points(scale, language) for scale in scales.values())


def _field(item: AnyItem, showing: Showing, *, show_if: str = "", hidden: bool = False) -> Field:
    language = showing.language
    rows = tuple(_field(row, showing) for row in questions_of(item)) if isinstance(item, GridItem) else ()
    values = () if isinstance(item, GridItem | NoteItem) else _values(item, showing)
    missing = _missing(item, values, language)
    boxed = not isinstance(item, SingleItem | MultipleItem | ScaleItem | ConsentItem | GridItem)
    return Field(
        name=item.name,
        control=_control(item),
        text=item.text.say(language),
        help=item.help.say(language) if item.help else "",
        options=_options(item, values, language) + (() if boxed else missing),
        missing=missing if boxed else (),
        values=tuple(value for value in values if not value.startswith("--")),
        reason=_reason(item, showing),
        error=showing.error(item.name),
        unit=item.unit.say(language) if isinstance(item, NumberItem) and item.unit else "",
        length=item.length if isinstance(item, ShortTextItem | LongTextItem) else None,
        statements=tuple(each.say(language) for each in item.statements)
        if isinstance(item, ScaleItem)
        else (),
        rows=rows,
        show_if=show_if,
        hidden=hidden,
        required=item.required,
        date_parts=_date_parts(item.name, values, showing.entered)
        if isinstance(item, DateItem)
        else ("", "", ""),
    )


def _control(item: AnyItem) -> str:
    if isinstance(item, ScaleItem):
        return "select" if item.scale.steps is not None and len(item.scale.values) > 11 else "radios"
    return CONTROLS[type(item)]


def _options(item: AnyItem, values: Sequence[str], language: str) -> tuple[Option, ...]:
    if isinstance(item, ScaleItem):
        return _points(item.scale, language, chosen=values)
    if isinstance(item, GridItem):
        return _points(item.scale, language)
    if isinstance(item, ConsentItem):
        pairs = [(value, say(message(f"answer.{value}"), language)) for value in ("yes", "no")]
    elif isinstance(item, SingleItem | MultipleItem):
        pairs = [(choice.value, choice.label.say(language)) for choice in item.choices]
    else:
        pairs = []
    return tuple(Option(value, label, chosen=value in values) for value, label in pairs)


def _points(scale: Scale, language: str, *, chosen: Sequence[str] = ()) -> tuple[Option, ...]:
    options = []
    for value in scale.values:
        point = scale.point(value)
        label = point.label.say(language) if point else ""
        hint = point.description.say(language) if point and point.description else ""
        if scale.steps is not None:
            label = f"{value} – {label}" if label else str(value)
        options.append(Option(str(value), label, hint, chosen=str(value) in chosen))
    return tuple(options)


def _missing(item: AnyItem, values: Sequence[str], language: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            f"--{kind.value}",
            say(message(f"missing.{kind.value}"), language),
            chosen=f"--{kind.value}" in values,
        )
        for kind in item.missing
    )


def _values(item: Question, showing: Showing) -> tuple[str, ...]:
    """As form values; a typed missing is `--kind`."""
    if showing.entered is not None:
        kinds = tuple(f"--{kind}" for kind in showing.entered.get(f"{item.name}--missing", ()) if kind)
        return (*showing.entered.get(item.name, ()), *kinds)
    return _stored(showing.answers.get(item.name))


def _stored(answer: Answer | None) -> tuple[str, ...]:
    if isinstance(answer, Missing):
        return (
            ()
            if answer.kind in (MissingKind.UNANSWERED, MissingKind.NOT_ASKED)
            else (f"--{answer.kind.value}",)
        )
    if not isinstance(answer, Answered):
        return ()
    if isinstance(answer.value, tuple):
        return answer.value
    return (answer.value.isoformat(),) if isinstance(answer.value, date) else (str(answer.value),)


def _reason(item: AnyItem, showing: Showing) -> str | None:
    """What was given as the reason for *not applicable*; None where that is not offered."""
    if MissingKind.NOT_APPLICABLE not in item.missing or isinstance(item, GridItem):
        return None
    if showing.entered is not None:
        return next(iter(showing.entered.get(f"{item.name}--reason", ())), "")
    answer = showing.answers.get(item.name)
    return (answer.reason or "") if isinstance(answer, Missing) else ""


def _date_parts(name: str, values: Sequence[str], entered: Form | None) -> tuple[str, str, str]:
    if entered is not None:
        day, month, year = (
            next(iter(entered.get(f"{name}--{part}", ())), "") for part in ("day", "month", "year")
        )
        return day, month, year
    given = next((value for value in values if not value.startswith("--")), "")
    if not given:
        return "", "", ""
    when = date.fromisoformat(given)
    return str(when.day), str(when.month), str(when.year)


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
