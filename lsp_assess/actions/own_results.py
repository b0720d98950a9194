"""One's own answers beside the spread: the answers are the author's to see, the spread is that of the release
and of nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from lsp_assess.actions.answering import Sheet
from lsp_assess.actions.work import Work
from lsp_assess.assessment.scores import person_scores
from lsp_assess.database import release_listing
from lsp_assess.database.release_listing import Listed
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import Cell, Row, SafeTable
from lsp_assess.instruments import Answered, Instrument, answers_from_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.spoken import said


@dataclass(frozen=True, slots=True)
class OwnLine:
    """`own` is the answer in words, `score` where it lies from 0 to 100 (None without a score)."""

    row: Row
    own: Message
    score: float | None


@dataclass(frozen=True, slots=True)
class OwnTable:
    """`round` is the key of the round in which the person answered."""

    table: SafeTable
    round: str
    lines: tuple[OwnLine, ...]

    def cell(self, line: OwnLine, key: str) -> Cell | None:
        """The cell of a round's column; None where the table has no such column."""
        name = f"{key}:{self.round}"
        return next(
            (
                cell
                for cell, column in zip(line.row.cells, self.table.columns, strict=True)
                if column.key == name
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class OwnResults:
    """`release` is None until the round is published."""

    release: Listed | None
    tables: tuple[OwnTable, ...]


def own_results(work: Work, sheet: Sheet) -> OwnResults:
    """Empty where the person sent no answers."""
    release = _release_of(work, sheet.collection.round_id)
    if release is None or sheet.response is None or sheet.response.submission is None:
        return OwnResults(release, ())
    started = sheet.response.started_at.date()
    answers = answers_from_json(sheet.whole, sheet.response.submission, today=started).answers
    own = dict(_own(sheet.whole, answers))
    document = release_listing.document(work.session, release)
    tables = (
        OwnTable(table, str(sheet.collection.round_id), tuple(_lines(table, own)))
        for table in _tables(document, sheet.whole)
    )
    return OwnResults(release, tuple(table for table in tables if table.lines))


def _release_of(work: Work, round_id: UUID) -> Listed | None:
    releases = release_listing.listed(work.session)
    return next((one for one in releases if one.round_id == round_id and one.is_current), None)


def _tables(document: ReleaseDocument, instrument: Instrument) -> Iterator[SafeTable]:
    for table in document.tables:
        if table.id.startswith(_beginning(instrument)):
            yield table


def _beginning(instrument: Instrument) -> str:
    if instrument.scoring is not None:
        return "level_one.scores."
    return "level_one.wheel" if instrument.wheel is not None else f"level_three.{instrument.name}."


def _lines(table: SafeTable, own: dict[str, tuple[Message, float | None]]) -> Iterator[OwnLine]:
    for row in table.rows:
        if row.key in own:
            yield OwnLine(row, *own[row.key])


def _own(instrument: Instrument, answers: Answers) -> Iterator[tuple[str, tuple[Message, float | None]]]:
    """By item: the answer in words, and its place from 0 to 100."""
    if instrument.scoring is not None:
        for item, score in person_scores(instrument, answers).items():
            yield item, _score(score)
        return
    for question in instrument.questions:
        answer = answers.get(question.name)
        if isinstance(question, ScaleItem) and isinstance(answer, Answered) and isinstance(answer.value, int):
            yield question.name, _point(question, answer.value)


def _score(score: Fraction | MissingKind) -> tuple[Message, float | None]:
    if isinstance(score, MissingKind):
        return message(f"shown.missing.{score.value}"), None
    return message("own_results.score", score=float(score)), float(score)


def _point(question: ScaleItem, value: int) -> tuple[Message, float]:
    values = question.scale.values
    place = 100 * (value - min(values)) / (max(values) - min(values))
    point = question.scale.point(value)
    words = message("own_results.score", score=value) if point is None else said(point.label)
    return words, place
