"""Which parts of a self-assessment somebody is asked."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.assigning_parts import AskedOf, asked_of, assign_parts
from lsp_assess.instruments import Portion
from lsp_assess.web.form_fields import choices, ticks
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.languages import language
from lsp_assess.web.transactions import work


class PartsForm(VersionedForm):
    parts = ticks("Parts", needed="Tick at least one part", hint="All of them: the whole questionnaire")


def parts(collection_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    doing = work()
    asked = asked_of(doing, collection_id=collection_id, participant_id=participant_id)
    form = PartsForm(
        posted(),
        data={
            "parts": asked.participant.assigned or [one.name for one in asked.portions],
            "version": asked.participant.version,
        },
    )
    form.parts.choices = choices((one.name, _label(one)) for one in asked.portions)

    def act() -> None:
        assign_parts(doing, asked, names=form.parts.data or (), version=form.seen)

    if form.attempt(act):
        flash(f"The parts of {asked.person.name} are saved.")
        return redirect(url_for(".collection", collection_id=collection_id))
    return form_page(form, _page(asked))


def _label(one: Portion) -> str:
    section, title = one.section.title.say(language()), one.title.say(language())
    return title if one.name == one.section.name else f"{section}: {title}"


def _page(asked: AskedOf) -> FormPage:
    return FormPage(
        title=f"Parts that {asked.person.name} is asked",
        button="Save the parts",
        back=url_for(".collection", collection_id=asked.collection.id),
        back_text="Who has answered",
        lead="Only these are shown, counted and sent. What was entered in other parts is kept, and not sent.",
    )
