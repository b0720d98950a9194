"""What expressions may say: earlier questions, codes that exist, values of the right kind. Routing that
only looks back cannot loop; where it looks forward, a loop is told from a mere forward reference."""

from typing import TypeAlias

from lsp_assess.instruments.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Expression,
    IsAnswered,
    Listing,
    Literal,
    Name,
    Not,
    Operator,
    names_in,
)
from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.items import (
    AnyItem,
    BaseOf,
    DateItem,
    MultipleItem,
    NoteItem,
    NumberItem,
    Question,
    ScaleItem,
    questions_of,
)
from lsp_assess.instruments.reading.measures import codes_of
from lsp_assess.instruments.reading.report import Report

Values: TypeAlias = tuple[int | float | str, ...]

_ORDERINGS = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})
_MEMBERSHIP = frozenset({Operator.IN, Operator.NOT_IN})


def check_conditions(instrument: Instrument, report: Report) -> None:
    _Checker(instrument, report).check()


class _Checker:
    def __init__(self, instrument: Instrument, report: Report) -> None:
        self._instrument = instrument
        self._report = report
        self._questions: dict[str, Question] = {}
        self._position: dict[str, int] = {}
        self._owner: dict[str, AnyItem] = {}
        self._decided_by: dict[str, frozenset[str]] = {}
        for place, item in enumerate(instrument.items):
            for question in questions_of(item):
                self._questions.setdefault(question.name, question)
                self._position.setdefault(question.name, place)
                self._owner.setdefault(question.name, item)

    def check(self) -> None:
        place = 0
        for section in self._instrument.sections:
            for item in section.items:
                self._decided_by[item.name] = self._named(section.show_if) | self._named(item.show_if)
        for section in self._instrument.sections:
            self._check_section(section, place)
            for item in section.items:
                self._check_item(item, place)
                place += 1

    def _check_section(self, section: Section, place: int) -> None:
        if section.show_if is not None:
            line = self._report.line(f"section {section.name}", "show_if")
            inside = {item.name for item in section.items}
            self._check(section.show_if, line, None, place, inside)

    def _check_item(self, item: AnyItem, place: int) -> None:
        if item.show_if is not None:
            line = self._report.line(item.name, "show_if")
            self._check(item.show_if, line, item.name, place, {item.name})
        if not isinstance(item, NoteItem) and isinstance(item.base, BaseOf):
            self._check(item.base.of, self._report.line(item.name, "base"), item.name, None, set())

    def _check(
        self, condition: Expression, line: int, owner: str | None, place: int | None, routed: set[str]
    ) -> None:
        for name in dict.fromkeys(names_in(condition)):
            if name not in self._questions:
                self._report.add("Q402", line, owner, name=name)
            elif place is not None and self._position[name] >= place:
                code = "Q404" if self._leads_to(self._owner[name].name, routed) else "Q403"
                self._report.add(code, line, owner, name=name)
        for comparison in _comparisons(condition):
            self._check_comparison(comparison, line, owner)

    def _leads_to(self, start: str, targets: set[str]) -> bool:
        """Whether what decides on asking `start` depends on one of the targets."""
        waiting, seen = [start], set[str]()
        while waiting:
            name = waiting.pop()
            if name in targets:
                return True
            if name not in seen:
                seen.add(name)
                waiting.extend(self._decided_by[name])
        return False

    def _named(self, condition: Expression | None) -> frozenset[str]:
        """The items that a condition names."""
        names = names_in(condition) if condition is not None else ()
        return frozenset(self._owner[name].name for name in names if name in self._owner)

    def _check_comparison(self, comparison: Comparison, line: int, owner: str | None) -> None:
        match comparison:
            case Comparison(operator, Literal(value), Name(name)) if operator in _MEMBERSHIP:
                self._check_member(name, (value,), line, owner, multiple=True)
            case Comparison(operator, Name(name), Listing(values)) if operator in _MEMBERSHIP:
                self._check_member(name, values, line, owner, multiple=False)
            case Comparison(operator) if operator in _MEMBERSHIP:
                self._report.add("Q405", line, owner, name=operator.value)
            case _:
                self._check_plain(comparison, line, owner)

    def _check_member(
        self,
        name: str,
        values: Values,
        line: int,
        owner: str | None,
        *,
        multiple: bool,
    ) -> None:
        question = self._questions.get(name)
        if question is not None and isinstance(question, MultipleItem) is not multiple:
            self._report.add("Q405", line, owner, name=name)
        else:
            self._check_values(name, values, line, owner)

    def _check_plain(self, comparison: Comparison, line: int, owner: str | None) -> None:
        sides = (comparison.left, comparison.right)
        name = next((side.name for side in sides if isinstance(side, Name)), None)
        literal = next((side.value for side in sides if isinstance(side, Literal)), None)
        if name is None or literal is None:
            self._report.add("Q405", line, owner, name=name or comparison.operator.value)
            return
        question = self._questions.get(name)
        ordered = isinstance(question, ScaleItem | NumberItem | DateItem)
        unordered = comparison.operator in _ORDERINGS and not ordered
        if question is not None and (unordered or isinstance(question, MultipleItem)):
            self._report.add("Q405", line, owner, name=name)
            return
        exact = comparison.operator not in _ORDERINGS
        self._check_values(name, (literal,), line, owner, exact=exact)

    def _check_values(
        self,
        name: str,
        values: Values,
        line: int,
        owner: str | None,
        *,
        exact: bool = True,
    ) -> None:
        question = self._questions.get(name)
        if question is None:
            return
        codes = codes_of(question)
        numeric = isinstance(question, ScaleItem | NumberItem)
        for value in values:
            if isinstance(value, str) is numeric:
                self._report.add("Q405", line, owner, name=name)
            elif exact and codes is not None and str(value) not in codes:
                self._report.add("Q406", line, owner, name=name, value=str(value)[:60])


def _comparisons(condition: Expression) -> tuple[Comparison, ...]:
    match condition:
        case Comparison():
            return (condition,)
        case IsAnswered():
            return ()
        case Not(of=of):
            return _comparisons(of)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(each for part in parts for each in _comparisons(part))
