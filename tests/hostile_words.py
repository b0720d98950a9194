"""Markup in whatever people write: planted in every text of a partnership, made from the models, and looked
for in pages. A new column that holds words is planted too; one that holds a code is named in `CODES`."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import Column, Connection, Text, and_, create_engine, select, text, update
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database import instruments
from lsp_assess.database.base import Base
from lsp_assess.disclosure.encoding import digest
from tests.browser.site import Site
from tests.integration.matrix.planting import WALLED

TRIES = (
    "javascript:alert('{}')//",
    """"'><script>alert(1)</script><img src=x onerror=alert(2)>""",
    """" autofocus onfocus=alert(3) x=\"""",
    "<svg onload=alert(4)><math><mtext><table><mglyph><style><!--</style>",
    """<img title="--&gt;&lt;img src=x onerror=alert(5)&gt;">""",
    "</textarea></title></style></script><script>alert(6)</script>",
    "{{{{7*7}}}}${{7*7}}<%= 7*7 %>",
    "&lt;b&gt;{}",
)
"""At once, and each complete by itself; the first only acts where it stands first."""
SPACE = re.compile(r"\s+")
WHOLE = re.compile(
    re.escape(SPACE.sub("", "".join(TRIES).format("MARK", "MARK"))).replace("MARK", "zq[0-9]+q")
)
MARK = re.compile("zq([0-9]+)q")
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster", "background"}


def words(number: int) -> str:
    return "".join(TRIES).format(f"zq{number}q", f"zq{number}q")


@dataclass
class Page(HTMLParser):
    """What of the planted words came to the surface, and whether any of it was taken for markup."""

    faults: list[str] = field(default_factory=list)
    marks: set[int] = field(default_factory=set)
    whole: re.Pattern[str] = WHOLE
    _lines: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._never(tag)
        if tag == "svg":  # a drawing breaks what it says into lines
            self._lines = []
        for name, value in attrs:
            self._never(name)
            if name.startswith("on") or name == "srcdoc":
                self.faults.append(f"{tag} {name}={value}")
            is_address = name in ADDRESSES
            if is_address and (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"{tag} {name}={value}")
            self._verbatim(unquote_plus(value or "") if is_address else value or "")

    def handle_endtag(self, tag: str) -> None:
        self._never(tag)
        if tag == "svg" and self._lines is not None:
            self._verbatim("".join(self._lines))
            self._lines = None

    def handle_data(self, data: str) -> None:
        if self._lines is not None:
            self._lines.append(data)
        else:
            (self._never if self.cdata_elem else self._verbatim)(data)

    def handle_comment(self, data: str) -> None:
        self._never(data)

    def handle_decl(self, decl: str) -> None:
        self._never(decl)

    def _never(self, data: str) -> None:
        if MARK.search(data):
            self.faults.append(f"taken for markup: {data[:200]}")

    def _verbatim(self, data: str) -> None:
        self.marks |= {int(number) for number in MARK.findall(data)}
        left = self.whole.sub("", SPACE.sub("", data))
        if MARK.search(left):
            self.faults.append(f"not as it was written: {left[:400]}")


def read(html: str, *said: str) -> Page:
    """`said`: other words than those that are planted."""
    page = Page(
        whole=re.compile("|".join(re.escape(SPACE.sub("", each)) for each in said)) if said else WHOLE
    )
    page.feed(html)
    page.close()
    return page


