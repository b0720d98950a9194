"""What was typed too late, or before a questionnaire was handed on: offered to whoever typed it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lsp_assess.actions.kept_answers import drop_kept, take_kept
from lsp_assess.actions.partner_answers import held_sheet
from lsp_assess.web.transactions import work

pages = Blueprint(
    "answering_kept", __name__, url_prefix="/p/<partnership>/answer/<uuid:collection_id>/<int:number>/kept"
)


@pages.post("/take")
def take(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    take_kept(doing, held_sheet(doing, collection_id=collection_id, number=number))
    flash(_("They are among your answers now. Look through the sections, then send them."))
    return redirect(url_for("answering.tasks", collection_id=collection_id, number=number))


@pages.post("/drop")
def drop(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    drop_kept(doing, held_sheet(doing, collection_id=collection_id, number=number))
    flash(_("They are deleted."))
    return redirect(url_for("answering.tasks", collection_id=collection_id, number=number))
