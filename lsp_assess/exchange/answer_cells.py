"""What one cell of a survey's file answers: a value, or the typed reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lsp_assess.exchange.cells import read_number, tidy
from lsp_assess.exchange.response_mapping import Asking, BetweenPoints, MappedQuestion, ResponseMapping
from lsp_assess.instruments.answers import UNANSWERED, Answer, Answered, Missing
from lsp_assess.instruments.items import (
    CONSENT_VALUES,
    ConsentItem,
    DateItem,
    LongTextItem,
    MultipleItem,
    NumberItem,
    Question,
    ScaleItem,
    ShortTextItem,
    SingleItem,
)
from lsp_assess.instruments.scales import OFFERED_KINDS, Scale
from lsp_assess.kernel.errors import Invalid, Place, problem


class Treatment(StrEnum):
    """What was done to a cell beside reading it; every one but `read` is reported."""

    READ = "read"
    ROUNDED = "rounded"
    BETWEEN_POINTS = "between_points"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class CellAnswer:
    answer: Answer
    treatment: Treatment = Treatment.READ
    because: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CellReader:
    """Reads the cells of one column as answers to one question in the rounds of one asking."""

    question: Question
    asking: Asking
    codes: Mapping[str, str]
    separator: str | None
    mapping: ResponseMapping

    def read(self, cell: str, place: Place) -> CellAnswer:
        """Raises Invalid where the cell is neither an answer nor declared to be none."""
        written = tidy(cell)
        for unusable in (*self.asking.unusable, *self.mapping.unusable):
            if written in unusable.values:
                return CellAnswer(Missing(unusable.kind), Treatment.UNUSABLE, unusable.because)
        if written in self.mapping.missing and written not in self.codes:
            return CellAnswer(self._missing(written, place))
        if not written:
            raise Invalid(problem("import_empty_undeclared", place))
        match self.question:
            case ScaleItem(scale=scale):
                return self._on_scale(written, scale, place)
            case SingleItem(choices=choices):
                return self._chosen(written, [choice.value for choice in choices], place)
            case ConsentItem():
                return self._chosen(written, list(CONSENT_VALUES), place)
            case MultipleItem():
                return CellAnswer(Answered(self._several(written, self.question, place)))
            case NumberItem():
                return CellAnswer(Answered(_number(written, self.question, place)))
            case DateItem():
                return CellAnswer(Answered(_day(written, place)))
            case ShortTextItem(length=length) | LongTextItem(length=length):
                return CellAnswer(Answered(_text(written, length, place)))

    def _missing(self, written: str, place: Place) -> Missing:
        kind = self.mapping.missing[written]
        if kind in OFFERED_KINDS and kind not in self.question.missing:
            item = self.question.name
            raise Invalid(problem("import_missing_not_offered", place, item=item, kind=kind.value))
        return Missing(kind)

    def _on_scale(self, written: str, scale: Scale, place: Place) -> CellAnswer:
        number = read_number(self.codes.get(written, written), place)
        if number in scale.values:
            return CellAnswer(Answered(int(number)))
        low, high = min(scale.values), max(scale.values)
        if not low < number < high:
            raise Invalid(problem("import_not_a_point", place, value=written, low=low, high=high))
        match self.mapping.between_points:
            case BetweenPoints.ROUND_HALF_UP:
                return CellAnswer(Answered(_half_up(number, scale)), Treatment.ROUNDED)
            case BetweenPoints.MISSING:
                return CellAnswer(UNANSWERED, Treatment.BETWEEN_POINTS)
            case BetweenPoints.REFUSE:
                raise Invalid(problem("import_between_points", place, value=written))

    def _chosen(self, written: str, choices: list[str], place: Place) -> CellAnswer:
        value = self.codes.get(written, written)
        if value not in choices:
            raise Invalid(
                problem("import_not_a_choice", place, value=written[:100], choices=", ".join(choices))
            )
        return CellAnswer(Answered(value))

    def _several(self, written: str, item: MultipleItem, place: Place) -> tuple[str, ...]:
        labels = self.codes or {choice.value: choice.value for choice in item.choices}
        found = split_labels(written, labels, self.separator)
        known = {choice.value: choice for choice in item.choices}
        if found is None or any(value not in known for value in found):
            choices = ", ".join(labels)
            raise Invalid(problem("import_not_a_choice", place, value=written[:100], choices=choices))
        values = tuple(choice.value for choice in item.choices if choice.value in found)
        alone = any(known[value].exclusive for value in values)
        if (alone and len(values) > 1) or (item.maximum is not None and len(values) > item.maximum):
            raise Invalid(problem("import_too_many_choices", place, value=written[:100]))
        return values


def cell_reader(
    question: Question, mapped: MappedQuestion, asking: Asking, all_: ResponseMapping
) -> CellReader:
    return CellReader(question, asking, {**mapped.codes, **asking.codes}, mapped.separator, all_)


def split_labels(written: str, labels: Mapping[str, str], separator: str | None) -> list[str] | None:
    """The values of the labels that stand one after another in `written`, the longest label first, since
    a label may hold the separator. None where something else stands between them."""
    longest_first = sorted(labels, key=len, reverse=True)
    values = []
    rest = written
    while True:
        label = next((label for label in longest_first if _begins(rest, label, separator)), None)
        if label is None:
            return None
        values.append(labels[label])
        rest = rest[len(label) :]
        if not rest:
            return values
        rest = rest[len(separator or "") :].lstrip()


def _begins(rest: str, label: str, separator: str | None) -> bool:
    if not rest.startswith(label):
        return False
    return len(rest) == len(label) or (separator is not None and rest.startswith(separator, len(label)))


def _half_up(number: float, scale: Scale) -> int:
    below = max(value for value in scale.values if value < number)
    above = min(value for value in scale.values if value > number)
    return above if number - below >= above - number else below


def _number(written: str, item: NumberItem, place: Place) -> int | float:
    number = read_number(written, place)
    if not item.low <= number <= item.high:
        raise Invalid(problem("import_value_out_of_range", place, value=number, low=item.low, high=item.high))
    if Decimal(written.replace("−", "-")) % Decimal(1).scaleb(-item.decimals) != 0:
        raise Invalid(problem("import_too_many_decimals", place, value=written, n=item.decimals))
    return number if item.decimals else int(number)


def _day(written: str, place: Place) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Invalid(problem("import_not_a_day", place, value=written[:50])) from error


def _text(written: str, length: int, place: Place) -> str:
    if len(written) > length:
        raise Invalid(problem("import_answer_too_long", place, length=len(written), limit=length))
    return written
