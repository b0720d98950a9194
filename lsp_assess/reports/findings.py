"""Page two: at most five findings, each a sentence, a number with its interval, a verdict and where to
read on. They are chosen from what is shown, and from nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.tables import Cell, Role, Row, SafeTable, Unit
from lsp_assess.disclosure.values import Colour, Estimate, Light, Number, Verdict, VerdictCode, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import HEADLINE_GROUP, Since
from lsp_assess.reports.headings_level_one import ACROSS_EDITIONS, TOTAL, criteria_finding
from lsp_assess.reports.headings_residents import COUNTED
from lsp_assess.reports.model import Finding
from lsp_assess.stories.selection import Standing

MOST = 5
RESIDENTS_FIRST = 2
WEIGHT = {
    VerdictCode.MATERIAL_CHANGE: 3,
    VerdictCode.REAL_MAY_BE_SMALL: 2,
    VerdictCode.NO_MATERIAL_CHANGE: 1,
    VerdictCode.INCONCLUSIVE: 0,
}


@dataclass(frozen=True, slots=True)
class _Change:
    """A headline question of the survey with the change that is shown for it."""

    table: SafeTable
    question: Message
    change: Estimate
    verdict: Verdict

    @property
    def weight(self) -> tuple[int, float]:
        return WEIGHT.get(self.verdict.code, -1), abs(self.change.amount)


def choose(tables: Sequence[SafeTable], since: Since = Since.FIRST) -> tuple[Finding, ...]:
    """The partnership's own score, what residents say, the indicators, the stories; residents fill what
    is left."""
    by_id = {table.id: table for table in tables}
    in_order = tables if since is Since.FIRST else tuple(reversed(tables))
    changes = sorted(_changes(in_order), key=lambda change: change.weight, reverse=True)
    said = [_resident_finding(change) for change in changes]
    found = [
        *_own_score(by_id.get("level_one.criteria"), since),
        *_across_editions(by_id.get("level_one.editions")),
        *said[:RESIDENTS_FIRST],
        *_lights(by_id.get("level_two.outcomes.lights")),
        *_stories(by_id.get("level_three.stories.counts")),
    ]
    return tuple((*found, *said[RESIDENTS_FIRST:])[:MOST])


def _own_score(table: SafeTable | None, since: Since) -> list[Finding]:
    sentence = None if table is None else criteria_finding(table, since)
    if table is None or sentence is None:
        return []
    row = table.row(TOTAL)
    changes = _cells(row, table, Role.CHANGE)
    values = _cells(row, table, Role.VALUE)
    figure = (changes or values)[0 if changes and since is Since.FIRST else -1].value
    number = figure if isinstance(figure, Number) else None
    possible = row.cells[table.column("possible")].value
    counts = message("reports.counts.points", n=possible.amount) if isinstance(possible, Number) else None
    return [Finding(sentence=sentence, figure=number, verdict=None, target=table.id, counts=counts)]


def _across_editions(table: SafeTable | None) -> list[Finding]:
    """Where the edition changed the total has nothing to be compared with; its criteria have."""
    if table is None or table.finding is None or table.finding.code != ACROSS_EDITIONS:
        return []
    return [Finding(sentence=table.finding, figure=None, verdict=None, target=table.id)]


def _changes(tables: Sequence[SafeTable]) -> Iterable[_Change]:
    """Each question in the first of the tables, one an earlier round, that has a change of it."""
    seen: set[str] = set()
    for table in tables:
        if not table.id.startswith("level_two.residents.change."):
            continue
        for row in table.rows:
            found = _change(table, row)
            if found is not None and row.group == HEADLINE_GROUP and row.key not in seen:
                seen.add(row.key)
                yield found


def _change(table: SafeTable, row: Row) -> _Change | None:
    change, verdict = (_cells(row, table, role)[0].value for role in (Role.CHANGE, Role.VERDICT))
    question = row.cells[0].value
    if isinstance(change, Estimate) and isinstance(verdict, Verdict) and isinstance(question, Words):
        return _Change(table, question.message, change, verdict)
    return None


def _resident_finding(change: _Change) -> Finding:
    said, answers = _said(change), _counted(change)
    told = {"question": change.question, "round": change.table.heading.rounds[0].name}
    if answers is not None and said in ("share_up", "share_down"):
        sentence = message(f"reports.finding.{said}_of", answers=answers, **told)
    else:
        sentence = message(f"reports.finding.{said}", **told)
    return Finding(
        sentence=sentence,
        figure=change.change,
        verdict=change.verdict,
        target=change.table.id,
    )


def _counted(change: _Change) -> Message | None:
    """Which answers the share counts, as the notes of its table say."""
    notes = (note for note in change.table.heading.footnotes if note.code == COUNTED)
    answers = next(
        (note.params["answers"] for note in notes if note.params["question"] == change.question), None
    )
    return answers if isinstance(answers, Message) else None


def _said(change: _Change) -> str:
    """Up and down are said only of a change that is real."""
    if change.verdict.code is VerdictCode.NO_MATERIAL_CHANGE:
        return "no_material_change"
    if change.verdict.code not in (VerdictCode.MATERIAL_CHANGE, VerdictCode.REAL_MAY_BE_SMALL):
        return "inconclusive"
    column = next(column for column in change.table.columns if column.role is Role.CHANGE)
    way = "up" if change.change.amount > 0 else "down"
    return f"share_{way}" if column.unit is Unit.POINTS else f"mean_{way}"


def _lights(table: SafeTable | None) -> list[Finding]:
    if table is None or table.finding is None:
        return []
    place = table.column("light")
    lights = [light for row in table.rows if isinstance(light := row.cells[place].value, Light)]
    green = sum(light.colour is Colour.GREEN for light in lights)
    return [
        Finding(
            sentence=table.finding,
            figure=Number(green),
            verdict=None,
            target=table.id,
            counts=message("reports.counts.green", n=len(lights)),
        )
    ]


def _stories(table: SafeTable | None) -> list[Finding]:
    if table is None or table.finding is None:
        return []
    added, gathered = (table.cell(row, "n").value for row in (Standing.VALUE_ADDED.value, "gathered"))
    if not isinstance(added, Number) or not isinstance(gathered, Number):
        return [Finding(sentence=table.finding, figure=None, verdict=None, target=table.id)]
    counts = message("reports.counts.stories", n=gathered.amount)
    return [Finding(sentence=table.finding, figure=added, verdict=None, target=table.id, counts=counts)]


def _cells(row: Row, table: SafeTable, role: Role) -> list[Cell]:
    return [cell for cell, column in zip(row.cells, table.columns, strict=True) if column.role is role]
