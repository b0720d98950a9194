"""The columns of a research file: every closed question of a survey, over its rounds.

A cell is the code as the newest round writes it, several choices a column each (1 and 0). What is outside
the base of its question begins with a point: why there is no answer (`.refused`), or an answer that does
not count (`.outside_6`). Where the base holds everybody, a missing answer stands without the point. Empty:
the round did not ask.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lsp_assess.instruments import derive, in_base
from lsp_assess.instruments.answers import Answer, Answered, Answers, Missing
from lsp_assess.instruments.instrument import Derived, Instrument
from lsp_assess.instruments.items import (
    BaseOf,
    Choice,
    MultipleItem,
    NumberItem,
    Question,
    ScaleItem,
    SingleItem,
)
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.askings import Found, RoundInstrument, found_in
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import Asking
from lsp_assess.reports.survey_questions import title_of

Cell: TypeAlias = str | int | float
Submission: TypeAlias = Mapping[str, Mapping[str, Any]]
Reader: TypeAlias = Callable[[Submission], Cell]

CLOSED = SingleItem | MultipleItem | ScaleItem | NumberItem
CHOSEN, NOT_CHOSEN = 1, 0


@dataclass(frozen=True, slots=True)
class Column:
    """`name` heads the column, `question` is as the newest round asks it. `found` and `asked` tell, by
    round, under which name and how."""

    name: str
    title: Message
    question: Question
    found: Mapping[str, Found]
    asked: Mapping[str, Question]
    choice: Choice | None = None

    def reader(self, round_key: str) -> Reader:
        """What takes the cell from a submission of that round."""
        found, asked = self.found.get(round_key), self.asked.get(round_key)
        if found is None or asked is None:
            return _not_asked

        def read(submission: Submission) -> Cell:
            return self._cell(found, asked, StoredAnswers(submission))

        stands_alone = isinstance(asked, ScaleItem | SingleItem) and not isinstance(asked.base, BaseOf)
        return _remembering(found.name, read) if stands_alone else read

    def _cell(self, found: Found, asked: Question, answers: Answers) -> Cell:
        answer = answers.get(found.name, Missing(MissingKind.NOT_ASKED))
        counts = in_base(asked, answers)
        if isinstance(answer, Missing):
            return answer.kind.value if counts and self.choice is None else f".{answer.kind.value}"
        code = self._code(found, answer)
        return code if counts else f".outside_{code}"

    def _code(self, found: Found, answer: Answered) -> Cell:
        if self.choice is None:
            return _recoded(answer.value, found)
        chosen = answer.value if isinstance(answer.value, tuple) else ()
        if found.codes:
            chosen = tuple(str(_recoded(value, found)) for value in chosen)
        return CHOSEN if self.choice.value in chosen else NOT_CHOSEN


@dataclass(frozen=True, slots=True)
class SumColumn:
    """The sum of several answers; `.incomplete` where one is missing."""

    name: str
    derived: Derived
    instruments: Mapping[str, Instrument]

    def reader(self, round_key: str) -> Reader:
        instrument = self.instruments.get(round_key)
        if instrument is None:
            return _not_asked

        def read(submission: Submission) -> Cell:
            total = derive(instrument, StoredAnswers(submission))[self.derived.name]
            return ".incomplete" if total is None else total

        return read


@dataclass(frozen=True, slots=True)
class StoredAnswers(Mapping[str, Answer]):
    """As they were stored, which was checked when they were taken in; dates stay text."""

    submission: Submission

    def __getitem__(self, name: str) -> Answer:
        entry = self.submission[name]
        if "missing" in entry:
            return Missing(MissingKind(entry["missing"]))
        value = entry["value"]
        return Answered(tuple(value) if isinstance(value, list) else value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.submission)

    def __len__(self) -> int:
        return len(self.submission)


def research_columns(rounds: Sequence[RoundInstrument]) -> tuple[Column | SumColumn, ...]:
    """`rounds` are oldest first; the last one names the columns."""
    now = rounds[-1].instrument
    columns: list[Column | SumColumn] = []
    for question in now.questions:
        if isinstance(question, CLOSED):
            columns += _columns(question, rounds)
    for derived in now.derived:
        having = {
            one.round: one.instrument
            for one in rounds
            if any(other.name == derived.name for other in one.instrument.derived)
        }
        columns.append(SumColumn(derived.name, derived, having))
    return tuple(columns)


def _not_asked(_: Submission) -> Cell:
    return ""


def _remembering(name: str, read: Reader) -> Reader:
    """For a cell that follows from one code alone: the codes of a question are few, its answers are not."""
    known: dict[object, Cell] = {}

    def remembered(submission: Submission) -> Cell:
        try:
            return known[submission[name]["value"]]
        except KeyError:
            cell = read(submission)
        if name in submission and "value" in submission[name]:
            known[submission[name]["value"]] = cell
        return cell

    return remembered


def _columns(question: Question, rounds: Sequence[RoundInstrument]) -> list[Column]:
    now = rounds[-1]
    title = title_of(question, now.instrument)
    found = {one.round: how for one in rounds[:-1] if (how := found_in(question.name, now=now, earlier=one))}
    if question.name not in now.not_asked:
        found[now.round] = Found(Asking.SAME, question.name, {})
    asked = {
        one.round: there
        for one in rounds
        if one.round in found and (there := one.instrument.question(found[one.round].name)) is not None
    }
    if isinstance(question, MultipleItem):
        return [
            Column(
                f"{question.name}.{choice.value}",
                message("residents.choice", question=title, choice=said(choice.label)),
                question,
                found,
                asked,
                choice,
            )
            for choice in question.choices
        ]
    return [Column(question.name, title, question, found, asked)]


def _recoded(value: object, found: Found) -> Cell:
    """By the crosswalk, whose codes are texts whatever they are in the answers."""
    assert isinstance(value, str | int | float)  # noqa: S101  a closed question has no other
    if not found.codes:
        return value
    code = found.codes.get(str(value))
    if code is None:
        return value
    return int(code) if isinstance(value, int) else code
