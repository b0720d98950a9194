"""The same tables as files: CSV of one, a workbook of all, the drawing of one."""

import re

from flask import Blueprint, Response, g

from lsp_assess.actions.work import Work
from lsp_assess.database import release_listing
from lsp_assess.database.release_listing import Listed
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.exchange.export_tables import Origin
from lsp_assess.exchange.exporting import table_csv, tables_xlsx
from lsp_assess.kernel.errors import NotFound
from lsp_assess.rendering.charts import chart_svg
from lsp_assess.reports.comparative import citation
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.results import release_numbered, table_of
from lsp_assess.web.transactions import work

pages = Blueprint("result_files", __name__, url_prefix="/p/<partnership>/results/<number>")

CSV = "text/csv; charset=utf-8"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/csv/<path:table_id>")
def csv(number: str, table_id: str) -> Response:
    doing = work()
    release = release_numbered(doing.session, number)
    document, table = table_of(doing.session, release, table_id)
    _record(doing, release, format="csv", table=table_id)
    return attachment(table_csv(table, _origin(document), spoken), CSV, f"{_stem(release)}-{table_id}.csv")


@pages.get("/tables.xlsx")
def workbook(number: str) -> Response:
    doing = work()
    release = release_numbered(doing.session, number)
    document = release_listing.document(doing.session, release)
    _record(doing, release, format="xlsx")
    return attachment(tables_xlsx(document.tables, _origin(document), spoken), XLSX, f"{_stem(release)}.xlsx")


@pages.get("/svg/<path:table_id>")
def drawing(number: str, table_id: str) -> Response:
    doing = work()
    release = release_numbered(doing.session, number)
    _, table = table_of(doing.session, release, table_id)
    drawn = chart_svg(table, language())
    if drawn is None:
        raise NotFound
    _record(doing, release, format="svg", table=table_id)
    return attachment(drawn.encode(), SVG, f"{_stem(release)}-{table_id}.svg")


def attachment(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response


def _stem(release: Listed) -> str:
    return f"{g.partnership.slug}-release-{release.number}"


def _origin(document: ReleaseDocument) -> Origin:
    return Origin.of(document, citation(document))


def _record(doing: Work, release: Listed, **what: str) -> None:
    doing.record("release_exported", object_kind="release", object_id=release.id, **what)
