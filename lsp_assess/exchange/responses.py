"""A survey's file: each row becomes a planned response, or the whole file is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lsp_assess.exchange.answer_cells import CellAnswer, CellReader, Treatment, cell_reader
from lsp_assess.exchange.cells import check_visible, tidy
from lsp_assess.exchange.columns import column_positions
from lsp_assess.exchange.faults import Faults
from lsp_assess.exchange.response_mapping import ResponseMapping
from lsp_assess.exchange.response_plans import (
    Account,
    PlannedResponse,
    PlannedRound,
    ResponsePlan,
    RoundWording,
)
from lsp_assess.exchange.sheets import Row, Sheet
from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answer, Answered
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.routing import conditions, route
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import DomainError, Invalid, Place, Problem, problem


def plan_responses(sheet: Sheet, mapping: ResponseMapping, instrument: Instrument) -> ResponsePlan:
    """Raises Invalid with every row that cannot be taken."""
    columns = column_positions(sheet, mapping.columns_used(), mapping.head.ignored)
    readers = _readers(mapping, instrument, sheet.file)
    silent = _silent_columns(readers)
    questions = sum(1 for _ in instrument.questions)
    routed = any(condition for _, condition in conditions(instrument))
    planning = _Planning(sheet.file, mapping, columns, readers, silent, instrument, questions, routed)
    for row in sheet.rows:
        planning.take(row)
    planning.faults.raise_any()
    met = [code for code in mapping.rounds if code in planning.account.rows]
    return ResponsePlan(
        file=sheet.file,
        digest=sheet.digest,
        mapping=mapping,
        instrument=instrument,
        rounds=tuple(_planned_round(code, mapping, instrument) for code in met),
        responses=tuple(planning.responses.values()),
        account=planning.account,
        blank_rows=sheet.blank_rows,
        notes=tuple(planning.notes()),
    )


def _readers(mapping: ResponseMapping, instrument: Instrument, file: str) -> dict[str, list[CellReader]]:
    """For each round the readers of its columns. Raises Invalid for what the questionnaire has not."""
    faults = Faults()
    if (mapping.questionnaire, mapping.version) != (instrument.name, instrument.version):
        wanted = f"{mapping.questionnaire} {mapping.version}"
        found = f"{instrument.name} {instrument.version}"
        faults.add(problem("import_other_questionnaire", Place(file=file), wanted=wanted, found=found))
    questions = {question.name: question for question in instrument.questions}
    readers: dict[str, list[CellReader]] = {code: [] for code in mapping.rounds}
    for mapped in mapping.questions:
        if mapped.item not in questions:
            faults.add(
                problem("import_unknown_item", Place(file=file, question=mapped.item), item=mapped.item)
            )
            continue
        for asking in mapped.askings:
            reader = cell_reader(questions[mapped.item], mapped, asking, mapping)
            for code in asking.rounds:
                readers[code].append(reader)
    faults.raise_any()
    return readers


def _silent_columns(readers: Mapping[str, list[CellReader]]) -> dict[str, set[str]]:
    """For each round the columns that hold answers of other rounds only."""
    columns = {code: {reader.asking.column for reader in of_round} for code, of_round in readers.items()}
    return {code: set().union(*columns.values()) - used for code, used in columns.items()}


def _planned_round(code: str, mapping: ResponseMapping, instrument: Instrument) -> PlannedRound:
    askings = {question.item: question.asking(code) for question in mapping.questions}
    wordings = tuple(
        RoundWording(item, asking.kind, asking.wording, asking.note)
        for item, asking in askings.items()
        if asking is not None
    )
    asked = {wording.item for wording in wordings}
    not_asked = tuple(question.name for question in instrument.questions if question.name not in asked)
    return PlannedRound(mapping.rounds[code], wordings, not_asked)


@dataclass(slots=True)
class _Planning:
    file: str
    mapping: ResponseMapping
    columns: Mapping[str, int]
    readers: Mapping[str, list[CellReader]]
    silent_columns: Mapping[str, set[str]]
    instrument: Instrument
    questions: int
    routed: bool
    responses: dict[tuple[str, str], PlannedResponse] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    faults: Faults = field(default_factory=Faults)
    read_before: dict[tuple[CellReader, str], CellAnswer] = field(default_factory=dict)
    treated: Counter[tuple[str, str, CellAnswer]] = field(default_factory=Counter)

    def take(self, row: Row) -> None:
        try:
            code = self._round(row)
            respondent = self._respondent(row, code)
            area = self._area(row)
        except DomainError as error:
            self.faults.take(error)
            return
        answers = self._answers(row, self.readers[code])
        self._check_elsewhere(row, code)
        response = PlannedResponse(row.number, code, respondent, area, answers)
        self.responses[response.key] = response
        self.account.rows[code] += 1
        self.account.cells += self.questions
        self.account.missing[MissingKind.NOT_ASKED.value] += self.questions - len(answers)

    def _cell(self, row: Row, column: str) -> str:
        return row.cells[self.columns[column]]

    def _place(self, row: Row, column: str, question: str | None = None) -> Place:
        value = self._cell(row, column)[:100]
        return Place(self.file, row.line, row.number, column, question, value)

    def _round(self, row: Row) -> str:
        column = self.mapping.round_column
        code = tidy(self._cell(row, column))
        if code not in self.mapping.rounds:
            choices = ", ".join(self.mapping.rounds)
            raise Invalid(
                problem("import_unknown_round", self._place(row, column), value=code[:50], choices=choices)
            )
        return code

    def _respondent(self, row: Row, code: str) -> str:
        column = self.mapping.respondent_column
        place = self._place(row, column)
        respondent = tidy(self._cell(row, column))
        check_visible(respondent, place)
        if not respondent or len(respondent) > 100:
            raise Invalid(problem("import_respondent_unreadable", place))
        first = self.responses.get((code, respondent))
        if first is not None:
            raise Invalid(problem("import_respondent_twice", place, respondent=respondent, first=first.row))
        return respondent

    def _area(self, row: Row) -> str | None:
        rule = self.mapping.area
        if rule is None:
            return None
        written = tidy(self._cell(row, rule.column))
        if written in rule.codes:
            return rule.codes[written]
        if written not in rule.missing:
            raise Invalid(
                problem("import_area_not_declared", self._place(row, rule.column), area=written[:50])
            )
        self.account.without_area[rule.missing[written]] += 1
        return None

    def _answers(self, row: Row, readers: list[CellReader]) -> dict[str, Answer]:
        """What a question's cell says; an empty cell of a question that routing passed by is *not asked*."""
        found = {reader: read for reader in readers if (read := self._read(row, reader)) is not None}
        answers = {reader.question.name: cell.answer for reader, cell in found.items()}
        for name in self._passed_by(answers):
            answers[name] = NOT_ASKED
        for reader, cell in found.items():
            answer = answers[reader.question.name]
            self._count(reader.asking.column, self._cell(row, reader.asking.column), answer, cell)
        return answers

    def _read(self, row: Row, reader: CellReader) -> CellAnswer | None:
        column = reader.asking.column
        cell = self._cell(row, column)
        found = self.read_before.get((reader, cell))
        if found is None:
            try:
                found = reader.read(cell, self._place(row, column, reader.question.name))
            except DomainError as error:
                self.faults.take(error)
                return None
            self.read_before[reader, cell] = found
        return found

    def _passed_by(self, answers: Mapping[str, Answer]) -> list[str]:
        if not self.routed:
            return []
        asked = set(route(self.instrument, answers))
        return [
            name
            for name, answer in answers.items()
            if answer == UNANSWERED and name.partition(".")[0] not in asked
        ]

    def _count(self, column: str, cell: str, answer: Answer, found: CellAnswer) -> None:
        match answer:
            case Answered():
                self.account.answered += 1
            case missing:
                self.account.missing[missing.kind.value] += 1
        if found.treatment is not Treatment.READ:
            self.treated[column, cell, found] += 1
            self.account.rounded += found.treatment is Treatment.ROUNDED
            self.account.unusable += found.treatment is not Treatment.ROUNDED

    def _check_elsewhere(self, row: Row, code: str) -> None:
        """An answer in a column that feeds nothing in this round would be lost without a word."""
        for column in self.silent_columns[code]:
            if tidy(self._cell(row, column)) not in self.mapping.missing:
                self.faults.add(
                    problem("import_answer_outside_crosswalk", self._place(row, column), round=code)
                )

    def notes(self) -> Iterator[Problem]:
        for (column, cell, found), n in sorted(self.treated.items(), key=lambda one: one[0][:2]):
            place = Place(file=self.file, column=column, value=cell[:100])
            match found:
                case CellAnswer(Answered(int() as taken), Treatment.ROUNDED):
                    yield problem("import_note_rounded", place, value=cell, taken=taken, n=n)
                case CellAnswer(treatment=Treatment.BETWEEN_POINTS):
                    yield problem("import_note_between_points", place, value=cell, n=n)
                case _:
                    yield problem("import_note_unusable", place, value=cell, n=n, because=found.because)
