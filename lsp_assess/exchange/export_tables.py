"""A safe table laid out as plain columns: an estimate takes one for each thing that is known of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import Cell, Column, SafeTable, State, Unit
from lsp_assess.disclosure.values import (
    Bound,
    Colour,
    Estimate,
    Light,
    Moment,
    Number,
    StoryReference,
    Strip,
    Verdict,
    Words,
)
from lsp_assess.exchange.neutral import neutral
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.charts import words
from lsp_assess.reports.charts.words import Say

Exported = str | int | float | date | None
Reader = Callable[[Estimate], Exported]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Texts are neutralised. `notes` are pairs of what a line is and what it says."""

    id: str
    header: tuple[str, ...]
    rows: tuple[tuple[Exported, ...], ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from: how to cite the release, and the hash that it can be checked by."""

    cite: Message
    sha256: str
    published: date
    mark: Message | None

    @classmethod
    def of(cls, release: ReleaseDocument, cite: Message) -> "Origin":
        return cls(cite, release.sha256, release.published, release.mark)


def export_table(table: SafeTable, origin: Origin, say: Say) -> ExportTable:
    groups = any(row.group for row in table.rows)
    rounds = {label.key: say(label.name) for label in table.heading.rounds}
    of_rounds = any(row.round for row in table.rows)
    layouts = [_layout(table, position, say) for position in range(len(table.columns))]
    header = [say(message("export.group"))] if groups else []
    header += [say(message("export.round"))] if of_rounds else []
    header += [heading for layout in layouts for heading in layout.headings]
    rows = []
    for row in table.rows:
        cells: list[Exported] = [neutral(row.group or "")] if groups else []
        cells += [neutral(rounds.get(row.round or "", row.round or ""))] if of_rounds else []
        for layout, cell in zip(layouts, row.cells, strict=True):
            cells.extend(layout.read(cell))
        rows.append(tuple(cells))
    notes = tuple((neutral(what), neutral(text)) for what, text in _notes(table, origin, say))
    return ExportTable(table.id, tuple(neutral(heading) for heading in header), tuple(rows), notes)


@dataclass(frozen=True, slots=True)
class _Layout:
    """`beside` are the columns after the first: what is known of an estimate beside its amount."""

    headings: tuple[str, ...]
    beside: tuple[Reader, ...]
    say: Say

    def read(self, cell: Cell) -> Iterator[Exported]:
        first = _first(cell, self.say)
        yield neutral(first) if isinstance(first, str) else first
        for reader in self.beside:
            known = None if (estimate := _estimate(cell)) is None else reader(estimate)
            yield neutral(known) if isinstance(known, str) else known


def _layout(table: SafeTable, position: int, say: Say) -> _Layout:
    column = table.columns[position]
    estimates = [found for row in table.rows if (found := _estimate(row.cells[position])) is not None]
    heading = _heading(column, say)
    headings, beside = [heading], []
    for code, reader in _beside(say):
        if any(reader(value) is not None for value in estimates):
            headings.append(say(message(code, heading=heading)))
            beside.append(reader)
    return _Layout(tuple(headings), tuple(beside), say)


def _estimate(cell: Cell) -> Estimate | None:
    """A plain number is one of which nothing is known but the doubts."""
    match cell.value:
        case Estimate() as estimate:
            return estimate
        case Number(amount=amount, cautions=cautions):
            return Estimate(amount, cautions=cautions)
    return None


def _beside(say: Say) -> tuple[tuple[str, Reader], ...]:
    return (
        ("export.low", lambda value: value.low),
        ("export.high", lambda value: value.high),
        ("export.standard_error", lambda value: value.standard_error),
        ("export.n", lambda value: value.n),
        ("export.effective_n", lambda value: value.effective_n),
        ("export.df", lambda value: value.df),
        ("export.method", lambda value: _method(value, say)),
        ("export.cautions", lambda value: _cautions(value, say)),
    )


def _method(value: Estimate, say: Say) -> str | None:
    return None if value.method is None else say(message(f"estimation.method.{value.method.value}"))


def _cautions(value: Estimate, say: Say) -> str | None:
    said = [say(message(f"shown.caution.{caution.value}")) for caution in value.cautions]
    return " ".join(said) or None


def _heading(column: Column, say: Say) -> str:
    heading = say(column.heading)
    if column.unit in (Unit.NONE, Unit.PLAIN):
        return heading
    return say(message("export.heading", heading=heading, unit=message(f"shown.unit.{column.unit.value}")))


def _first(cell: Cell, say: Say) -> Exported:
    absent = words.absence(cell)
    if absent is not None:
        return None if cell.state is State.NOT_AVAILABLE else say(absent)
    match cell.value:
        case Number(amount=amount, bound=Bound.BELOW):
            return say(message("shown.below", x=amount))
        case Number(amount=amount) | Estimate(amount=amount):
            return amount
        case Words(message=said):
            return say(said)
        case Moment(on=day):
            return day
        case Light() as light:
            return say(_light(light))
        case Verdict() as verdict:
            return say(words.verdict(verdict))
        case Strip(points=points):
            return ", ".join(say(message("shown.people_at", score=score, n=n)) for score, n in points)
        case StoryReference(story=story):
            return str(story)
        case None:
            return None


def _light(light: Light) -> Message:
    if light.colour is not Colour.CANNOT_TELL or len(light.spans) < 2:
        return message(f"shown.light.{light.colour.value}")
    first, last = (message(f"shown.light.{light.spans[end].value}") for end in (0, -1))
    return message("shown.light.spans", first=first, last=last)


def _notes(table: SafeTable, origin: Origin, say: Say) -> Iterator[tuple[str, str]]:
    heading = table.heading
    yield say(message("export.title")), say(heading.title)
    if table.finding is not None:
        yield say(message("export.finding")), say(table.finding)
    yield say(message("export.base")), say(heading.base)
    yield say(message("export.source")), say(heading.source)
    for note in heading.footnotes:
        yield say(message("export.note")), say(note)
    for sign in ("withheld", "empty"):
        yield say(message("export.signs")), say(message(f"shown.sign.{sign}"))
    if origin.mark is not None:
        yield say(message("export.mark")), say(origin.mark)
    yield say(message("export.cite")), say(origin.cite)
    yield say(message("export.hash")), origin.sha256
