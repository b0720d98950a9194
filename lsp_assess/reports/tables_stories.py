"""Level three: stories with their grades, how many were gathered, and why some were not selected."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.release import StoryText
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    RoundLabel,
    SafeTable,
    Unit,
)
from lsp_assess.disclosure.values import Number, StoryReference, Strip, Words
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column
from lsp_assess.reports.draft import Draft
from lsp_assess.stories.selection import Candidate, Standing, StoryCounts, count_stories, standing

TOLD = (Standing.VALUE_ADDED, Standing.TOLD)


@dataclass(frozen=True, slots=True)
class Story:
    """`text` is what may be told: only of stories whose use is agreed to."""

    candidate: Candidate
    text: StoryText | None


@dataclass(frozen=True, slots=True)
class Stories:
    round: RoundLabel
    stories: tuple[Story, ...]
    source: Message
    threshold: int


def story_tables(stories: Stories) -> Draft:
    if not stories.stories:
        return Draft()
    counts = count_stories([story.candidate for story in stories.stories])
    told = [story for story in stories.stories if standing(story.candidate) in TOLD]
    tables = [_counts(stories, counts)]
    if told:
        tables.append(_grades(stories, told))
    if counts.reasons:
        tables.append(_not_selected(stories, counts))
    return Draft(tables=tuple(tables), findings={tables[0].heading.id: counts_finding})


def _heading(stories: Stories, name: str) -> Heading:
    return Heading(
        id=f"level_three.stories.{name}",
        title=message(f"stories.title.{name}"),
        purpose=Purpose.NONE,
        base=message("stories.base.gathered"),
        source=stories.source,
        rounds=(stories.round,),
        footnotes=(message("stories.note.grades"),) if name == "grades" else (),
    )


def _count_column() -> Column:
    return Column(key="n", kind=Kind.COUNT, heading=message("stories.column.number"), unit=Unit.PLAIN)


def _counts(stories: Stories, counts: StoryCounts) -> RawTable:
    rows = [("gathered", counts.gathered), *((s.value, n) for s, n in counts.by_standing)]
    return RawTable(
        heading=_heading(stories, "counts"),
        columns=(label_column(message("stories.column.standing")), _count_column()),
        rows=tuple(
            RawRow(key=key, cells=(label(message(f"stories.standing.{key}")), RawCell(Number(n))))
            for key, n in rows
        ),
    )


def _not_selected(stories: Stories, counts: StoryCounts) -> RawTable:
    return RawTable(
        heading=_heading(stories, "not_selected"),
        columns=(label_column(message("stories.column.reason")), _count_column()),
        rows=tuple(
            RawRow(key=str(i), cells=(label(given(reason)), RawCell(Number(n))))
            for i, (reason, n) in enumerate(counts.reasons, start=1)
        ),
    )


def _grades(stories: Stories, told: Sequence[Story]) -> RawTable:
    def score(key: str, kind: Kind) -> Column:
        decimals = 1 if kind is Kind.SCORE else 0
        heading = message(f"stories.column.{key}")
        return Column(key=key, kind=kind, heading=heading, unit=Unit.SCORE, decimals=decimals)

    return RawTable(
        heading=_heading(stories, "grades"),
        columns=(
            Column(key="story", kind=Kind.STORY, heading=message("stories.column.story")),
            score("contribution", Kind.SCORE),
            score("contributions", Kind.STRIP),
            score("evidence", Kind.SCORE),
            score("evidences", Kind.STRIP),
            Column(key="raters", kind=Kind.COUNT, heading=message("stories.column.raters"), unit=Unit.PEOPLE),
            Column(key="standing", kind=Kind.TEXT, heading=message("stories.column.standing")),
        ),
        rows=tuple(_grade_row(stories, story) for story in told),
    )


def _grade_row(stories: Stories, story: Story) -> RawRow:
    """Raters vote on one story: fewer than the threshold show no median, no spread and no number."""
    candidate, grades = story.candidate, story.candidate.grades
    figures = (Figure(f"stories/{candidate.story}/grades", SmallGroup(grades.raters, stories.threshold)),)

    def median(value: float | None) -> RawCell:
        return RawCell(None if value is None else Number(value), figures)

    def strip(counts: tuple[int, ...]) -> RawCell:
        return RawCell(Strip(tuple((float(i), n) for i, n in enumerate(counts) if n)), figures)

    return RawRow(
        key=str(candidate.story),
        cells=(
            RawCell(StoryReference(candidate.story)),
            median(grades.contribution),
            strip(grades.contributions),
            median(grades.evidence),
            strip(grades.evidences),
            RawCell(Number(grades.raters), figures),
            RawCell(Words(message(f"stories.standing.{standing(candidate).value}"))),
        ),
    )


def counts_finding(table: SafeTable) -> Message | None:
    numbers = {row.key: cell.value for row in table.rows if isinstance((cell := row.cells[1]).value, Number)}
    added, gathered = numbers.get(Standing.VALUE_ADDED.value), numbers.get("gathered")
    if not isinstance(added, Number) or not isinstance(gathered, Number):
        return None
    return message("stories.finding.counts", added=added.amount, gathered=gathered.amount)
