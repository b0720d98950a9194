"""What becomes of each round's findings: members read it, the coordinator writes it down."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import loop as actions
from lsp_assess.actions.action_reminders import MOST_REMINDERS, set_reminders
from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.work import Work
from lsp_assess.database import loop as stored
from lsp_assess.database.models.findings import Finding
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.outcomes import titles_of_indicators, titles_of_objectives
from lsp_assess.reports.tables_actions import ActionLight, ActionStatus
from lsp_assess.web.form_fields import DayField, choices, choices_of, line, radios, select, text, ticks, whole
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, id_or_none, posted
from lsp_assess.web.loop_shown import part_titles, shown_rounds
from lsp_assess.web.transactions import work

pages = Blueprint("loop", __name__, url_prefix="/p/<partnership>/actions")


class LoopForm(VersionedForm):
    finding = text("Finding", needed="Enter the finding", hint="What the round showed")
    decision = text(
        "Decision", needed="Enter the decision", hint="What the partnership decided because of it"
    )
    title = line("Action", needed="Enter the action", hint="What is done")
    owner = select("Owner", hint="The organisation that does it, and is reminded when it is due")
    contributors = ticks("Contributors (optional)", hint="Organisations that help")
    due_on = DayField("Due (optional)")
    status = radios("Status", needed="Choose a status")
    light = radios(
        "How it goes", needed="Choose how it goes", hint="Of an action that is planned or under way"
    )
    what_changed = text("What changed (optional)", hint="For residents, once it is done")
    part = select("Part of the self-assessment (optional)", hint="That it is to lift")
    objective = select("Objective (optional)")
    indicator = select("Indicator (optional)", hint="That should move because of it")


class RemindersForm(VersionedForm):
    action_reminders = whole(
        "E-mails about one action",
        low=0,
        high=MOST_REMINDERS,
        hint="At most so many to each person; 0 for none. Never more than one a week, whatever is due.",
    )


@pages.get("/")
def listing() -> str:
    doing = work()
    return render_template(
        "pages/loop/listing.html",
        rounds=shown_rounds(doing),
        may_write=allows(POLICIES["coordinate"], doing.actor),
        reminders=partnership(doing).action_reminders,
    )


@pages.route("/of/<uuid:round_id>/new", methods=("GET", "POST"))
def add(round_id: UUID) -> ResponseReturnValue:
    return _add(work(), round_id, None)


@pages.route("/of-finding/<uuid:finding_id>/new", methods=("GET", "POST"))
def add_of(finding_id: UUID) -> ResponseReturnValue:
    doing = work()
    finding, row = actions.ranked_finding(doing, finding_id)
    return _add(doing, row.id, finding)


def _add(doing: Work, round_id: UUID, finding: Finding | None) -> ResponseReturnValue:
    row = found(doing, Round, round_id)
    known = {} if finding is None else {"finding": finding.words}
    form = LoopForm(posted(), data={"status": ActionStatus.PLANNED.value, **NOTHING_SAID, **known})
    _offer(doing, form)

    def act() -> None:
        actions.add_action(doing, round_id, _details(form), finding_id=finding.id if finding else None)

    if form.attempt(act):
        flash("The action is recorded.")
        return redirect(url_for(".listing", _anchor=f"round-{row.number}"))
    return form_page(form, _page("Add an action", row))


@pages.route("/<uuid:action_id>", methods=("GET", "POST"))
def change(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    action = found(doing, Action, action_id)
    row = found(doing, Round, action.round_id)
    form = LoopForm(posted(), data=_held(doing, action))
    _offer(doing, form, held=action.owner_id)

    def act() -> None:
        actions.change_action(doing, action_id, _details(form), version=form.seen)

    if form.attempt_beside(act, stands=action.version):
        flash("The action is changed.")
        return redirect(url_for(".listing", _anchor=f"round-{row.number}"))
    return form_page(form, _page("Change the action", row, stands=action if form.is_stale else None))


@pages.route("/reminders", methods=("GET", "POST"))
def reminders() -> ResponseReturnValue:
    doing = work()
    row = partnership(doing)
    form = RemindersForm(
        posted(), data={"action_reminders": str(row.action_reminders), "version": row.version}
    )

    def act() -> None:
        set_reminders(doing, int(form.action_reminders.data or "0"), version=form.seen)

    if form.attempt(act):
        flash("The reminders are set.")
        return redirect(url_for(".listing"))
    page = FormPage(
        title="Reminders of actions that are due",
        button="Save",
        back=url_for(".listing"),
        back_text="Actions",
        lead="The people of the owner get an e-mail on the day on which an action is due, and again while it"
        " is neither done nor dropped.",
    )
    return form_page(form, page)


NOTHING_SAID = {"light": "", "part": "", "objective": "", "indicator": ""}


def _held(doing: Work, action: Action) -> dict[str, Any]:
    held = {name: getattr(action, name) for name in ("finding", "decision", "title", "due_on", "status")}
    return held | {
        "version": action.version,
        "owner": str(action.owner_id or ""),
        "contributors": [
            str(one.organisation_id) for one in stored.contributors_of(doing.session, action.id)
        ],
        "light": action.light or "",
        "what_changed": action.what_changed or "",
        "part": action.part or "",
        "objective": str(action.objective_id or ""),
        "indicator": str(action.indicator_id or ""),
    }


def _offer(doing: Work, form: LoopForm, *, held: UUID | None = None) -> None:
    day = today(doing)
    owners = [(one.id, one.name) for one in stored.possible_owners(doing.session, day, held={held})]
    helping = {UUID(one) for one in form.contributors.object_data or ()}
    helpers = stored.possible_owners(doing.session, day, held=helping)
    form.owner.choices = choices(owners, empty="Nobody yet")
    form.contributors.choices = choices((one.id, one.name) for one in helpers)
    form.status.choices = choices_of("action_status", ActionStatus)
    form.light.choices = [*choices([], empty="Not said"), *choices_of("action_light", ActionLight)]
    form.part.choices = choices(part_titles(doing.session).items(), empty="None in particular")
    form.indicator.choices = choices(titles_of_indicators(doing.session).items(), empty="None in particular")
    form.objective.choices = choices(titles_of_objectives(doing.session).items(), empty="None in particular")


def _details(form: LoopForm) -> actions.ActionDetails:
    return actions.ActionDetails(
        finding=form.finding.data or "",
        decision=form.decision.data or "",
        title=form.title.data or "",
        owner_id=id_or_none(form.owner.data),
        due_on=form.due_on.data,
        status=ActionStatus(form.status.data),
        what_changed=form.what_changed.data or None,
        light=ActionLight(form.light.data) if form.light.data else None,
        contributors=tuple(UUID(one) for one in form.contributors.data or ()),
        part=form.part.data or None,
        objective_id=id_or_none(form.objective.data),
        indicator_id=id_or_none(form.indicator.data),
    )


def _page(title: str, row: Round, *, stands: Action | None = None) -> FormPage:
    said = (stands.title, stands.finding, stands.decision, stands.what_changed) if stands else ()
    return FormPage(
        title=title,
        button="Save the action",
        back=url_for(".listing", _anchor=f"round-{row.number}"),
        back_text="Actions",
        caption=row.name,
        lists={"What is stored now:": [one for one in said if one]} if stands else {},
    )
