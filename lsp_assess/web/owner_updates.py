"""How an action goes, said by the people who do it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField, TextAreaField

from lsp_assess.actions import owner_updates as actions
from lsp_assess.database.models.outcomes import Action
from lsp_assess.reports.tables_actions import ActionLight
from lsp_assess.web.form_fields import choices, choices_of, radios, text, ticks
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.transactions import work

pages = Blueprint("owner_updates", __name__, url_prefix="/p/<partnership>/actions/updates")


class UpdateForm(VersionedForm):
    light: RadioField
    milestones: SelectMultipleField
    note: TextAreaField


@pages.route("/<uuid:action_id>", methods=("GET", "POST"))
def tell(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    action = actions.own_action(doing, action_id)
    steps = actions.milestones_of(doing, action_id)
    shown = {
        "light": action.light or "",
        "milestones": [str(one.id) for one in steps if one.done],
        "version": action.version,
    }
    form = _form(shown, [(one.id, one.words) for one in steps])

    def act() -> None:
        update = actions.Update(
            light=ActionLight(form.light.data) if form.light.data else None,
            note=form.note.data or "",
            done={UUID(one) for one in form.milestones.data or ()},
        )
        actions.update_action(doing, action_id, update, version=form.seen)

    if form.attempt_beside(act, stands=action.version):
        flash(_("Thank you. The coordinator and all members see it beside the action."))
        return redirect(url_for("milestones.listing", action_id=action_id))
    return form_page(form, _page(action))


def _form(shown: dict[str, object], steps: list[tuple[UUID, str]]) -> UpdateForm:
    """Its words are in the reader's language, so that it is made for each."""
    fields: dict[str, object] = {"light": radios(_("How does it go?"), needed=_("Choose how it goes"))}
    if steps:
        fields["milestones"] = ticks(_("Which milestones are done?"))
    fields["note"] = text(
        _("What is there to say?"),
        needed=_("Say in a sentence how it goes"),
        hint=_("Every member of the partnership reads it, with your name."),
    )
    form: UpdateForm = type("UpdateFormInWords", (UpdateForm,), fields)(posted(), data=shown)
    form.light.choices = [*choices([], empty=_("Not said")), *choices_of("action_light", ActionLight)]
    if steps:
        form.milestones.choices = choices(steps)
    return form


def _page(action: Action) -> FormPage:
    return FormPage(
        title=_("How it goes"),
        button=_("Save"),
        back=url_for("milestones.listing", action_id=action.id),
        back_text=action.title,
        caption=action.title,
    )
