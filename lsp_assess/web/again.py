"""A partner's own phone at the meeting: a part scored again, blind as the first time."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.validators import DataRequired

from lsp_assess.actions import rescoring as actions
from lsp_assess.actions.rescoring import Again
from lsp_assess.assessment.rescoring import check_scoring
from lsp_assess.kernel.errors import Conflict, Problem
from lsp_assess.web.form_fields import choices
from lsp_assess.web.forms import VersionedForm, posted, status_of
from lsp_assess.web.languages import language
from lsp_assess.web.meeting_second import in_words
from lsp_assess.web.question_fields import points_of
from lsp_assess.web.transactions import work
from lsp_assess.web.who import current_account_id

pages = Blueprint("again", __name__, url_prefix="/p/<partnership>/again/<uuid:collection_id>")


@pages.route("/<part>", methods=("GET", "POST"))
def part(collection_id: UUID, part: str) -> ResponseReturnValue:
    """Once it is over, the page says so beside what was chosen: nothing of it is counted, and nothing lost to
    the eye."""
    doing = work()
    found = actions.again(doing, collection_id, part)
    form, stands = _form(found), found.own.version if found.own else 0

    def act() -> None:
        actions.score_again(doing, collection_id, part, int(form["score"].data), version=form.seen)

    try:
        if form.attempt_beside(act, stands=stands):
            flash(_("Your score is kept. You can change it until the scores are revealed."))
            return redirect(url_for(".part", collection_id=collection_id, part=part))
    except Conflict as over:
        return _page(found, form, over.problems[0]), 409
    return _page(found, form, _over(found)), status_of(form)


def _form(found: Again) -> VersionedForm:
    score = SelectField(_("Your score"), validators=[DataRequired(_("Choose a score"))])
    made: type[VersionedForm] = type("AgainForm", (VersionedForm,), {"score": score})
    own = found.own
    form = made(posted(), data={"score": own.score if own else None, "version": own.version if own else 0})
    offered = [(point.value, point.label) for point in points_of(found.question.scale)]
    field = form["score"]
    assert isinstance(field, SelectField)  # noqa: S101  it was made just now
    field.choices = choices(offered, empty=_("Choose a score"))
    return form


def _over(found: Again) -> Problem | None:
    try:
        check_scoring(found.collection.status, found.rescoring.status)
    except Conflict as over:
        return over.problems[0]
    return None


def _page(found: Again, form: VersionedForm, over: Problem | None) -> str:
    """`over` is why nothing is taken any more."""
    question = found.question
    return render_template(
        "pages/meeting/again.html",
        again=found,
        title=question.text.say(language()),
        statements=[text.say(language()) for text in question.statements],
        points=[point for point in points_of(question.scale) if point.hint],
        form=form,
        kept=f"{current_account_id()}/{found.collection.id}/{found.rescoring.part}",
        over=over,
        counted=in_words(actions.counted(work(), found.collection.id, found.rescoring.part)),
    )
