"""What becomes of a round's findings: each action with its owner, date and what changed."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import loop as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.work import Work
from lsp_assess.database import loop as stored
from lsp_assess.database.membership import organisations_on
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Round
from lsp_assess.reports.tables_actions import ActionStatus
from lsp_assess.web.coordination_round_forms import LoopForm
from lsp_assess.web.form_fields import choices, choices_of
from lsp_assess.web.forms import FormPage, form_page, id_or_none, posted
from lsp_assess.web.transactions import work


def actions_taken(round_id: UUID) -> str:
    doing = work()
    return render_template(
        "pages/coordination/actions.html",
        round=found(doing, Round, round_id),
        actions=stored.actions_of_round(doing.session, round_id),
        today=doing.now.date(),
    )


def add_action(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    form = LoopForm(posted(), status=ActionStatus.PLANNED.value)
    _offer(doing, form)
    if form.attempt(lambda: actions.add_action(doing, round_id, _details(form))):
        flash("The action is recorded.")
        return redirect(url_for(".actions_taken", round_id=round_id))
    return form_page(form, _page("Add an action", row))


def change_action(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    action = found(doing, Action, action_id)
    row = found(doing, Round, action.round_id)
    form = LoopForm(posted(), obj=action, owner=str(action.owner_id or ""))
    _offer(doing, form)
    if form.attempt(lambda: actions.change_action(doing, action_id, _details(form), version=form.seen)):
        flash("The action is changed.")
        return redirect(url_for(".actions_taken", round_id=row.id))
    return form_page(form, _page("Change the action", row))


def _offer(doing: Work, form: LoopForm) -> None:
    owners = [(one.id, one.name) for one in organisations_on(doing.session, doing.now.date())]
    form.owner.choices = choices(owners, empty="Nobody yet")
    form.status.choices = choices_of("actions.status", ActionStatus)


def _details(form: LoopForm) -> actions.ActionDetails:
    return actions.ActionDetails(
        finding=form.finding.data or "",
        decision=form.decision.data or "",
        title=form.title.data or "",
        owner_id=id_or_none(form.owner.data),
        due_on=form.due_on.data,
        status=ActionStatus(form.status.data),
        what_changed=form.what_changed.data or None,
    )


def _page(title: str, row: Round) -> FormPage:
    return FormPage(
        title=title,
        button="Save the action",
        back=url_for(".actions_taken", round_id=row.id),
        back_text=f"Actions from {row.name}",
    )
