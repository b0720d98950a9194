"""Publishing a round, and publishing it again with the reason."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.editing import found
from lsp_assess.database.models.partnerships import Round
from lsp_assess.web.coordination_round_forms import CorrectionForm
from lsp_assess.web.forms import Form, FormPage, form_page, posted
from lsp_assess.web.round_progress import standing
from lsp_assess.web.transactions import work


def publish(round_id: UUID) -> ResponseReturnValue:
    # Estimation takes seconds to import, and the site needs it nowhere else.
    from lsp_assess.actions.publishing import publish as publish_round  # noqa: PLC0415

    doing = work()
    row = found(doing, Round, round_id)
    _, published = standing(doing.session, row)
    form = CorrectionForm(posted()) if published else Form(posted())
    reason = form.reason.data if isinstance(form, CorrectionForm) else None
    if form.attempt(lambda: publish_round(doing, round_id=round_id, reason=reason)):
        flash(f"{row.name} is published.")
        return redirect(url_for(".round", round_id=round_id))
    page = FormPage(
        title=f"Publish a correction of {row.name}" if published else f"Publish {row.name}",
        button="Publish the correction" if published else "Publish the round",
        back=url_for(".round", round_id=round_id),
        back_text=row.name,
        lead="Whoever may read results will read it at once. A release never changes: what turns out to be"
        " wrong is put right by a correction, and both stay.\n\nWith many interviews the estimates take up to"
        " a minute: stay on this page until it answers.",
    )
    return form_page(form, page)
