"""A cell of a table as it is read, on a page and in the report."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lsp_assess.disclosure.tables import Cell, Column, Kind, Role, State
from lsp_assess.disclosure.values import (
    Bound,
    Caution,
    Colour,
    Estimate,
    Light,
    Moment,
    Number,
    StoryReference,
    Strip,
    Value,
    Verdict,
    Words,
)
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say_value
from lsp_assess.reports.charts import words
from lsp_assess.reports.charts.words import Say


class Look(StrEnum):
    FIGURE = "figure"
    WORDS = "words"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`beside` is the interval, or what a verdict could have found; `below` are lines of their own; `light`
    draws its shape; `story` links to a story of the same report."""

    text: str
    look: Look
    beside: str = ""
    light: Colour | None = None
    story: UUID | None = None
    cautions: tuple[Caution, ...] = ()
    below: tuple[str, ...] = ()
    is_withheld: bool = False


EMPTY = ShownCell("", Look.WORDS)


def _may_be_empty(column: Column) -> bool:
    """Where nothing to say is the rule: no remark, no break, no plan, no light but the last."""
    return column.kind is Kind.TEXT or column.role in (Role.BREAK, Role.LIGHT, Role.EXPECTED)


def show_cell(cell: Cell, column: Column, say: Say, language: str) -> ShownCell:
    absent = words.absence(cell)
    if absent is not None:
        if cell.state is State.NOT_AVAILABLE and _may_be_empty(column):
            return EMPTY
        return ShownCell(say(absent), Look.ABSENT, is_withheld=cell.state is State.WITHHELD)
    return EMPTY if cell.value is None else _show(cell.value, column, say, language)


def _show(value: Value, column: Column, say: Say, language: str) -> ShownCell:
    match value:
        case Number():
            return ShownCell(_number(value, column, say), Look.FIGURE, cautions=value.cautions)
        case Estimate():
            return _estimate(value, column, say)
        case Words():
            return ShownCell(say(value.message), Look.WORDS)
        case Moment():
            return ShownCell(say_value(value.on, "day", language), Look.WORDS)
        case Light():
            return ShownCell(_light(value, say), Look.WORDS, light=value.colour)
        case Verdict():
            return _verdict(value, say)
        case Strip():
            return ShownCell(", ".join(_pile(score, n, say) for score, n in value.points), Look.WORDS)
        case StoryReference():
            return ShownCell(say(message("shown.story")), Look.WORDS, story=value.story)


def _number(value: Number, column: Column, say: Say) -> str:
    spoken = say(words.number(value.amount, column))
    return say(message("shown.below", x=spoken)) if value.bound is Bound.BELOW else spoken


def _estimate(value: Estimate, column: Column, say: Say) -> ShownCell:
    column = words.as_told(value, column)
    between = words.interval(value, column)
    return ShownCell(
        say(words.number(value.amount, column)),
        Look.FIGURE,
        beside="" if between is None else say(between),
        cautions=value.cautions,
    )


def _light(value: Light, say: Say) -> str:
    if value.colour is Colour.CANNOT_TELL and len(value.spans) > 1:
        first, last = value.spans[0], value.spans[-1]
        return say(
            message(
                "shown.light.spans",
                first=message(f"shown.light.{first.value}"),
                last=message(f"shown.light.{last.value}"),
            )
        )
    return say(message(f"shown.light.{value.colour.value}"))


def _verdict(value: Verdict, say: Say) -> ShownCell:
    found = value.detectable
    beside = "" if found is None else say(message("shown.verdict.from", least=found))
    return ShownCell(say(words.verdict(value)), Look.WORDS, beside=beside)


def _pile(score: float, people: int, say: Say) -> str:
    if people == 1:
        return say(message("shown.person_at", score=score))
    return say(message("shown.people_at", score=score, n=people))
