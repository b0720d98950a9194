"""Codes keyed from a paper form, turned into the fields of the ordinary form.

A choice is keyed by its number on the form, a point by its value, with a leading nought or without;
several choices with spaces between, a date as 14/3/2026; d is don't know, r prefer not to say, n does
not apply; empty is unanswered.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from lsp_assess.instruments import Instrument, MissingKind, Section, parse_section
from lsp_assess.instruments.answers import Answer
from lsp_assess.instruments.items import (
    AnyItem,
    ConsentItem,
    DateItem,
    GridItem,
    LongTextItem,
    MultipleItem,
    NumberItem,
    Question,
    ScaleItem,
    ShortTextItem,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.paper import MISSING_CODES, missing_codes, printed, values_by_code
from lsp_assess.kernel.errors import Place, Problem, problem
from lsp_assess.kernel.messages import message
from lsp_assess.web.formatting import explained
from lsp_assess.web.languages import spoken
from lsp_assess.web.questionnaire_words import told
from lsp_assess.web.transactions import clock


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """One line of the keying page. `codes` are explained beside it, `known` are all that can be keyed;
    `digits` is how many finish a code, 0 where Enter does. `stem` is said above the first row of a grid."""

    name: str
    text: str
    stem: str
    codes: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    digits: int
    long: bool
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class KeyedSection:
    title: str
    questions: tuple[KeyedQuestion, ...]


def keyed_sections(
    instrument: Instrument, *, entered: Mapping[str, str], problems: tuple[Problem, ...]
) -> list[KeyedSection]:
    errors = {each.place.question: explained(each) for each in problems}
    return [
        KeyedSection(
            told(section.title),
            tuple(
                _keyed(question, stem, value=entered.get(question.name, ""), error=errors.get(question.name))
                for item in printed(instrument, section)
                for question, stem in _with_stem(item)
            ),
        )
        for section in instrument.sections
    ]


def _with_stem(item: AnyItem) -> Iterator[tuple[Question, str]]:
    questions = questions_of(item)
    stem = told(item.text) if isinstance(item, GridItem) else ""
    for question in questions:
        yield question, stem if question is questions[0] else ""


def _keyed(question: Question, stem: str, *, value: str, error: str | None) -> KeyedQuestion:
    missing = tuple(
        (code, spoken(message(f"missing.{kind.value}"))) for code, kind in missing_codes(question)
    )
    return KeyedQuestion(
        name=question.name,
        text=told(question.text),
        stem=stem,
        codes=(*codes_of(question), *missing),
        known=(*values_by_code(question), *(code for code, _ in missing)),
        digits=_digits(question),
        long=isinstance(question, ShortTextItem | LongTextItem),
        value=value,
        error=error or "",
    )


def keyed_answers(
    instrument: Instrument, form: MultiDict[str, str], *, but: Collection[str] = ()
) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers of the whole form, section after section, so that routing sees what came before. A field
    that came twice is refused, other than those of `but`."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    entered = form.to_dict()
    for section in instrument.sections:
        fields, unknown = as_form(section, entered)
        parsed = parse_section(instrument, section, fields, today=clock().now().date(), draft=answers)
        answers |= parsed.answers
        problems += [*unknown, *parsed.problems]
    twice = [name for name, values in form.lists() if len(values) > 1 and name not in but]
    return answers, [*problems, *(problem("A112", Place(question=name)) for name in twice)]


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
            problems.append(problem("code_unknown", place, given=given))
        else:
            form.update(fields)
    return form, problems


def codes_of(question: Question) -> tuple[tuple[str, str], ...]:
    """Each code with what it stands for, as printed on the form."""
    if isinstance(question, ScaleItem):
        described = [(value, question.scale.point(value)) for value in question.scale.values]
        return tuple((str(value), told(point.label)) for value, point in described if point)
    if isinstance(question, SingleItem | MultipleItem):
        return tuple((str(n), told(c.label)) for n, c in enumerate(question.choices, start=1))
    if isinstance(question, ConsentItem):
        return tuple(
            (code, spoken(message(f"answer.{value}"))) for code, value in values_by_code(question).items()
        )
    return ()


def _fields(question: Question, given: str) -> dict[str, list[str]] | None:
    name = question.name
    if isinstance(question, ShortTextItem | LongTextItem):
        return {name: [given]}
    kind = MISSING_CODES.get(given.lower())
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
    values = values_by_code(question)
    chosen = [values.get(code.lstrip("0")) for code in re.split(r"[ ,;]+", given)]
    found = [value for value in chosen if value is not None]
    return {name: found} if len(found) == len(chosen) else None


def _digits(question: Question) -> int:
    """Codes of one choice are whole after so many digits, and the next field takes over: one digit, or
    two where a code has two (0–10 is keyed 00 to 10)."""
    if isinstance(question, ScaleItem | SingleItem | ConsentItem):
        return max(map(len, values_by_code(question)))
    return 0


def _questions(section: Section) -> Iterator[Question]:
    for item in section.items:
        yield from questions_of(item)
