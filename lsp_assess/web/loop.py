"""What becomes of each round's findings: members read it, the coordinator writes it down."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import loop as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.database import loop as stored
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.rounds import rounds
from lsp_assess.reports.tables_actions import ActionStatus
from lsp_assess.web.form_fields import DayField, choices, choices_of, line, radios, select, text
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, id_or_none, posted
from lsp_assess.web.loop_shown import shown_action
from lsp_assess.web.transactions import work

pages = Blueprint("loop", __name__, url_prefix="/p/<partnership>/actions")


class LoopForm(VersionedForm):
    finding = text("Finding", needed="Enter the finding", hint="What the round showed")
    decision = text(
        "Decision", needed="Enter the decision", hint="What the partnership decided because of it"
    )
    title = line("Action", needed="Enter the action", hint="What is done")
    owner = select("Owner", hint="The organisation that does it")
    due_on = DayField("Due (optional)")
    status = radios("Status", needed="Choose a status")
    what_changed = text("What changed (optional)", hint="For residents, once it is done")


@pages.get("/")
def listing() -> str:
    doing = work()
    held, day = stored.actions_by_round(doing.session), today(doing)
    return render_template(
        "pages/loop/listing.html",
        rounds=[
            (row, [shown_action(action, owner, today=day) for action, owner in held.get(row.id, ())])
            for row in rounds(doing.session)
        ],
        may_write=allows(POLICIES["coordinate"], doing.actor),
    )


@pages.route("/of/<uuid:round_id>/new", methods=("GET", "POST"))
def add(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    form = LoopForm(posted(), status=ActionStatus.PLANNED.value)
    _offer(doing, form)
    if form.attempt(lambda: actions.add_action(doing, round_id, _details(form))):
        flash("The action is recorded.")
        return redirect(url_for(".listing", _anchor=f"round-{row.number}"))
    return form_page(form, _page("Add an action", row))


@pages.route("/<uuid:action_id>", methods=("GET", "POST"))
def change(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    action = found(doing, Action, action_id)
    row = found(doing, Round, action.round_id)
    form = LoopForm(posted(), obj=action, owner=str(action.owner_id or ""))
    _offer(doing, form, held=action.owner_id)
    if form.attempt(lambda: actions.change_action(doing, action_id, _details(form), version=form.seen)):
        flash("The action is changed.")
        return redirect(url_for(".listing", _anchor=f"round-{row.number}"))
    return form_page(form, _page("Change the action", row))


def _offer(doing: Work, form: LoopForm, *, held: UUID | None = None) -> None:
    owners = stored.possible_owners(doing.session, today(doing), held=held)
    form.owner.choices = choices([(one.id, one.name) for one in owners], empty="Nobody yet")
    form.status.choices = choices_of("action_status", ActionStatus)


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
        back=url_for(".listing", _anchor=f"round-{row.number}"),
        back_text="Actions",
        caption=row.name,
    )
