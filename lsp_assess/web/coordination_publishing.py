"""Publishing a round, and publishing it again with the reason; a worker does it, this page shows how far."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.editing import found
from lsp_assess.actions.publication import publication_progress, request_publication
from lsp_assess.database.models.partnerships import Round
from lsp_assess.kernel.errors import NotFound
from lsp_assess.web.coordination_round_forms import CorrectionForm
from lsp_assess.web.forms import Form, FormPage, form_page, posted
from lsp_assess.web.long_work import told, why
from lsp_assess.web.round_progress import standing
from lsp_assess.web.transactions import work


def publish(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    published = standing(doing.session, row).releases
    form = CorrectionForm(posted()) if published else Form(posted())
    reason = form.reason.data if isinstance(form, CorrectionForm) else None
    if form.attempt(lambda: request_publication(doing, round_id=round_id, reason=reason)):
        return redirect(url_for(".publication", round_id=round_id))
    page = FormPage(
        title=f"Publish a correction of {row.name}" if published else f"Publish {row.name}",
        button="Publish the correction" if published else "Publish the round",
        back=url_for(".round", round_id=round_id),
        back_text=row.name,
        lead="Whoever may read results will read it at once. A release never changes: what turns out to be"
        " wrong is put right by a correction, and both stay.",
    )
    return form_page(form, page)


def publication(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    progress = publication_progress(doing, round_id=round_id)
    if progress is None:
        return redirect(url_for(".publish", round_id=round_id))
    return render_template(
        "pages/coordination/publication.html",
        round=row,
        progress=progress,
        why=why(progress, otherwise="publication_failed"),
    )


def publishing(round_id: UUID) -> ResponseReturnValue:
    progress = publication_progress(work(), round_id=round_id)
    if progress is None:
        raise NotFound
    return told(progress)
