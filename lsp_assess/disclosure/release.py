"""A release: what one round is published as, immutable, with a hash for each part and one over all.

Stories stand in it by reference and by the hash of their text; the texts are kept apart. When a teller
takes the consent back, the text goes and the reference stays as its tombstone: every hash still verifies.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from lsp_assess.disclosure.encoding import Json, digest, encode, encode_tagged
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.kernel.messages import Message
from lsp_assess.partnerships.releases import ReleaseNumber


@dataclass(frozen=True, slots=True)
class RoundStated:
    """`key` is the round's id as text; `ordinal` counts the partnership's rounds from 1."""

    key: str
    name: Message
    ordinal: int


@dataclass(frozen=True, slots=True)
class InstrumentStated:
    """`round` is the key of the round in which it was used."""

    round: str
    name: Message
    key: str
    version: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What was chosen for the calculation, in words."""

    name: Message
    choice: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """`standing` is value_added, told or not_selected; parts are (code of the heading, text)."""

    story: UUID
    standing: str
    title: Message
    byline: Message
    grades: Message
    parts: tuple[tuple[Message, Message], ...]
    quote: Message | None = None


@dataclass(frozen=True, slots=True)
class StoryStated:
    story: UUID
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReleaseDocument:
    """`rounds` are the round published and every earlier published one that it is compared with, oldest
    first. `mark` is "demonstration data" where true. `reason` says why a correction was issued."""

    partnership_key: str
    partnership: Message
    rounds: tuple[RoundStated, ...]
    number: ReleaseNumber
    published: date
    instruments: tuple[InstrumentStated, ...]
    settings: tuple[Setting, ...]
    caveats: tuple[Message, ...]
    tables: tuple[SafeTable, ...]
    stories: tuple[StoryStated, ...]
    reason: Message | None = None
    mark: Message | None = None

    @property
    def round(self) -> RoundStated:
        return self.rounds[-1]

    @cached_property
    def sha256(self) -> str:
        return digest(_summary(self))

    def table(self, table_id: str) -> SafeTable | None:
        return next((table for table in self.tables if table.id == table_id), None)


def table_hash(table: SafeTable) -> str:
    return digest(table_json(table))


def story_hash(story: StoryText) -> str:
    return digest(encode(story))


def stated(story: StoryText) -> StoryStated:
    return StoryStated(story.story, story_hash(story))


def check_story(story: StoryText, document: ReleaseDocument) -> None:
    """Raises Invalid (release_altered) where the text is not the one that was released."""
    if stated(story) not in document.stories:
        raise Invalid(problem("release_altered", part=str(story.story)))


def metadata_json(document: ReleaseDocument) -> dict[str, Json]:
    encoded: dict[str, Json] = {
        "partnership_key": document.partnership_key,
        "partnership": encode(document.partnership),
        "rounds": encode(document.rounds),
        "number": encode(document.number),
        "published": encode(document.published),
        "instruments": encode(document.instruments),
        "settings": encode(document.settings),
        "caveats": encode(document.caveats),
        "stories": encode(document.stories),
    }
    if document.reason is not None:
        encoded["reason"] = encode(document.reason)
    if document.mark is not None:
        encoded["mark"] = encode(document.mark)
    return encoded


def _summary(document: ReleaseDocument) -> Json:
    hashes: list[Json] = [{"id": table.id, "sha256": table_hash(table)} for table in document.tables]
    return {"metadata": metadata_json(document), "tables": hashes}


def table_json(table: SafeTable) -> Json:
    return {
        "heading": encode(table.heading),
        "finding": None if table.finding is None else encode(table.finding),
        "columns": encode(table.columns),
        "rows": [
            {
                **_mapping(encode(row), without="cells"),
                "cells": [
                    {
                        **_mapping(encode(cell), without="value"),
                        **({} if cell.value is None else {"value": encode_tagged(cell.value)}),
                    }
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
    }


def _mapping(encoded: Json, *, without: str) -> dict[str, Json]:
    assert isinstance(encoded, dict)  # noqa: S101 (encode makes objects of dataclasses)
    return {key: value for key, value in encoded.items() if key != without}
