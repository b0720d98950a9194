"""A partner hands a questionnaire, or parts of it, on to a colleague."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField

from lsp_assess.actions import handing_on as actions
from lsp_assess.kernel.errors import NotFound
from lsp_assess.web.base_url import base_url
from lsp_assess.web.form_fields import choices, radios, ticks
from lsp_assess.web.forms import Form, FormPage, form_page, posted
from lsp_assess.web.questionnaire_words import told
from lsp_assess.web.transactions import work

pages = Blueprint("handing_on", __name__, url_prefix="/p/<partnership>/answer/<uuid:collection_id>/hand-on")


class HandOnForm(Form):
    colleague: RadioField
    parts: SelectMultipleField


@pages.route("/", methods=("GET", "POST"))
def choose(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    mine = actions.mine_to_hand_on(doing, collection_id)
    if not mine.can_be_handed_on:
        raise NotFound
    form = _form(mine)

    def act() -> None:
        actions.hand_on(
            doing,
            collection_id,
            to=UUID(form.colleague.data),
            names=form.parts.data or (),
            base_url=base_url(),
        )

    if form.attempt(act):
        flash(_("It is handed on. Your colleague has an e-mail with a link."))
        return redirect(url_for("partnerships.home"))
    page = FormPage(
        title=_("Hand this on to a colleague"),
        button=_("Hand it on"),
        back=url_for("answering.tasks", collection_id=collection_id, number=1),
        back_text=told(mine.instrument.title),
        lead=_(
            "Your colleague answers in your place what you tick, and you are not asked it any more. What you"
            " have entered so far is not shown to them."
        ),
    )
    return form_page(form, page)


def _form(mine: actions.Mine) -> HandOnForm:
    """Its words are in the reader's language, so that it is made for each."""
    fields = {
        "colleague": radios(_("Who answers it?"), needed=_("Choose a colleague")),
        "parts": ticks(_("What do you hand on?"), needed=_("Tick at least one part")),
    }
    form: HandOnForm = type("HandOnFormInWords", (HandOnForm,), fields)(
        posted(), data={"parts": [one.name for one in mine.portions]}
    )
    form.colleague.choices = choices((person.id, person.name) for person, _held in mine.colleagues)
    form.parts.choices = choices((one.name, told(one.title)) for one in mine.portions)
    return form
