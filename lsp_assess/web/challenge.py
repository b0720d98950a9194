"""The challenge log: what was asked of whoever leads a part, an action or an indicator, and the answers."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import challenge as actions
from lsp_assess.database.models.outcomes import Action, Indicator
from lsp_assess.kernel.errors import Conflict
from lsp_assess.web import challenge_asking as asking
from lsp_assess.web.challenge_shown import shown_log, shown_meeting, shown_one
from lsp_assess.web.form_fields import text
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted, status_of
from lsp_assess.web.transactions import work

pages = Blueprint("challenge", __name__, url_prefix="/p/<partnership>/challenge")
LONGEST_ANSWER = 3000


class RewordForm(VersionedForm):
    words = text("Question", needed="Enter the question", longest=asking.LONGEST)


class RewordBothForm(RewordForm):
    answered = text("Answer", needed="Enter the answer", longest=LONGEST_ANSWER)


@pages.get("/")
def listing() -> str:
    doing = work()
    coordinates = allows(POLICIES["coordinate"], doing.actor)
    flags = [(row.title, _flagged(row)) for row in (actions.flags(doing) if coordinates else ())]
    return render_template("pages/challenge/listing.html", log=shown_log(doing), flags=flags)


@pages.get("/meetings/<uuid:collection_id>")
def meeting(collection_id: UUID) -> str:
    """The questions of one meeting, and its parts to ask about."""
    return render_template("pages/challenge/meeting.html", meeting=shown_meeting(work(), collection_id))


pages.add_url_rule(
    "/meetings/<uuid:collection_id>/parts/<part>", view_func=asking.ask_part, methods=("GET", "POST")
)
pages.add_url_rule("/actions/<uuid:action_id>", view_func=asking.ask_action, methods=("GET", "POST"))
pages.add_url_rule("/indicators/<uuid:indicator_id>", view_func=asking.ask_indicator, methods=("GET", "POST"))


@pages.route("/<uuid:challenge_id>", methods=("GET", "POST"))
def question(challenge_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = actions.one(doing, challenge_id)
    fields = {"words": text(_("Your answer"), needed=_("Enter the answer"), longest=LONGEST_ANSWER)}
    form: VersionedForm = type("AnswerForm", (VersionedForm,), fields)(
        posted(), data={"version": row.version}
    )

    def act() -> None:
        actions.answer(doing, challenge_id, form["words"].data or "", version=form.seen)

    over = None
    try:
        if form.attempt_beside(act, stands=row.version):
            flash(_("The answer is recorded."))
            return redirect(url_for(".question", challenge_id=challenge_id))
    except Conflict as conflict:
        over = conflict.problems[0]
    page = render_template(
        "pages/challenge/question.html",
        one=shown_one(doing, row),
        form=form,
        over=over,
        may_answer=actions.may_answer(doing.actor, row),
        leads=actions.leads(doing.actor, row),
        may_reword=allows(POLICIES["coordinate"], doing.actor),
    )
    return page, 409 if over else status_of(form)


@pages.route("/<uuid:challenge_id>/words", methods=("GET", "POST"))
def reword(challenge_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = actions.one(doing, challenge_id)
    kind = RewordForm if row.answer is None else RewordBothForm
    shown = {"words": row.question, "answered": row.answer, "version": row.version}
    form = kind(posted(), data=shown)

    def act() -> None:
        answered = form.answered.data if isinstance(form, RewordBothForm) else None
        actions.reword(
            doing, challenge_id, question=form.words.data or "", answered=answered, version=form.seen
        )

    if form.attempt_beside(act, stands=row.version):
        flash("The words are changed. The log says that they were.")
        return redirect(url_for(".question", challenge_id=challenge_id))
    page = FormPage(
        title="Change the words",
        button="Save the words",
        back=url_for(".question", challenge_id=challenge_id),
        back_text="The question",
        lead="Only to strike what names a person or tells of somebody’s score. The day of the question and"
        " the day of the reply stay, and the log says that the words were changed.",
        lists={"What is stored now:": [one for one in (row.question, row.answer) if one]}
        if form.is_stale
        else {},
    )
    return form_page(form, page)


def _flagged(row: Action | Indicator) -> str:
    if isinstance(row, Action):
        return url_for(".ask_action", action_id=row.id, flag=1)
    return url_for(".ask_indicator", indicator_id=row.id, flag=1)
