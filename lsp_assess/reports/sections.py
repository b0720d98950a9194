"""The nine sections, in their order; one without data says why in a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.disclosure.release import ReleaseDocument, StoryText
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import HEADLINE_GROUP
from lsp_assess.reports.findings import choose
from lsp_assess.reports.headings_level_one import OF_FRAMEWORKS
from lsp_assess.reports.headings_line import links_finding
from lsp_assess.reports.method import OF_RESIDENTS, method_blocks
from lsp_assess.reports.model import (
    Block,
    Findings,
    Nothing,
    Paragraph,
    Section,
    SectionKey,
    StoryBlock,
    StoryGone,
    StoryStanding,
    Subheading,
    TableBlock,
)
from lsp_assess.reports.table_blocks import table_blocks
from lsp_assess.reports.tables_actions import all_actions_finding
from lsp_assess.reports.tables_challenge import all_challenges_finding

LAST_ACTIONS, CHALLENGE = "last_actions.", "challenge."


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`tables` are those of the last release, narrowed to the rounds of the report."""

    releases: tuple[ReleaseDocument, ...]
    tables: tuple[SafeTable, ...]
    stories: Mapping[UUID, StoryText]

    @property
    def last(self) -> ReleaseDocument:
        return self.releases[-1]

    def under(self, prefix: str) -> tuple[SafeTable, ...]:
        return tuple(table for table in self.tables if table.id.startswith(prefix))

    def earlier_actions(self) -> tuple[SafeTable, ...]:
        now = self.last.round.key
        return tuple(t for t in self.under(LAST_ACTIONS) if t.id != f"{LAST_ACTIONS}{now}")


def sections(material: Material) -> tuple[Section, ...]:
    return (
        _what_changed(material),
        _last_actions(material),
        _plain(material, SectionKey.RESPONSE, "response."),
        _level_one(material),
        _level_two(material),
        _level_three(material),
        _line(material),
        _challenge(material),
        _section(SectionKey.METHOD, None, method_blocks(material.releases, material.under(OF_RESIDENTS))),
    )


def _section(key: SectionKey, finding: Message | None, blocks: Sequence[Block]) -> Section:
    return Section(
        key=key,
        name=message(f"reports.section.{key.value}"),
        finding=finding,
        blocks=tuple(blocks) or (_nothing(key),),
    )


def _nothing(key: SectionKey) -> Nothing:
    return Nothing(message(f"reports.nothing.{key.value}"))


def _what_changed(material: Material) -> Section:
    found = choose(material.tables)
    blocks: list[Block] = [Findings(found)] if found else [_nothing(SectionKey.WHAT_CHANGED)]
    blocks.append(Paragraph(message("reports.how_sure")))
    blocks.append(Subheading(message("reports.section.last_actions")))
    told = [
        message("reports.of_actions", actions=table.heading.title, finding=table.finding)
        for table in material.earlier_actions()
        if table.finding is not None
    ]
    blocks += [Paragraph(finding) for finding in told] or [_nothing(SectionKey.LAST_ACTIONS)]
    return _section(SectionKey.WHAT_CHANGED, None, blocks)


def _last_actions(material: Material) -> Section:
    earlier = material.earlier_actions()
    blocks: list[Block] = [TableBlock(table) for table in earlier] or [_nothing(SectionKey.LAST_ACTIONS)]
    before = [one for one in material.last.rounds if one.key != material.last.round.key][-1:]
    if earlier and before and f"{LAST_ACTIONS}{before[0].key}" not in {table.id for table in earlier}:
        blocks.append(Nothing(message("reports.nothing.actions_after", round=before[0].name)))
    return _section(SectionKey.LAST_ACTIONS, all_actions_finding(earlier), blocks)


def _plain(material: Material, key: SectionKey, prefix: str) -> Section:
    tables = material.under(prefix)
    return _section(key, _first_finding(tables), [TableBlock(table) for table in tables])


def _challenge(material: Material) -> Section:
    """A meeting at which nothing was asked is said as loudly as what was."""
    tables = material.under(CHALLENGE)
    blocks: list[Block] = [TableBlock(table) for table in tables]
    finding = all_challenges_finding(tables)
    if finding is None:
        blocks.append(_nothing(SectionKey.CHALLENGE))
    return _section(SectionKey.CHALLENGE, finding, blocks)


def _line(material: Material) -> Section:
    """Directions run from each round to the next: with a round left out there are none."""
    skipped = any(table.id.startswith("line.") for table in material.last.tables)
    if skipped and not material.under("line."):
        return _section(SectionKey.LINE, None, [Nothing(message("reports.nothing.line_of_rounds"))])
    agreements = {table.id.rpartition(".")[2]: table for table in material.under("line.agreement.")}
    finding = links_finding(tuple(agreements.values()))
    blocks = [
        _strand(table, agreements.get(table.id.rpartition(".")[2]))
        for table in material.under("line.directions.")
    ]
    return _section(SectionKey.LINE, finding, blocks)


