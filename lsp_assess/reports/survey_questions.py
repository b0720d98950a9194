"""From the questionnaires of the rounds to the questions that a release tells of, and to their columns."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lsp_assess.instruments import Answered, Instrument, derive, in_base
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.instrument import Derived
from lsp_assess.instruments.items import (
    BaseOf,
    GridItem,
    MultipleItem,
    Purpose,
    Question,
    ScaleItem,
    SingleItem,
)
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.askings import Found, RoundInstrument, found_in
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import Asking, Measure, Standing, SurveyQuestion
from lsp_assess.reports.told import Told, told, value_of

Value: TypeAlias = int | float | str | None
HIGH, NOT_HIGH = "high", "not_high"


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """A question and where its answer is found in each round that asked it; `asked` are the questions of
    those rounds, by round. `choice` is one of several, `derived` the sum that stands for an answer."""

    question: SurveyQuestion
    found: Mapping[str, Found]
    asked: Mapping[str, Question]
    choice: str | None = None
    derived: Derived | None = None

    def reader(self, round_key: str, instrument: Instrument) -> Callable[[Answers], Value]:
        """What takes the value from the answers of that round. Of an answer by code that nothing else bears
        on, each value is worked out once."""
        found, asked = self.found.get(round_key), self.asked.get(round_key)
        known: dict[object, Value] = {}

        def read(answers: Answers) -> Value:
            return self.value(round_key, instrument, answers)

        def remembered(answers: Answers) -> Value:
            answer = None if found is None else answers.get(found.name)
            if not isinstance(answer, Answered):
                return read(answers)
            if answer.value not in known:
                known[answer.value] = read(answers)
            return known[answer.value]

        stands_alone = isinstance(asked, ScaleItem | SingleItem) and not isinstance(asked.base, BaseOf)
        return remembered if stands_alone and self.derived is None else read

    def value(self, round_key: str, instrument: Instrument, answers: Answers) -> Value:
        """None outside the question's base."""
        found = self.found.get(round_key)
        if found is None:
            return None
        if self.derived is not None:
            return _sum_value(self.derived, derive(instrument, answers).get(found.name))
        asked = self.asked.get(round_key)
        if asked is None or not in_base(asked, answers):
            return None
        answer = answers.get(found.name)
        if self.choice is not None:
            return _has_choice(found, self.choice, answer)
        value = value_of(answer)
        return _recoded(value, found)


def _sum_value(derived: Derived, total: int | float | None) -> Value:
    if total is None or derived.high is None:
        return total
    return HIGH if total >= derived.high else NOT_HIGH


def _has_choice(found: Found, choice: str, answer: object) -> Value:
    if not isinstance(answer, Answered) or not isinstance(answer.value, tuple):
        return None
    chosen = {found.codes.get(value, value) for value in answer.value}
    return "yes" if choice in chosen else "no"


def _recoded(value: Value, found: Found) -> Value:
    """By the crosswalk; codes are written as texts there, whatever they are in the answers."""
    if value is None or str(value) not in found.codes:
        return value
    code = found.codes[str(value)]
    return int(code) if isinstance(value, int) else code


def survey_columns(
    rounds: Sequence[RoundInstrument], *, headline: Collection[str] = ()
) -> tuple[SurveyColumn, ...]:
    """`rounds` are oldest first, the last one being published; its questionnaire names the questions.
    `headline` are those declared for the round; where there are none, those of the questionnaire."""
    now = rounds[-1]
    columns: list[SurveyColumn] = []
    for question in now.instrument.questions:
        if question.purpose is Purpose.MEASURE and question.name not in now.not_asked:
            columns += _columns(question, rounds, headline)
    columns += [_of_sum(derived, rounds, headline) for derived in now.instrument.derived]
    return tuple(columns)


def _columns(
    question: Question, rounds: Sequence[RoundInstrument], headline: Collection[str]
) -> list[SurveyColumn]:
    title = title_of(question, rounds[-1].instrument)
    standing = _standing(question.name, question.headline, headline)
    found = _found(question.name, rounds)
    asked = _asked(found, rounds)
    base = base_of(question)
    if isinstance(question, MultipleItem):
        return [
            SurveyColumn(
                _question(
                    f"{question.name}={choice.value}",
                    message("residents.choice", question=title, choice=said(choice.label)),
                    Told(Measure.SHARE, favourable=("yes",)),
                    base,
                    standing,
                    found,
                ),
                found,
                asked,
                choice=choice.value,
            )
            for choice in question.choices
        ]
    how = told(question)
    if how is None:
        return []
    return [SurveyColumn(_question(question.name, title, how, base, standing, found), found, asked)]


def _asked(found: Mapping[str, Found], rounds: Sequence[RoundInstrument]) -> dict[str, Question]:
    """Looked up once a round, not once an answer."""
    looked_up = {
        one.round: one.instrument.question(found[one.round].name) for one in rounds if one.round in found
    }
    return {key: question for key, question in looked_up.items() if question is not None}


def _of_sum(derived: Derived, rounds: Sequence[RoundInstrument], headline: Collection[str]) -> SurveyColumn:
    """Comparable where every question of the sum is."""
    found: dict[str, Found] = {}
    for name in derived.questions:
        for round_key, one in _found(name, rounds).items():
            before = found.get(round_key)
            worst = one.asking if before is None else _worse(before.asking, one.asking)
            found[round_key] = Found(
                worst, derived.name, {}, one.mark or (None if before is None else before.mark)
            )
    how = Told(Measure.MEAN) if derived.high is None else Told(Measure.SHARE, favourable=(HIGH,))
    question = _question(
        derived.name,
        said(derived.text),
        how,
        message("residents.base.every_part"),
        _standing(derived.name, derived.headline, headline),
        found,
    )
    return SurveyColumn(question, found, {}, derived=derived)


def _worse(one: Asking, other: Asking) -> Asking:
    order = (Asking.SAME, Asking.MARKED, Asking.NOT_COMPARABLE)
    return max(one, other, key=order.index)


def _found(name: str, rounds: Sequence[RoundInstrument]) -> dict[str, Found]:
    now = rounds[-1]
    here = Found(Asking.SAME, name, {})
    earlier = {one.round: found_in(name, now=now, earlier=one) for one in rounds[:-1]}
    return {**{key: one for key, one in earlier.items() if one is not None}, now.round: here}


def _question(
    key: str, title: Message, how: Told, base: Message, standing: Standing, found: Mapping[str, Found]
) -> SurveyQuestion:
    return SurveyQuestion(
        key=key,
        title=title,
        measure=how.measure,
        base=base,
        asked={round_key: one.asking for round_key, one in found.items()},
        points=how.points,
        favourable=how.favourable,
        unfavourable=how.unfavourable,
        standing=standing,
        marks={round_key: one.mark for round_key, one in found.items() if one.mark is not None},
        span=how.span,
    )


def _standing(name: str, own: bool, declared: Collection[str]) -> Standing:
    chosen = name in declared if declared else own
    return Standing.HEADLINE if chosen else Standing.OTHER


def title_of(question: Question, instrument: Instrument) -> Message:
    """A row of a grid stands under the grid's own words."""
    grid, _, row = question.name.partition(".")
    item = instrument.item(grid)
    if row and isinstance(item, GridItem):
        return message("residents.grid_row", grid=said(item.text), row=said(question.text))
    return said(question.text)


def base_of(question: Question) -> Message:
    if isinstance(question.base, BaseOf):
        return said(question.base.text)
    return message(f"residents.base.{question.base.value}")
