"""How far a response is, and what stands in it, in the words of its questionnaire."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from lsp_assess.actions.answering import Sheet
from lsp_assess.instruments import Answered, Missing, MissingKind, Section, route
from lsp_assess.instruments.answers import Answer, Answers
from lsp_assess.instruments.items import (
    AnyItem,
    ConsentItem,
    GridItem,
    MultipleItem,
    Question,
    ScaleItem,
    SingleItem,
    questions_of,
)
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.questionnaire_words import told

QUESTIONS_A_MINUTE = 3

# Items with the questions of each: several for a grid.
Asked: TypeAlias = Sequence[tuple[AnyItem, Sequence[Question]]]


@dataclass(frozen=True, slots=True)
class Task:
    """A section in the task list; `minutes` is its share of the whole by number of questions."""

    name: str
    title: str
    minutes: int
    state: Literal["not_begun", "begun", "done"]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words. `stem` is what a grid asks of all its rows, of which this is
    one; the first row `opens` it."""

    name: str
    item: str
    text: str
    answer: str
    given: bool
    stem: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    question: str
    stored: str
    entered: str


def tasks_of(sheet: Sheet) -> list[Task]:
    """The sections that are asked, given the answers so far."""
    total = sum(len(rows) for _, asked in _asked(sheet) for _, rows in asked)
    minutes = sheet.instrument.minutes or total / QUESTIONS_A_MINUTE
    return [
        Task(
            section.name,
            told(section.title),
            max(1, round(minutes * len(questions) / total)),
            _state(sheet.answers, questions),
        )
        for section, asked in _asked(sheet)
        for questions in ([question for _, rows in asked for question in rows],)
    ]


def next_section(sheet: Sheet, section: Section) -> Section | None:
    """Where to go on: here again if answers opened questions that were not on the page, else the next
    section that is asked; None at the end."""
    if unput(sheet, section) is not None:
        return section
    order = sheet.instrument.sections
    later = order[order.index(section) + 1 :]
    return next((each for each, _ in _asked(sheet) if each in later), None)


def unput(sheet: Sheet, section: Section) -> AnyItem | None:
    """The first item of the section that is asked and has not been on a page yet."""
    held = sheet.answers
    asked = next((asked for each, asked in _asked(sheet) if each is section), [])
    return next((item for item, rows in asked if any(row.name not in held for row in rows)), None)


def summary(sheet: Sheet) -> list[Part]:
    return [
        Part(section.name, told(section.title), tuple(_lines(sheet.answers, asked)))
        for section, asked in _asked(sheet)
    ]


def in_lines(sheet: Sheet, answers: Answers) -> list[tuple[str, str]]:
    """Answers that stand somewhere else than in the response: each question with the answer in words."""
    return [
        (told(question.text), in_words(question, answers[question.name]))
        for question in sheet.instrument.questions
        if question.name in answers
    ]


def differences(sheet: Sheet, section: Section, entered: Answers) -> list[Difference]:
    """Where what was entered is not what is stored."""
    held = sheet.answers
    found = [
        Difference(
            told(question.text),
            in_words(question, held.get(question.name)),
            in_words(question, entered.get(question.name, held.get(question.name))),
        )
        for item in section.items
        for question in questions_of(item)
    ]
    return [each for each in found if each.stored != each.entered]


def in_words(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return spoken(message("missing.unanswered"))
    if isinstance(answer, Missing):
        words = spoken(message(f"missing.{answer.kind.value}"))
        return f"{words}: {answer.reason}" if answer.reason else words
    value = answer.value
    if isinstance(question, ScaleItem) and isinstance(value, int):
        point = question.scale.point(value)
        label = told(point.label) if point else ""
        return label if label and question.scale.steps is None else f"{value} {label}".strip()
    if isinstance(question, SingleItem | MultipleItem):
        chosen = value if isinstance(value, tuple) else (value,)
        return ", ".join(told(c.label) for c in question.choices if c.value in chosen)
    if isinstance(question, ConsentItem):
        return spoken(message(f"answer.{value}"))
    if isinstance(value, tuple):
        return ", ".join(value)
    return say_value(value, "day" if isinstance(value, date) else "", language())


def _asked(sheet: Sheet) -> Iterator[tuple[Section, Asked]]:
    """The sections that are asked, given the answers so far."""
    asked = set(route(sheet.instrument, sheet.answers)) - _left_alone(sheet)
    for section in sheet.instrument.sections:
        items = [
            (item, rows) for item in section.items if item.name in asked and (rows := questions_of(item))
        ]
        if items:
            yield section, items


def _left_alone(sheet: Sheet) -> set[str]:
    """Attributes that are offered, and that the person did not take up."""
    offered = [item for item in sheet.instrument.items if item.name in sheet.instrument.offered]
    return {
        item.name
        for item in offered
        if not any(_given(sheet.answers.get(question.name)) for question in questions_of(item))
    }


def _state(answers: Answers, asked: list[Question]) -> Literal["not_begun", "begun", "done"]:
    """Done once every question has been put and the required ones answered; what is optional may stay
    empty."""
    if not any(question.name in answers for question in asked):
        return "not_begun"
    put = all(question.name in answers for question in asked)
    complete = all(_given(answers.get(question.name)) for question in asked if question.required)
    return "done" if put and complete else "begun"


def _given(answer: Answer | None) -> bool:
    return isinstance(answer, Answered) or (
        isinstance(answer, Missing) and answer.kind not in (MissingKind.UNANSWERED, MissingKind.NOT_ASKED)
    )


def _lines(answers: Answers, asked: Asked) -> Iterator[Line]:
    for item, rows in asked:
        for question in rows:
            answer = answers.get(question.name)
            yield Line(
                question.name,
                item.name,
                told(question.text),
                in_words(question, answer),
                given=_given(answer),
                stem=told(item.text) if isinstance(item, GridItem) else "",
                opens=question is rows[0],
            )
