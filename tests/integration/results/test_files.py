"""One release, one set of numbers: on the page, as CSV, as a workbook (trust C7)."""

import csv
import io
import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.publications import Release
from lsp_assess.database.releases import document_of, standing_releases
from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering.report import render_report
from tests.printed_numbers import compared
from tests.trust_run import Figure
from tests.world import World

Amounts = list[float]


def stored(world: World) -> dict[str, list[Amounts]]:
    """Of each table of the second release, the amounts of each row as they are stored, in their order."""
    with world.session() as session:
        document = session.execute(select(Release.document).where(Release.number == 2)).scalar_one()
    return {
        table["heading"]["id"]: [[*amounts(row)] for row in table["rows"]] for table in document["tables"]
    }


def amounts(row: dict[str, Any]) -> Amounts:
    values = [value for cell in row["cells"] for value in (cell.get("value") or {}).values()]
    return [float(value["amount"]) for value in values if "amount" in value]


def test_page_csv_and_workbook_say_what_the_release_says(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    home = f"/p/{world.slug}/results/2"
    tables = stored(world)
    assert sum(len(row) for rows in tables.values() for row in rows) > 100
    book = CalamineWorkbook.from_filelike(io.BytesIO(evaluator.get(f"{home}/tables.xlsx").data))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:]]
    for (table, rows), sheet in zip(tables.items(), sheets, strict=True):
        text = evaluator.get(f"{home}/csv/{table}").data.decode("utf-8-sig")
        read = list(csv.reader(io.StringIO(text)))[1 : 1 + len(rows)]
        assert [numbers(row) for row in read] == rows, table
        assert [[x for x in row if isinstance(x, float)] for row in sheet[1 : 1 + len(rows)]] == rows, table
        shown = on_page(evaluator.get(f"{home}/tables/{table}").text)
        assert len(shown) == len(rows)
        for said, row in zip(shown, rows, strict=True):
            assert [x for x, _ in said] == [
                rounded(x, places) for x, (_, places) in zip(row, said, strict=True)
            ]


@pytest.mark.long  # the demonstration's is looked at in every run
def test_the_report_that_is_printed_says_what_the_releases_say(
    world: World, rounds: tuple[UUID, UUID], releases: list[UUID], figure: Figure
) -> None:  # trust C7
    with world.session() as session:
        both = report_of_rounds(session, rounds)
        first = report_of_rounds(session, rounds[:1])
        (released,) = (document_of(row).tables for row in standing_releases(session) if row.number == 2)
    rows = {table.id: table.rows for table in released}
    assert all(table.rows == rows[table.id] for table in both.tables)
    pdf = render_report(both)
    number, faults = compared(both, pdf)
    assert faults == []
    figure(f"{number} numbers printed in the tables of a report: not in the release 0")
    _, of_another = compared(first, pdf)
    assert len(of_another) > 100, "numbers of another release would be noticed"


def numbers(cells: list[str]) -> Amounts:
    return [float(cell) for cell in cells if re.fullmatch(r"-?\d+(\.\d+)?", cell)]


def on_page(page: str) -> list[list[tuple[float, int]]]:
    """Of each row the numbers shown, with their decimals."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
        cells = [cell.split("<span")[0] for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        told = [unescape(cell).replace("−", "-").replace("\u202f", "").lstrip("+").strip() for cell in cells]
        figures = [each for each in told if re.fullmatch(r"-?\d+(\.\d+)?", each)]
        found.append([(float(each), len(each.partition(".")[2])) for each in figures])
    return found


def rounded(amount: float, places: int) -> float:
    """Half up, away from zero."""
    return float(f"{amount + (1e-9 if amount >= 0 else -1e-9):.{places}f}")


def test_every_role_that_may_gets_the_same_file_and_it_is_written_down(
    world: World, releases: list[UUID], evaluator: FlaskClient, browser_of: Any
) -> None:
    path = f"/p/{world.slug}/results/2/csv/level_one.criteria"
    files = {browser_of(world.accounts[r]).get(path).data for r in (Role.SCRUTINY, Role.COORDINATOR)}
    assert files == {evaluator.get(path).data}
    with world.session() as session:
        events = select(func.count()).where(AuditEvent.event == "release_exported")
        assert session.execute(events).scalar_one() == 3


def test_a_drawing_stands_alone_and_fetches_nothing(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    sent = evaluator.get(f"/p/{world.slug}/results/2/svg/level_one.criteria")
    assert sent.mimetype == "image/svg+xml"
    assert sent.text.startswith("<svg")
    assert "<title" in sent.text
    assert not re.search(r"<script|<image|href=|style=|url\(http", sent.text)
    assert evaluator.get(f"/p/{world.slug}/results/2/svg/level_one.sectors").status_code == 404


def test_files_say_where_they_come_from(world: World, releases: list[UUID], evaluator: FlaskClient) -> None:
    text = evaluator.get(f"/p/{world.slug}/results/2/csv/level_one.criteria").data.decode("utf-8-sig")
    with world.session() as session:
        found = session.execute(select(Release.content_hash).where(Release.number == 2)).scalar_one()
    assert found in text
    assert "release 2, published 15 June 2026" in text
