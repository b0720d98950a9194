"""Every page and file that can be looked at, as somebody sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lsp_assess.database.models.publications import Release
from lsp_assess.database.releases import document_of
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.releases import ReleaseNumber
from lsp_assess.web.policy_table import CLOSED
from tests.browser.places import PLACES
from tests.browser.site import Site
from tests.integration.matrix.addresses import PLAIN, address

OF_ANSWERS = ("answering.tasks", "answering.check", "answering.receipt", "answering_results.mine")
OF_RELEASES = ("results.release", "result_files.workbook")
OF_TABLES = ("results.table", "result_files.csv")


@dataclass(frozen=True, slots=True)
class Look:
    endpoint: str
    path: str


def looks(site: Site, *, every_table: bool = False) -> list[Look]:
    """One at each address that can be looked at, of the full partnership; at every table of every release
    too, if asked."""
    rules = {r.endpoint: r for r in site.app.url_map.iter_rules() if "GET" in (r.methods or ())}
    found = [Look(endpoint, _path(site, rule)) for endpoint, rule in rules.items() if endpoint not in CLOSED]
    asked = [
        Look(endpoint, address(site.app, rules[endpoint], _asked(site, collection_id)))
        for endpoint in OF_ANSWERS
        for collection_id in site.filled.collections.values()
    ]
    return [*found, *asked, *_of_releases(site, rules, every_table=every_table)]


def _asked(site: Site, collection_id: UUID) -> dict[str, object]:
    return {"partnership": site.full.slug, "collection_id": collection_id, "number": 1}


def seen(client: FlaskClient, look: Look) -> tuple[TestResponse, str]:
    """The answer, and all that can be read in it: head, text, and the parts of a workbook."""
    answer = client.get(look.path)
    body = answer.get_data()
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return answer, f"{answer.headers}\n{body.decode('utf-8', 'replace')}"


def _path(site: Site, rule: Rule) -> str:
    place = PLACES.get(rule.endpoint)
    values = dict(place(site)) if place else {}
    for name in rule.arguments - values.keys() - {"partnership"}:
        kind = type(rule._converters[name]).__name__
        values[name] = new_id() if kind == "UUIDConverter" else PLAIN.get(name, "site.css")
    if "partnership" in rule.arguments:
        values["partnership"] = site.full.slug
    return address(site.app, rule, values)


def _of_releases(site: Site, rules: dict[str, Rule], *, every_table: bool) -> Iterator[Look]:
    with site.full.session() as session:
        releases = [
            (ReleaseNumber(row.number, row.revision), document_of(row))
            for row in session.execute(select(Release)).scalars()
        ]
    for number, document in releases:
        values = {"partnership": site.full.slug, "number": str(number)}
        for endpoint in OF_RELEASES:
            yield Look(endpoint, address(site.app, rules[endpoint], values))
        for table in document.tables if every_table else ():
            for endpoint in OF_TABLES:
                path = address(site.app, rules[endpoint], {**values, "table_id": table.id})
                yield Look(endpoint, path)