# Texts that nobody writes in words of their own: codes, hashes, addresses within the database.
CODES = frozenset(
    [
        "main.partnership.slug",
        "main.partnership.time_zone",
        "main.partnership.accent",
        "contacts.held_file.kind",
        "contacts.mail.to_address",
        "contacts.mail.error",
        "main.instrument.content_hash",
        "main.instrument.structure_hash",
        "main.instrument.kind",
        "main.organisation.sector",
        "main.objective_link.target_kind",
        "main.collection.status",
        "operations.audit_event.event",
        "operations.audit_event.object_kind",
        "operations.audit_event.object_id",
        "operations.audit_seal.hash",
        "operations.receipt.body_hash",
        "operations.import_run.kind",
        "operations.import_run.file_hash",
        "publications.report_job.language",
        "publications.report_job.file_hash",
        "publications.report_job.status",
        "publications.report_job.step",
        "publications.report_job.error",
        "publications.publication.status",
        "publications.publication.step",
        "publications.publication.error",
        "publications.release.content_hash",
        "publications.released_text.content_hash",
        "main.action.status",
        "main.action.light",
        "main.challenge.part",
        "main.evidence.parts",
        "main.evidence.media_type",
        "answers.rescoring.part",
        "answers.rescoring.shown",
        "answers.frozen_spread.parts",
        "main.finding.criterion",
        "answers.ballot.votes",
        "main.action.part",
        "main.action_event.status",
        "main.action_event.light",
        "main.collection.instrument_hash",
        "main.indicator.polarity",
        "main.indicator.tolerance_kind",
        "main.collection_event.event",
        "main.collection_event.before",
        "main.collection_event.after",
        "main.measurement.missing",
        "main.sample_member.outcome",
        "main.visit.outcome",
        "main.weight.stage",
        "answers.response.instrument_hash",
        "answers.response.language",
        "answers.consent.kind",
        "answers.story.decision",
        "answers.story_link.target_kind",
        "answers.story_link.relation",
        "contacts.invitation.token_hash",
        "access.passkey.device_type",
        "access.passkey.extensions",
        "access.passkey.usage",
    ]
)
CONDITIONS = {"show_if", "of"}
PASSKEY = Base.metadata.tables["access.passkey"]
TABLES = [Base.metadata.tables["main.partnership"], *WALLED, PASSKEY]


def columns() -> list[Column[Any]]:
    """Every one that may hold words; its place in the list is the number of its mark."""
    return [
        column
        for table in TABLES
        for column in table.columns
        if type(column.type) in (Text, JSONB) and f"{table.fullname}.{column.name}" not in CODES
    ]


def plant(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Words in every row that the full partnership has; the columns, in the order of their marks."""
    monkeypatch.setattr(instruments, "_parsed", {})
    owner, planted = create_engine(site.database.migrator), columns()
    with owner.begin() as connection:
        for number, column in enumerate(planted):
            (_in_json if isinstance(column.type, JSONB) else _in_text)(connection, column, words(number))
    owner.dispose()
    return [f"{column.table.fullname}.{column.name}" for column in planted]


def _in_text(connection: Connection, column: Column[Any], said: str) -> None:
    connection.execute(
        text(f"UPDATE {column.table.fullname} SET {column.name} = :said || ' ' || md5(random()::text)"),
        {"said": said},
    )


def _in_json(connection: Connection, column: Column[Any], said: str) -> None:
    table = column.table
    keys = list(table.primary_key)
    for *key, held in connection.execute(select(*keys, column)).all():
        this = and_(*(one == value for one, value in zip(keys, key, strict=True)))
        values = {column.name: _spoken(held, said)}
        if table.name == "release":
            values = {column.name: _signed(values[column.name])}
            values["content_hash"] = values[column.name]["sha256"]
        connection.execute(update(table).where(this).values(values))


def _spoken(value: Any, said: str, key: str = "") -> Any:
    """Codes have no spaces; what has one is somebody's."""
    if isinstance(value, dict):
        return {name: _spoken(each, said, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_spoken(each, said, key) for each in value]
    return f"{said} {value}" if isinstance(value, str) and " " in value and key not in CONDITIONS else value


def _signed(document: dict[str, Any]) -> dict[str, Any]:
    """As if it had been published so."""
    hashes = {table["heading"]["id"]: digest(table) for table in document["tables"]}
    listed = [{"id": name, "sha256": sha256} for name, sha256 in hashes.items()]
    whole = digest({"metadata": document["metadata"], "tables": listed})
    return {**document, "table_hashes": hashes, "sha256": whole}
