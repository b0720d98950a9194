"""A release as its pages show it: sections with their findings, tables by group, links to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.findings import ShownFinding, show_finding
from lsp_assess.rendering.wording import say
from lsp_assess.reports.columns import Since
from lsp_assess.reports.findings import choose
from lsp_assess.reports.model import SectionKey

GROUPS = (
    "level_one.scores",
    "level_one.attributes",
    "level_one.matched",
    "level_one.unmatched",
    "level_one.framework",
    "level_two.outcomes.lights",
    "level_two.outcomes.series",
    "level_two.residents.change",
    "level_two.residents.explored",
    "level_two.residents.answers",
    "level_two.residents.areas",
    "level_two.residents.groups",
    "level_two.residents.made",
    "level_three.stories",
)
"""Tables that begin so stand under a heading of their own; the rest follow their section's."""

WITH_TABLES = (
    SectionKey.LAST_ACTIONS,
    SectionKey.RESPONSE,
    SectionKey.LEVEL_ONE,
    SectionKey.LEVEL_TWO,
    SectionKey.LEVEL_THREE,
    SectionKey.LINE,
    SectionKey.CHALLENGE,
)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A table as a link: its finding, or its title where it has none; `title` stands below a finding."""

    id: str
    text: str
    title: str
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class ShownGroup:
    heading: str
    links: tuple[ShownLink, ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """`nothing` says why there are no tables."""

    key: str
    name: str
    finding: str
    groups: tuple[ShownGroup, ...]
    nothing: str


def shown_sections(document: ReleaseDocument, language: str) -> tuple[ShownSection, ...]:
    def spoken(each: Message) -> str:
        return say(each, language)

    return tuple(_section(key, document, spoken) for key in WITH_TABLES)


def _section(key: SectionKey, document: ReleaseDocument, say: Callable[[Message], str]) -> ShownSection:
    tables = [table for table in document.tables if table.id.startswith(f"{key.value}.")]
    finding = next((table.finding for table in tables if table.finding is not None), None)
    return ShownSection(
        key=key.value,
        name=say(message(f"reports.section.{key.value}")),
        finding="" if finding is None else say(finding),
        groups=tuple(_groups(tables, say)),
        nothing="" if tables else say(message(f"reports.nothing.{key.value}")),
    )


def _groups(tables: Sequence[SafeTable], say: Callable[[Message], str]) -> Iterator[ShownGroup]:
    ordered = sorted(tables, key=lambda table: GROUPS.index(group) if (group := _group(table)) else -1)
    for prefix, found in groupby(ordered, key=_group):
        heading = say(message(f"results.group.{prefix}")) if prefix else ""
        yield ShownGroup(heading, tuple(shown_link(table, say) for table in found))


def _group(table: SafeTable) -> str:
    return next((prefix for prefix in GROUPS if table.id.startswith(prefix)), "")


def shown_link(table: SafeTable, say: Callable[[Message], str]) -> ShownLink:
    title = say(table.heading.title)
    text = title if table.finding is None or table.is_all_withheld else say(table.finding)
    return ShownLink(table.id, text, "" if text == title else title, table.is_all_withheld)


def shown_findings(
    document: ReleaseDocument, language: str, *, since: Since = Since.FIRST
) -> tuple[ShownFinding, ...]:
    """As on page two of the report, or compared with the round before."""
    chosen = choose(document.tables, since)
    return tuple(show_finding(found, document.table(found.target), language) for found in chosen)
