"""Comparative reports: choose the rounds, watch it being made, take it away. Nobody sees another's."""

from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.reporting import (
    asked_report,
    report_file,
    report_progress,
    reports_of,
    request_report,
)
from lsp_assess.database.release_listing import listed
from lsp_assess.kernel.errors import Conflict, Invalid, Place, Problem, problem
from lsp_assess.rendering.wording import languages
from lsp_assess.web.languages import language
from lsp_assess.web.long_work import told, why
from lsp_assess.web.result_files import attachment
from lsp_assess.web.transactions import work

pages = Blueprint("reports", __name__, url_prefix="/p/<partnership>/reports")


@pages.get("/")
def listing() -> str:
    return _listing_page()


@pages.post("/")
def ask() -> ResponseReturnValue:
    try:
        job_id = request_report(work(), release_ids=_chosen(), language=_language())
    except (Invalid, Conflict) as refused:
        return _listing_page(tuple(refused.problems)), 422
    return redirect(url_for(".job", job_id=job_id))


@pages.get("/<uuid:job_id>")
def job(job_id: UUID) -> str:
    doing = work()
    found = report_progress(doing, job_id=job_id)
    return render_template(
        "pages/reports/job.html",
        asked=asked_report(doing, job_id=job_id),
        progress=found,
        why=why(found, otherwise="report_failed"),
    )


@pages.get("/<uuid:job_id>/progress")
def progress(job_id: UUID) -> ResponseReturnValue:
    return told(report_progress(work(), job_id=job_id))


@pages.get("/<uuid:job_id>/file")
def file(job_id: UUID) -> Response:
    ready = report_file(work(), job_id=job_id)
    name = f"{g.partnership.slug}-comparative-report-{ready.sha256[:8]}.pdf"
    return attachment(ready.content, "application/pdf", name)


def _listing_page(problems: tuple[Problem, ...] = ()) -> str:
    doing = work()
    return render_template(
        "pages/reports/listing.html",
        releases=[each for each in listed(doing.session) if each.is_current],
        languages=languages(),
        jobs=reports_of(doing),
        chosen=request.form.getlist("release") if problems else None,
        problems=problems,
    )


def _chosen() -> list[UUID]:
    """Raises Invalid where no release was ticked, or where what was sent is not one."""
    try:
        chosen = [UUID(each) for each in request.form.getlist("release")]
    except ValueError:
        raise Invalid(problem("form_expired")) from None
    if not chosen:
        raise Invalid(problem("report_without_release", Place(question="release")))
    return chosen


def _language() -> str:
    asked = request.form.getlist("language") or [language()]
    if len(asked) > 1 or asked[0] not in languages():
        raise Invalid(problem("report_language_unknown", Place(question="language")))
    return asked[0]
