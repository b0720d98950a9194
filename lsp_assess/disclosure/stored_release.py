"""A release as it is stored, and read again with every hash verified."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lsp_assess.disclosure.decoding import Stored, message_of, optional_message, table_of
from lsp_assess.disclosure.encoding import canonical, digest, encode, encode_tagged
from lsp_assess.disclosure.gate import RestrictedValue
from lsp_assess.disclosure.release import (
    InstrumentStated,
    ReleaseDocument,
    RoundStated,
    Setting,
    StoryStated,
    StoryText,
    metadata_json,
    table_hash,
    table_json,
)
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.partnerships.releases import ReleaseNumber


def write_release(document: ReleaseDocument) -> str:
    """Canonical JSON with the hash of every table and over all."""
    return canonical(
        {
            "metadata": metadata_json(document),
            "tables": [table_json(table) for table in document.tables],
            "table_hashes": {table.id: table_hash(table) for table in document.tables},
            "sha256": document.sha256,
        }
    )


def read_release(stored: Stored) -> ReleaseDocument:
    """Raises Invalid (release_altered) where a table or the whole does not fit its hash."""
    meta = stored["metadata"]
    for table in stored["tables"]:
        name = table["heading"]["id"]
        if digest(table) != stored["table_hashes"].get(name):
            raise Invalid(problem("release_altered", part=name))
    document = ReleaseDocument(
        partnership_key=meta["partnership_key"],
        partnership=message_of(meta["partnership"]),
        rounds=tuple(RoundStated(r["key"], message_of(r["name"]), r["ordinal"]) for r in meta["rounds"]),
        number=ReleaseNumber(meta["number"]["round"], meta["number"]["issue"]),
        published=date.fromisoformat(meta["published"]),
        instruments=tuple(_instrument(i) for i in meta.get("instruments", ())),
        settings=tuple(
            Setting(message_of(s["name"]), message_of(s["choice"])) for s in meta.get("settings", ())
        ),
        caveats=tuple(message_of(caveat) for caveat in meta.get("caveats", ())),
        tables=tuple(table_of(table) for table in stored["tables"]),
        stories=tuple(StoryStated(UUID(s["story"]), s["sha256"]) for s in meta.get("stories", ())),
        reason=optional_message(meta.get("reason")),
        mark=optional_message(meta.get("mark")),
    )
    if document.sha256 != stored["sha256"]:
        raise Invalid(problem("release_altered", part="release"))
    return document


def write_story(story: StoryText) -> str:
    return canonical(encode(story))


def read_story(stored: Stored) -> StoryText:
    return StoryText(
        story=UUID(stored["story"]),
        standing=stored["standing"],
        title=message_of(stored["title"]),
        byline=message_of(stored["byline"]),
        grades=message_of(stored["grades"]),
        parts=tuple((message_of(head), message_of(text)) for head, text in stored.get("parts", ())),
        quote=optional_message(stored.get("quote")),
    )


def write_restricted(values: Sequence[RestrictedValue]) -> str:
    """Full precision, for the restricted store."""
    return canonical(
        [
            {
                "table": value.table,
                "row": value.row,
                "column": value.column,
                "value": encode_tagged(value.value),
                "figures": [{"key": f.key, "rule": encode_tagged(f.rule)} for f in value.figures],
            }
            for value in values
        ]
    )


def _instrument(stored: Stored) -> InstrumentStated:
    return InstrumentStated(
        stored["round"],
        message_of(stored["name"]),
        stored["key"],
        stored["version"],
        stored["content_hash"],
    )
