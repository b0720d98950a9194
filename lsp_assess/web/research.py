"""The research file of the resident survey: under which agreement, of which rounds."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, g, render_template, request

from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.records import hand_over_records, to_hand_over
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.web.languages import spoken
from lsp_assess.web.result_files import attachment
from lsp_assess.web.transactions import work

pages = Blueprint("research", __name__, url_prefix="/p/<partnership>/research")


@pages.get("/")
def listing() -> str:
    doing = work()
    handing = to_hand_over(doing)
    return render_template(
        "pages/research.html",
        rounds=() if handing is None else handing.rounds,
        agreements=research_agreements(doing),
    )


@pages.get("/<uuid:agreement_id>/file")
def file(agreement_id: UUID) -> Response:
    out = BytesIO()
    hand_over_records(work(), agreement_id=agreement_id, rounds=_chosen(), say=spoken, out=out)
    return attachment(out.getvalue(), "application/zip", f"{g.partnership.slug}-research-file.zip")


def _chosen() -> list[int] | None:
    """All of them, where none is named."""
    named = request.args.getlist("round")
    if not all(number.isascii() and number.isdigit() and len(number) < 6 for number in named):
        raise Invalid(problem("form_expired", Place(question="round")))
    return [int(number) for number in named] or None
