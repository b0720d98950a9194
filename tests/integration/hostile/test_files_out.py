"""Every file that the site gives out, found by asking for every address: no cell of it begins a formula
(trust B6), and a browser takes it away instead of opening it (trust B8)."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lsp_assess.database import release_listing
from lsp_assess.database.models.publications import Release
from lsp_assess.disclosure.encoding import digest
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.partnerships.roles import Role
from tests.browser.test_every_page import address, permitted
from tests.forms_found import Forms
from tests.integration.hostile.conftest import Place
from tests.trust_run import Figure

MARK, ANY_HASH = "cmd|calc", "0" * 64
SIGNS = "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫"
BEFORE = ("", " ", "\u00a0", "\ufeff", "\u200b", "\u3000", "  \t")
INERT = {"application/json", "text/css", "text/plain"}
"""Never taken for a page, since nothing is guessed of it; the style has a colour that was checked."""
# Words of people that stand in files; those of a release stand in the release itself.
WORDS = ("main.partnership.name", "main.area.name", "main.indicator.title", "main.indicator.unit")
NUMBER = re.compile(r"[-−]?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")


def begins_a_formula(cell: str) -> bool:
    if NUMBER.fullmatch(cell):
        return False
    seen = unicodedata.normalize("NFKC", cell.lstrip(" \u00a0\u3000\ufeff\u200b")[:1])
    return cell.startswith(("\t", "\r", "\n", "\x00")) or seen.startswith(("=", "+", "-", "@"))


def planted(words: Iterator[str], value: Any) -> Any:
    """The document with a formula before everything that came from outside."""
    if isinstance(value, dict):
        if value.get("code") == "given" and isinstance(value.get("params"), dict):
            return {**value, "params": {k: f"{next(words)}{v}" for k, v in value["params"].items()}}
        return {key: planted(words, each) for key, each in value.items()}
    return [planted(words, each) for each in value] if isinstance(value, list) else value


def formulas() -> Iterator[str]:
    while True:
        yield from (f"{before}{sign}{MARK}!A1 " for before in BEFORE for sign in SIGNS)


def plant(place: Place) -> None:
    words = formulas()
    owner = create_engine(place.site.database.migrator)
    with Session(owner) as session:
        for name in WORDS:
            table, _, column = name.rpartition(".")
            session.execute(text(f"UPDATE {table} SET {column} = :f || {column}"), {"f": next(words)})
        for id_, document in session.execute(select(Release.id, Release.document)).all():
            signed = signed_again(planted(words, document))
            session.execute(
                update(Release).where(Release.id == id_).values(document=signed, content_hash=ANY_HASH)
            )
        session.commit()
    owner.dispose()


def signed_again(document: dict[str, Any]) -> dict[str, Any]:
    """As if it had been published so; the hash over all is not looked at here."""
    hashes = {table["heading"]["id"]: digest(table) for table in document["tables"]}
    return {**document, "table_hashes": hashes, "sha256": ANY_HASH}


@pytest.fixture
def hostile(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(ReleaseDocument, "sha256", ANY_HASH)
    monkeypatch.setattr(release_listing, "_parsed", {})
    plant(place)
    return place


def files(place: Place) -> Iterator[tuple[str, TestResponse]]:
    forms, seen = Forms(place.site, place.engine), set()
    for role in (*Role, None):
        client = forms.client(role.value if role else "nobody")
        for rule in permitted(place.site.app, place.site.full, role):
            path = address(place.site, place.site.full, rule)
            if path is None or path in seen:
                continue
            seen.add(path)
            answer = client.get(path)
            if answer.mimetype != "text/html" and answer.status_code == 200:
                yield rule.endpoint, answer


def cells_of_csv(data: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [cell for row in rows for cell in row]


def tables_in(answer: TestResponse) -> list[bytes]:
    if answer.mimetype != "application/zip":
        return []
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        return [parts.read(name) for name in parts.namelist() if name.endswith(".csv")]


def cells_of(answer: TestResponse) -> list[str]:
    if answer.mimetype == "text/csv":
        return cells_of_csv(answer.data)
    if answer.mimetype == "application/zip":
        return [cell for data in tables_in(answer) for cell in cells_of_csv(data)]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name), name
            assert "external" not in name.lower(), name
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return [cell for sheet in sheets for row in sheet for cell in row if isinstance(cell, str)]


def test_no_cell_of_any_file_begins_a_formula(hostile: Place, figure: Figure) -> None:
    # trust B6
    tables = {
        endpoint: cells_of(answer)
        for endpoint, answer in files(hostile)
        if "sheet" in kind(answer) or "csv" in kind(answer) or tables_in(answer)
    }
    bad = {endpoint: [cell for cell in cells if begins_a_formula(cell)] for endpoint, cells in tables.items()}
    held = {endpoint: sum(MARK in cell for cell in cells) for endpoint, cells in tables.items()}
    cells, runs = sum(map(len, tables.values())), sum(map(len, bad.values()))
    figure(f"{cells} cells of {len(tables)} kinds of file, {sum(held.values())} planted: run {runs}")
    assert {endpoint: cells for endpoint, cells in bad.items() if cells} == {}
    assert len(tables) >= 4
    assert [endpoint for endpoint, n in held.items() if n == 0] == [], "nothing was planted in it"


def kind(answer: TestResponse) -> str:
    return answer.mimetype or ""


def test_every_file_is_taken_away_under_a_plain_name_and_nothing_is_guessed_of_it(hostile: Place) -> None:
    # trust B8
    found = dict(files(hostile))
    assert len(found) > 6
    for endpoint, answer in found.items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        if answer.mimetype not in INERT or endpoint == "coordination.questionnaire_file":
            disposition = answer.headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[A-Za-z0-9][A-Za-z0-9._-]*"', disposition), endpoint
