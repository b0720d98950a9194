"""What a report is made of, before anybody draws it. Everything said is a Message; everything counted
comes in a SafeTable."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Estimate, Number, Verdict
from lsp_assess.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Message


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One of the five on page two: a sentence, a number with its interval, a verdict, where to read on
    (`target` is the anchor of a table or a section). `counts` says what the number counts, where no column
    does."""

    sentence: Message
    figure: Estimate | Number | None
    verdict: Verdict | None
    target: str
    counts: Message | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    items: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its chart (`table.heading.purpose` names it; `none` is a table alone). The anchor is
    the table's id. `finding` heads a table that has none of its own."""

    table: SafeTable
    finding: Message | None = None


class StoryStanding(StrEnum):
    VALUE_ADDED = "value_added"
    TOLD = "told"
    NOT_SELECTED = "not_selected"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBlock:
    """A story as its teller agreed to have it used. `parts` are headings with what was written below."""

    story: UUID
    title: Message
    byline: Message
    standing: StoryStanding
    parts: tuple[tuple[Message, Message], ...]
    grades: Message | None
    quote: Message | None = None


@dataclass(frozen=True, slots=True)
class StoryGone:
    """Where a story stood until its teller took back the consent."""

    story: UUID


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why a section has nothing to show, in a line."""

    reason: Message


@dataclass(frozen=True, slots=True)
class Subheading:
    text: Message


Block: TypeAlias = Paragraph | Bullets | Findings | TableBlock | StoryBlock | StoryGone | Nothing | Subheading


class SectionKey(StrEnum):
    """The sections of `domain.md` §8 in their order."""

    WHAT_CHANGED = "what_changed"
    LAST_ACTIONS = "last_actions"
    RESPONSE = "response"
    LEVEL_ONE = "level_one"
    LEVEL_TWO = "level_two"
    LEVEL_THREE = "level_three"
    LINE = "line"
    CHALLENGE = "challenge"
    METHOD = "method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`name` stands in the running header and the contents; `finding` heads the section when there is
    one. The anchor is the key."""

    key: SectionKey
    name: Message
    finding: Message | None
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[SafeTable, ...]:
        return tuple(block.table for block in self.blocks if isinstance(block, TableBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """`mark` is "demonstration data" where true; it stands on every page."""

    title: Message
    partnership: Message
    rounds: tuple[Message, ...]
    published: tuple[date, ...]
    mark: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`release_hashes` are those of the releases that it was made from, last round last; the footer shows
    the first eight signs of the last."""

    cover: Cover
    sections: tuple[Section, ...]
    release_hashes: tuple[str, ...]
    cite: Message

    def section(self, key: SectionKey) -> Section:
        return next(section for section in self.sections if section.key is key)

    @property
    def tables(self) -> tuple[SafeTable, ...]:
        return tuple(table for section in self.sections for table in section.tables)
