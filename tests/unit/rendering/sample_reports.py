"""A small report with every kind of block."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lsp_assess.disclosure.tables import Purpose, SafeTable
from lsp_assess.disclosure.values import Estimate, Verdict, VerdictCode
from lsp_assess.kernel.messages import given
from lsp_assess.reports.model import (
    Block,
    Bullets,
    Cover,
    Finding,
    Findings,
    Nothing,
    Paragraph,
    Report,
    Section,
    SectionKey,
    StoryBlock,
    StoryGone,
    StoryStanding,
    Subheading,
    TableBlock,
)
from tests.unit.rendering import sample_tables as sample

STORY = UUID("00000000-0000-4000-8000-000000000001")
GONE = UUID("00000000-0000-4000-8000-000000000002")
HASHES = ("ab" * 32, "c0ffee12" * 8)


def finding(sentence: str) -> Finding:
    change = Estimate(9.1, 4.0, 14.2)
    return Finding(
        sentence=given(sentence),
        figure=change,
        verdict=Verdict(VerdictCode.MATERIAL_CHANGE),
        target="sample.change",
    )


def story() -> StoryBlock:
    return StoryBlock(
        story=STORY,
        title=given("The allotment behind the library"),
        byline=given("A volunteer"),
        standing=StoryStanding.VALUE_ADDED,
        parts=((given("Before"), given("Nobody met.")), (given("What changed"), given("Forty people meet."))),
        grades=given("Contribution 3, evidence 2"),
        quote=given("Nobody had asked us before."),
    )


def section(key: SectionKey, *blocks: Block, finding: str | None = None) -> Section:
    said = None if finding is None else given(finding)
    return Section(key=key, name=given(f"Section {key.value}"), finding=said, blocks=blocks)


def report(
    *,
    tables: Sequence[SafeTable] | None = None,
    sentence: str = "More residents feel safe after dark",
    partnership: str = "Northern Borough Partnership",
    mark: str | None = "Demonstration data",
) -> Report:
    if tables is None:
        tables = (sample.change(), sample.areas(), sample.all_withheld(Purpose.SCORES))
    return Report(
        cover=Cover(
            title=given("Comparative report"),
            partnership=given(partnership),
            rounds=(given("Round of 2024"), given("Round of 2025")),
            published=(date(2025, 3, 1), date(2026, 3, 14)),
            mark=None if mark is None else given(mark),
        ),
        sections=(
            section(
                SectionKey.WHAT_CHANGED,
                Findings(tuple(finding(f"{sentence} ({i})") for i in range(5))),
                Subheading(given("The last actions")),
                Paragraph(given("Five of nine are done.")),
            ),
            section(SectionKey.LAST_ACTIONS, Nothing(given("No actions were agreed."))),
            section(SectionKey.RESPONSE, Paragraph(given("Two thirds answered."))),
            section(SectionKey.LEVEL_ONE, Nothing(given("No driver was asked."))),
            section(SectionKey.LEVEL_TWO, *map(TableBlock, tables), finding="Safety rose"),
            section(SectionKey.LEVEL_THREE, story(), StoryGone(GONE)),
            section(SectionKey.LINE, Nothing(given("Too few rounds."))),
            section(SectionKey.CHALLENGE, Nothing(given("None was asked."))),
            section(SectionKey.METHOD, Subheading(given("Weights")), Bullets((given("Raked."),))),
        ),
        release_hashes=HASHES,
        cite=given("Cite it so."),
    )
