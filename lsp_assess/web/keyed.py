"""Codes keyed from a paper form, turned into the fields of the ordinary form.

A choice is keyed by its number on the form, a point by its value, several choices with spaces between,
a date as 14/3/2026; d is don't know, r prefer not to say, n does not apply; empty is unanswered.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lsp_assess.instruments import Instrument, MissingKind, Section
from lsp_assess.instruments.items import (
    ConsentItem,
    DateItem,
    LongTextItem,
    MultipleItem,
    NumberItem,
    Question,
    ScaleItem,
    ShortTextItem,
    SingleItem,
    questions_of,
)
from lsp_assess.kernel.errors import Place, Problem, problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.web.formatting import explained

MISSING = {"d": MissingKind.DONT_KNOW, "r": MissingKind.REFUSED, "n": MissingKind.NOT_APPLICABLE}
CONSENTS = ("yes", "no")


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """One line of the keying page. `digits` is how many finish a code, 0 where Enter does."""

    name: str
    text: str
    codes: tuple[tuple[str, str], ...]
    digits: int
    long: bool
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class KeyedSection:
    title: str
    questions: tuple[KeyedQuestion, ...]


def keyed_sections(
    instrument: Instrument, language: str, *, entered: Mapping[str, str], problems: tuple[Problem, ...]
) -> list[KeyedSection]:
    errors = {each.place.question: explained(each) for each in problems}
    return [
        KeyedSection(
            section.title.say(language),
            tuple(
                KeyedQuestion(
                    name=question.name,
                    text=question.text.say(language),
                    codes=(*codes_of(question, language), *_missing_codes(question, language)),
                    digits=_digits(question),
                    long=isinstance(question, ShortTextItem | LongTextItem),
                    value=entered.get(question.name, ""),
                    error=errors.get(question.name, ""),
                )
                for question in _questions(section)
            ),
        )
        for section in instrument.sections
    ]


def as_form(section: Section, entered: Mapping[str, str]) -> tuple[dict[str, list[str]], list[Problem]]:
    """The fields of the ordinary form, and a problem for each code that is none."""
    form: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for question in _questions(section):
        given = entered.get(question.name, "").strip()
        if not given:
            continue
        fields = _fields(question, given)
        if fields is None:
            place = Place(question=question.name, value=given)
            problems.append(problem("code_unknown", place, code=given))
        else:
            form.update(fields)
    return form, problems


def codes_of(question: Question, language: str) -> tuple[tuple[str, str], ...]:
    """Each code with what it stands for, as printed on the form."""
    if isinstance(question, ScaleItem):
        described = [(value, question.scale.point(value)) for value in question.scale.values]
        return tuple((str(value), point.label.say(language)) for value, point in described if point)
    if isinstance(question, SingleItem | MultipleItem):
        return tuple((str(n), c.label.say(language)) for n, c in enumerate(question.choices, start=1))
    if isinstance(question, ConsentItem):
        return tuple((str(n), say(message(f"answer.{v}"), language)) for n, v in enumerate(CONSENTS, start=1))
    return ()


def _missing_codes(question: Question, language: str) -> Iterator[tuple[str, str]]:
    for key, kind in MISSING.items():
        if kind in question.missing:
            yield key, say(message(f"missing.{kind.value}"), language)


def _fields(question: Question, given: str) -> dict[str, list[str]] | None:
    name = question.name
    if isinstance(question, ShortTextItem | LongTextItem):
        return {name: [given]}
    kind = MISSING.get(given.lower())
    if kind is not None:
        reason = {f"{name}--reason": ["keyed from paper"]} if kind is MissingKind.NOT_APPLICABLE else {}
        return {f"{name}--missing": [kind.value], **reason}
    if isinstance(question, DateItem):
        parts = re.split(r"[/. -]+", given)
        keys = (f"{name}--day", f"{name}--month", f"{name}--year")
        return (
            {key: [part] for key, part in zip(keys, parts, strict=True)} if len(parts) == len(keys) else None
        )
    if isinstance(question, ScaleItem | NumberItem):
        return {name: [given]}
    values = _values(question)
    chosen = [values.get(code) for code in re.split(r"[ ,;]+", given)]
    found = [value for value in chosen if value is not None]
    return {name: found} if len(found) == len(chosen) else None


def _values(question: Question) -> dict[str, str]:
    if isinstance(question, SingleItem | MultipleItem):
        return {str(n): choice.value for n, choice in enumerate(question.choices, start=1)}
    return {str(n): value for n, value in enumerate(CONSENTS, start=1)}


def _digits(question: Question) -> int:
    """Codes of one choice are whole after so many digits, and the next field takes over: one digit, or
    two where a code has two (0–10 is keyed 00 to 10)."""
    if isinstance(question, ScaleItem):
        return max(len(str(value)) for value in question.scale.values)
    if isinstance(question, SingleItem):
        return len(str(len(question.choices)))
    return 1 if isinstance(question, ConsentItem) else 0


def _questions(section: Section) -> Iterator[Question]:
    for item in section.items:
        yield from questions_of(item)
