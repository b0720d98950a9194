"""Items of a questionnaire as a form shows them: what the templates need, and nothing they must decide."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lsp_assess.instruments import Answered, Instrument, Section, route, routing_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import (
    AnyItem,
    DateItem,
    GridItem,
    NoteItem,
    Question,
    ScaleItem,
    questions_of,
)
from lsp_assess.instruments.scales import Scale
from lsp_assess.kernel.errors import Problem
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
from lsp_assess.web.question_fields import Field, Option, points_of, unanswered

LONGEST_CODE = 80  # longer texts are what somebody wrote; routing never compares with them


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
    asked, offered = set(route(instrument, showing.answers)), instrument.offered
    conditions = routing_json(instrument)
    for item in section.items:
        condition = json.dumps(conditions[item.name]) if item.name in conditions else ""
        field = _field(item, showing, show_if=condition, hidden=item.name not in asked)
        yield replace(field, instead=True) if item.name in offered else field


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
    return tuple(points_of(scale) for scale in scales.values())


def _field(item: AnyItem, showing: Showing, *, show_if: str = "", hidden: bool = False) -> Field:
    if isinstance(item, GridItem):
        rows = tuple(_field(row, showing) for row in questions_of(item))
        return replace(
            unanswered(item), rows=rows, show_if=show_if, hidden=hidden, error=showing.error(item.name)
        )
    if isinstance(item, NoteItem):
        return replace(unanswered(item), show_if=show_if, hidden=hidden)
    plain, values = unanswered(item), showing.values(item)
    return replace(
        plain,
        options=_chosen(plain.options, values),
        missing=_chosen(plain.missing, values),
        values=tuple(value for value in values if not value.startswith("--")),
        reason=None if plain.reason is None else showing.reason(item),
        error=showing.error(item.name),
        show_if=show_if,
        hidden=hidden,
        date_parts=showing.date_parts(item) if isinstance(item, DateItem) else plain.date_parts,
    )


def _chosen(options: tuple[Option, ...], values: Sequence[str]) -> tuple[Option, ...]:
    if not values:
        return options
    return tuple(replace(option, chosen=True) if option.value in values else option for option in options)


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
