"""Outcome indicators: the list with its lights, and a page for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, g, render_template, request

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions.work import Work
from lsp_assess.database import outcomes, release_data, release_records
from lsp_assess.database.release_data import AreaRow
from lsp_assess.database.release_records import IndicatorRecord
from lsp_assess.disclosure.release import table_hash
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.exchange.export_tables import Origin
from lsp_assess.exchange.exporting import table_csv
from lsp_assess.kernel.errors import NotFound
from lsp_assess.kernel.messages import given, message
from lsp_assess.rendering.charts import chart_svg
from lsp_assess.web.exhibits import page_exhibit
from lsp_assess.web.indicators_shown import Standings, alone, groups, measured_areas, narrowed, standings
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.result_files import CSV, SVG, attachment
from lsp_assess.web.transactions import work

pages = Blueprint("outcomes", __name__, url_prefix="/p/<partnership>/indicators")

DETAILS = ("rationale", "geography", "numerator", "denominator", "period_note")
CHOICES = ("origin", "sharedness", "season", "frequency")


@pages.get("/")
def listing() -> str:
    doing = work()
    records, areas = release_records.indicators(doing.session), _areas(doing)
    found = _standings(doing, [alone(record, areas) for record in records], areas)
    finding = None if found.lights is None else found.lights.finding
    return render_template(
        "pages/outcomes/listing.html",
        finding=None if finding is None else spoken(finding),
        groups=tuple(groups([record.row for record in records], found, language())),
        notes=() if found.lights is None else found.lights.heading.footnotes,
        may_change=allows(POLICIES["coordinate"], doing.actor),
    )


@pages.get("/<uuid:indicator_id>")
def indicator(indicator_id: UUID) -> str:
    doing = work()
    areas = _areas(doing)
    whole = _record(doing, indicator_id)
    measured = measured_areas(whole, areas)
    area = _chosen(measured)
    record = whole if area is None else narrowed(whole, areas, area)
    found = _standings(doing, [record], areas)
    table = found.series.get(record.row.code)
    return render_template(
        "pages/outcomes/indicator.html",
        record=record,
        row=record.row,
        shown=found.shown[indicator_id],
        area=area,
        measured=measured,
        exhibit=None if table is None else page_exhibit(table, language()),
        owners=outcomes.owners_of(doing.session, record.row),
        details=[(name, record.row.details[name]) for name in DETAILS if record.row.details.get(name)],
        choices=[(name, record.row.details[name]) for name in CHOICES if record.row.details.get(name)],
        revisions=outcomes.revisions_of(doing.session, indicator_id),
        may_change=allows(POLICIES["coordinate"], doing.actor),
        may_ask=allows(POLICIES["challenge"], doing.actor),
    )


@pages.get("/<uuid:indicator_id>.csv")
def csv(indicator_id: UUID) -> Response:
    doing = work()
    table, name = _series(doing, indicator_id)
    content = table_csv(table, _origin(table, _today(doing)), spoken)
    return attachment(content, CSV, f"{name}.csv")


@pages.get("/<uuid:indicator_id>.svg")
def drawing(indicator_id: UUID) -> Response:
    table, name = _series(work(), indicator_id)
    drawn = chart_svg(table, language())
    if drawn is None:
        raise NotFound
    return attachment(drawn.encode(), SVG, f"{name}.svg")


def _series(doing: Work, indicator_id: UUID) -> tuple[SafeTable, str]:
    """Of the area asked for, and what a file of it is called."""
    areas = _areas(doing)
    record = _record(doing, indicator_id)
    area = _chosen(measured_areas(record, areas))
    if area is None:
        raise NotFound
    table = _standings(doing, [narrowed(record, areas, area)], areas).series[record.row.code]
    return table, f"{g.partnership.slug}-indicator-{record.row.code}-{area.code}"


def _record(doing: Work, indicator_id: UUID) -> IndicatorRecord:
    record = outcomes.record_of(doing.session, indicator_id)
    if record is None:
        raise NotFound
    return record


def _areas(doing: Work) -> dict[UUID, AreaRow]:
    return {area.id: area for area in release_data.areas(doing.session)}


def _chosen(measured: Sequence[AreaRow]) -> AreaRow | None:
    """That of the address; without one the first, which is that of the releases. None without any."""
    asked = request.args.get("area")
    if asked is None:
        return measured[0] if measured else None
    found = next((area for area in measured if area.code == asked), None)
    if found is None:
        raise NotFound
    return found


def _standings(doing: Work, records: Sequence[IndicatorRecord], areas: Mapping[UUID, AreaRow]) -> Standings:
    return standings(records, areas, on=_today(doing), language=language())


def _today(doing: Work) -> date:
    return doing.now.date()


def _origin(table: SafeTable, today: date) -> Origin:
    """Not from a release, so that the day vouches for it."""
    mark = message("reports.mark.demonstration") if g.partnership.demonstration else None
    cite = message("outcomes.cite", partnership=given(g.partnership.name), day=today)
    return Origin(cite, table_hash(table), today, mark)
