"""One action with its milestones and how it has stood: members read it, the coordinator ticks off."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import milestones as actions
from lsp_assess.actions.editing import found
from lsp_assess.database.loop import history
from lsp_assess.database.models.action_progress import Milestone
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Round
from lsp_assess.web.form_fields import DayField, choices, line, radios
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.loop_shown import shown_action
from lsp_assess.web.transactions import work

pages = Blueprint("milestones", __name__, url_prefix="/p/<partnership>/actions")
NOT_YET, DONE = "not_yet", "done"


class MilestoneForm(VersionedForm):
    words = line("Milestone", needed="Enter the milestone", hint="What is there on that day")
    due_on = DayField("By when", needed="Enter the day")
    state = radios("Is it done?", needed="Choose whether it is done")


@pages.get("/milestones/of/<uuid:action_id>")
def listing(action_id: UUID) -> str:
    doing = work()
    action = found(doing, Action, action_id)
    return render_template(
        "pages/loop/action.html",
        action=shown_action(doing, action),
        round=found(doing, Round, action.round_id),
        history=history(doing.session, action_id),
        may_write=allows(POLICIES["coordinate"], doing.actor),
        may_ask=allows(POLICIES["challenge"], doing.actor),
    )


@pages.route("/milestones/of/<uuid:action_id>/new", methods=("GET", "POST"))
def add(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    action = found(doing, Action, action_id)
    form = _form(state=NOT_YET)
    if form.attempt(lambda: actions.add_milestone(doing, action_id, _details(form))):
        flash("The milestone is added.")
        return redirect(url_for(".listing", action_id=action_id))
    return form_page(form, _page("Add a milestone", action))


@pages.route("/milestones/<uuid:milestone_id>", methods=("GET", "POST"))
def change(milestone_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Milestone, milestone_id)
    action = found(doing, Action, row.action_id)
    form = _form(words=row.words, due_on=row.due_on, state=DONE if row.done else NOT_YET, version=row.version)

    def act() -> None:
        actions.change_milestone(doing, milestone_id, _details(form), version=form.seen)

    if form.attempt_beside(act, stands=row.version):
        flash("The milestone is saved.")
        return redirect(url_for(".listing", action_id=action.id))
    stands = [row.words] if form.is_stale else []
    return form_page(form, _page("Change the milestone", action, stands=stands))


def _form(**shown: object) -> MilestoneForm:
    form = MilestoneForm(posted(), data=shown)
    form.state.choices = choices([(NOT_YET, "Not yet"), (DONE, "Done")])
    return form


def _details(form: MilestoneForm) -> actions.MilestoneDetails:
    return actions.MilestoneDetails(
        words=form.words.data or "", due_on=form.due_on.data, done=form.state.data == DONE
    )


def _page(title: str, action: Action, *, stands: list[str] | None = None) -> FormPage:
    return FormPage(
        title=title,
        button="Save the milestone",
        back=url_for(".listing", action_id=action.id),
        back_text=action.title,
        lists={"What is stored now:": stands} if stands else {},
    )