def _strand(table: SafeTable, agreement: SafeTable | None) -> Block:
    """The sum of the agreements heads the directions; the table of all pairs is in the downloads."""
    return TableBlock(table, None if agreement is None else agreement.finding)


def _first_finding(tables: Sequence[SafeTable]) -> Message | None:
    return next((table.finding for table in tables if table.finding is not None), None)


def _level_one(material: Material) -> Section:
    key = SectionKey.LEVEL_ONE
    tables = material.under("level_one.")
    if not tables:
        return _section(key, None, [])
    first = ("level_one.criteria", "level_one.editions", "level_one.wheel")
    meeting = ("level_one.agreed", "level_one.evidence", "level_one.ranked", "level_one.said")
    blocks = table_blocks([t for t in tables if t.id.startswith(first)])
    blocks += table_blocks([t for t in tables if not t.id.startswith((*first, *meeting, OF_FRAMEWORKS))])
    blocks.append(Subheading(message("reports.subheading.consensus")))
    agreed = (*material.under("level_one.agreed"), *material.under("level_one.evidence"))
    blocks += table_blocks(agreed) or [Nothing(message("reports.nothing.consensus"))]
    blocks.append(Subheading(message("reports.subheading.strengths")))
    said = (*material.under("level_one.ranked"), *material.under("level_one.said"))
    blocks += table_blocks(said) or [Nothing(message("reports.nothing.strengths"))]
    if material.under(OF_FRAMEWORKS):
        blocks.append(Paragraph(message("reports.frameworks_in_downloads")))
    return _section(key, _first_finding(tables), blocks)


def _level_two(material: Material) -> Section:
    outcomes, made = material.under("level_two.outcomes."), material.under(OF_RESIDENTS)
    residents = [table for table in material.under("level_two.residents.") if table not in made]
    if not outcomes and not residents:
        return _section(SectionKey.LEVEL_TWO, None, [])
    blocks: list[Block] = [Subheading(message("reports.subheading.outcomes"))]
    blocks += table_blocks(outcomes) or [Nothing(message("reports.nothing.outcomes"))]
    blocks.append(Subheading(message("reports.subheading.residents")))
    spare = _spare(residents)
    shown = [table for table in residents if table.id not in spare]
    blocks += table_blocks(shown) or [Nothing(message("reports.nothing.residents"))]
    if len(shown) < len(residents):
        blocks.append(Paragraph(message("reports.more_in_downloads", n=len(residents) - len(shown))))
    changes = material.under("level_two.residents.change.")
    return _section(SectionKey.LEVEL_TWO, _first_finding((*changes, *outcomes)), blocks)


def _spare(residents: Sequence[SafeTable]) -> set[str]:
    """What is explored against the earliest round is printed, against the others in the downloads; so are
    the distributions of questions that are no headlines."""
    explored = [table.id for table in residents if table.id.startswith("level_two.residents.explored.")]
    first = {kind: found for found in reversed(explored) for kind in [found.rpartition(".")[0]]}
    answers = [
        table.id
        for table in residents
        if table.id.startswith("level_two.residents.answers.")
        and all(row.group != HEADLINE_GROUP for row in table.rows)
    ]
    return {*answers, *(found for found in explored if found not in first.values())}


def _level_three(material: Material) -> Section:
    tables = material.under("level_three.")
    counts = [table for table in tables if not table.id.endswith(".not_selected")]
    blocks = [*table_blocks(counts), *_stories(material)]
    blocks += table_blocks([table for table in tables if table.id.endswith(".not_selected")])
    return _section(SectionKey.LEVEL_THREE, _first_finding(tables), blocks)


def _stories(material: Material) -> list[Block]:
    blocks: list[Block] = []
    grades = next(iter(material.under("level_three.stories.grades")), None)
    for stated in material.last.stories:
        text = material.stories.get(stated.story)
        blocks.append(StoryGone(stated.story) if text is None else _story(text, grades))
    return blocks


def _graded(story: UUID, grades: SafeTable | None) -> Message | None:
    """The medians of its raters, where they may be shown."""
    row = None if grades is None else next((r for r in grades.rows if r.key == str(story)), None)
    if grades is None or row is None:
        return None
    found = {key: row.cells[grades.column(key)].value for key in ("contribution", "evidence", "raters")}
    told = {key: value.amount for key, value in found.items() if isinstance(value, Number)}
    if len(told) < len(found):
        return None
    return message("reports.story_grades", n=told["raters"], **told)


def _story(text: StoryText, grades: SafeTable | None) -> StoryBlock:
    return StoryBlock(
        story=text.story,
        title=text.title,
        byline=text.byline,
        standing=StoryStanding(text.standing),
        parts=text.parts,
        grades=_graded(text.story, grades),
        quote=text.quote,
    )
