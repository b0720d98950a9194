"""A release as it is stored, and read again with every hash verified."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lsp_assess.disclosure.decoding import Stored, message_of, optional_message, table_of
from lsp_assess.disclosure.decoding_figures import figure_of, rate_of, relation_of
from lsp_assess.disclosure.encoding import Json, canonical, digest, encode, encode_tagged
from lsp_assess.disclosure.gate import RestrictedValue
from lsp_assess.disclosure.published import Place, Published
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
from lsp_assess.disclosure.rules import Figure
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


def write_restricted(values: Sequence[RestrictedValue], published: Published) -> str:
    """Full precision, and what the audit of a later release needs of this one, for the restricted store."""
    return canonical(
        {
            "values": [
                {
                    "table": value.table,
                    "row": value.row,
                    "column": value.column,
                    "value": encode_tagged(value.value),
                    "figures": [_figure_json(figure) for figure in value.figures],
                }
                for value in values
            ],
            "relations": encode(published.relations),
            "rates": encode(published.rates),
            "unshown": [_figure_json(figure) for figure in published.unshown],
        }
    )


def _figure_json(figure: Figure) -> Json:
    return {"key": figure.key, "rule": encode_tagged(figure.rule)}


def read_published(document: ReleaseDocument, restricted: Stored) -> Published:
    """What an attacker has of a stored release, with what only the restricted store knows."""
    return Published(
        release=str(document.number),
        tables=document.tables,
        figures={
            Place(value["table"], value["row"], value["column"]): tuple(map(figure_of, value["figures"]))
            for value in restricted["values"]
        },
        relations=tuple(map(relation_of, restricted.get("relations", ()))),
        rates=tuple(map(rate_of, restricted.get("rates", ()))),
        unshown=tuple(map(figure_of, restricted.get("unshown", ()))),
    )


def _instrument(stored: Stored) -> InstrumentStated:
    return InstrumentStated(
        stored["round"],
        message_of(stored["name"]),
        stored["key"],
        stored["version"],
        stored["content_hash"],
    )
