"""The codebook of a research file: each column with its question, and each of its codes in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lsp_assess.exchange.research_columns import CHOSEN, NOT_CHOSEN, Cell, Column, SumColumn
from lsp_assess.instruments.items import BaseRule, NumberItem, Question, ScaleItem, SingleItem
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.charts.words import Say
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import Asking
from lsp_assess.reports.survey_questions import base_of
from lsp_assess.reports.told import told

HEADER = ("column", "question", "base", "rounds", "code", "answer", "counts")

Heading: TypeAlias = Callable[[Column | SumColumn], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its words; `key` is a round's among its columns."""

    code: Cell
    name: Message
    key: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """`counts`: favourable, unfavourable, yes (in the base), no (outside it)."""

    code: Cell
    label: Message | None
    counts: str


def codebook_rows(
    columns: Iterable[Column | SumColumn],
    heading: Heading,
    *,
    leading: Iterable[tuple[str, Message, Sequence[Named]]],
    rounds: Sequence[Named],
    say: Say,
) -> Iterator[Sequence[Cell]]:
    """The header first; then a row for each code, and one for a column without codes."""
    yield HEADER
    for name, what, codes in leading:
        yield (name, say(what), "", "", "", "", "")
        for each in codes:
            yield (name, say(what), "", "", each.code, say(each.name), "")
    for column in columns:
        name = heading(column)
        if isinstance(column, SumColumn):
            asked = [one for one in rounds if one.key in column.instruments]
            of = (name, say(said(column.derived.text)), say(message("residents.base.every_part")))
            yield from _coded(of, _numbers_of(asked), _sum_codes(column), say)
            continue
        base = say(base_of(column.question))
        for numbers, question in _wordings(column, rounds, say):
            yield from _coded((name, say(column.title), base), numbers, _codes(column, question), say)


def _coded(
    of: tuple[str, str, str], rounds: str, codes: Iterable[Code], say: Say
) -> Iterator[Sequence[Cell]]:
    for code in codes:
        label = "" if code.label is None else say(code.label)
        yield (*of, rounds, code.code, label, code.counts)


def _wordings(column: Column, rounds: Sequence[Named], say: Say) -> Iterator[tuple[str, Question]]:
    """The rounds whose codes are those of the newest; then each that asked otherwise, with its own."""
    asked = [one for one in rounds if one.key in column.asked]
    apart = [one for one in asked if column.found[one.key].asking is Asking.NOT_COMPARABLE]
    marked = [one for one in asked if column.found[one.key].asking is Asking.MARKED]
    alike = [one for one in asked if one not in apart]
    yield _numbers_of(alike, marked, say(message("research.other_words"))), column.question
    for one in apart:
        yield f"{one.code} ({say(message('research.not_comparable'))})", column.asked[one.key]


def _numbers_of(rounds: Sequence[Named], marked: Sequence[Named] = (), mark: str = "") -> str:
    return ", ".join(f"{one.code} ({mark})" if one in marked else str(one.code) for one in rounds)


def _codes(column: Column, question: Question) -> Iterator[Code]:
    if column.choice is not None:
        yield Code(CHOSEN, message("research.chosen"), "favourable")
        yield Code(NOT_CHOSEN, message("research.not_chosen"), "yes")
    else:
        how = told(question)
        for value, label, opinion in _answers(question):
            counts = question.base is not BaseRule.EXPRESSED_OPINION or opinion
            if not counts:
                yield Code(f".outside_{value}", label, "no")
            elif how is not None and value in how.favourable:
                yield Code(value, label, "favourable")
            elif how is not None and value in how.unfavourable:
                yield Code(value, label, "unfavourable")
            else:
                yield Code(value, label, "yes")
    for kind in (*question.missing, MissingKind.UNANSWERED, MissingKind.NOT_ASKED):
        stays = question.base is BaseRule.ALL and column.choice is None and kind is not MissingKind.NOT_ASKED
        code = kind.value if stays else f".{kind.value}"
        yield Code(code, message(f"shown.missing.{kind.value}"), "yes" if stays else "no")


def _answers(question: Question) -> Iterator[tuple[Cell, Message | None, bool]]:
    """Each code with its label and whether it is an opinion; of a number, its range."""
    match question:
        case SingleItem(choices=choices):
            for choice in choices:
                yield choice.value, said(choice.label), choice.opinion
        case ScaleItem(scale=scale):
            for value in scale.values:
                point = scale.point(value)
                yield value, None if point is None else said(point.label), point is None or point.opinion
        case NumberItem(low=low, high=high):
            yield f"{low}…{high}", message("research.number"), True


def _sum_codes(column: SumColumn) -> Iterator[Code]:
    """From `high` on it is told as a share."""
    *_, newest = column.instruments.values()
    low, high = _range(column, newest.question)
    marked = column.derived.high
    for value in range(low, high + 1):
        counts = "favourable" if marked is not None and value >= marked else "yes"
        yield Code(value, None, counts)
    yield Code(".incomplete", message("research.incomplete"), "no")


def _range(column: SumColumn, question_named: Callable[[str], Question | None]) -> tuple[int, int]:
    low = high = 0
    for name in column.derived.questions:
        question = question_named(name)
        if isinstance(question, ScaleItem):
            low, high = low + min(question.scale.values), high + max(question.scale.values)
        elif isinstance(question, NumberItem):
            low, high = low + int(question.low), high + int(question.high)
    return low, high
