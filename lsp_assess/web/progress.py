"""How far a response is, and what stands in it, in the words of its questionnaire."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lsp_assess.actions.answering import Sheet
from lsp_assess.instruments import Answered, Missing, MissingKind, Section, route
from lsp_assess.instruments.answers import Answer, Answers
from lsp_assess.instruments.items import (
    ConsentItem,
    MultipleItem,
    Question,
    ScaleItem,
    SingleItem,
    questions_of,
)
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say, say_value

QUESTIONS_A_MINUTE = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A section in the task list; `minutes` is its share of the whole by number of questions."""

    name: str
    title: str
    minutes: int
    state: Literal["not_begun", "begun", "done"]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words; `section` says where to change it."""

    name: str
    text: str
    answer: str
    given: bool


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


def tasks_of(sheet: Sheet, language: str) -> list[Task]:
    """The sections that are asked, given the answers so far."""
    total = sum(1 for _ in sheet.instrument.questions)
    minutes = sheet.instrument.minutes or total / QUESTIONS_A_MINUTE
    return [
        Task(
            section.name,
            section.title.say(language),
            max(1, round(minutes * len(asked) / total)),
            _state(sheet.answers, asked),
        )
        for section, asked in _asked(sheet)
    ]


def next_section(sheet: Sheet, section: Section) -> Section | None:
    """Where to go on: here again if answers opened questions that were not on the page, else the next
    section that is asked; None at the end."""
    asked = list(_asked(sheet))
    if any(q.name not in sheet.answers for each, questions in asked if each is section for q in questions):
        return section
    order = sheet.instrument.sections
    later = order[order.index(section) + 1 :]
    return next((each for each, _ in asked if each in later), None)


def summary(sheet: Sheet, language: str) -> list[Part]:
    return [
        Part(section.name, section.title.say(language), tuple(_lines(sheet, asked, language)))
        for section, asked in _asked(sheet)
    ]


def differences(sheet: Sheet, section: Section, entered: Answers, language: str) -> list[Difference]:
    """Where what was entered is not what is stored."""
    return [
        Difference(
            question.text.say(language),
            in_words(question, sheet.answers.get(question.name), language),
            in_words(question, entered.get(question.name), language),
        )
        for item in section.items
        for question in questions_of(item)
        if sheet.answers.get(question.name) != entered.get(question.name, sheet.answers.get(question.name))
    ]


def in_words(question: Question, answer: Answer | None, language: str) -> str:
    if answer is None:
        return say(message("missing.unanswered"), language)
    if isinstance(answer, Missing):
        words = say(message(f"missing.{answer.kind.value}"), language)
        return f"{words}: {answer.reason}" if answer.reason else words
    value = answer.value
    if isinstance(question, ScaleItem) and isinstance(value, int):
        point = question.scale.point(value)
        label = point.label.say(language) if point else ""
        return label if label and question.scale.steps is None else f"{value} {label}".strip()
    if isinstance(question, SingleItem | MultipleItem):
        chosen = value if isinstance(value, tuple) else (value,)
        return ", ".join(c.label.say(language) for c in question.choices if c.value in chosen)
    if isinstance(question, ConsentItem):
        return say(message(f"answer.{value}"), language)
    if isinstance(value, tuple):
        return ", ".join(value)
    return say_value(value, "day" if isinstance(value, date) else "", language)


def _asked(sheet: Sheet) -> Iterator[tuple[Section, list[Question]]]:
    asked = set(route(sheet.instrument, sheet.answers))
    for section in sheet.instrument.sections:
        questions = [q for item in section.items if item.name in asked for q in questions_of(item)]
        if questions:
            yield section, questions


def _state(answers: Answers, asked: list[Question]) -> Literal["not_begun", "begun", "done"]:
    """Done once every question has been put and the required ones answered; what is optional may stay
    empty."""
    if not any(question.name in answers for question in asked):
        return "not_begun"
    put = all(question.name in answers for question in asked)
    told = all(_told(answers.get(question.name)) for question in asked if question.required)
    return "done" if put and told else "begun"


def _told(answer: Answer | None) -> bool:
    return isinstance(answer, Answered) or (
        isinstance(answer, Missing) and answer.kind not in (MissingKind.UNANSWERED, MissingKind.NOT_ASKED)
    )


def _lines(sheet: Sheet, asked: list[Question], language: str) -> Iterator[Line]:
    for question in asked:
        answer = sheet.answers.get(question.name)
        yield Line(
            question.name, question.text.say(language), in_words(question, answer, language), _told(answer)
        )
