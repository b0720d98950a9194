"""The ranking of a round's findings: opened, voted on, closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField

from lsp_assess.actions import ranking as actions
from lsp_assess.actions.findings import Gathered, gathered
from lsp_assess.assessment.consensus import LEAST, MOST
from lsp_assess.assessment.ranking import RankingStatus, Vote
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, Problem, problem
from lsp_assess.web.form_fields import choices, radios
from lsp_assess.web.forms import Form, FormPage, VersionedForm, form_page, posted, status_of
from lsp_assess.web.transactions import work

pages = Blueprint("ranking", __name__, url_prefix="/p/<partnership>/findings")
CANNOT_SAY = "none"
IMPACT, FEASIBILITY = "impact", "feasibility"


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding on the ballot, with its two fields."""

    id: UUID
    words: str
    kind: str
    impact: RadioField
    feasibility: RadioField


@pages.route("/<uuid:collection_id>/rank", methods=("GET", "POST"))
def begin(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = gathered(doing, collection_id)
    form = Form(posted())
    if form.attempt(lambda: actions.open_ranking(doing, collection_id)):
        flash("The ranking is open. Partners find it on their home page.")
        return redirect(url_for("findings.listing", collection_id=collection_id))
    page = _page(
        held,
        "Let the partners rank the findings",
        "Open the ranking",
        "Each partner rates how much would change (impact) and how easily it is done (feasibility). From now"
        " on the words of the findings stay as they are.",
    )
    return form_page(form, page)


@pages.route("/<uuid:collection_id>/close", methods=("GET", "POST"))
def end(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = gathered(doing, collection_id)
    form = Form(posted())
    if form.attempt(lambda: actions.close_ranking(doing, collection_id)):
        flash("The ranking is closed and the votes are counted.")
        return redirect(url_for("findings.listing", collection_id=collection_id))
    page = _page(
        held,
        "Close the ranking",
        "Close it and count",
        "The votes are counted once, now. The ranking cannot be opened again: two counts side by side could"
        " tell how somebody voted.",
        warning=True,
    )
    return form_page(form, page)


@pages.route("/<uuid:collection_id>/vote", methods=("GET", "POST"))
def vote(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = gathered(doing, collection_id)
    ballot = actions.my_ballot(doing, collection_id)
    stands = ballot.version if ballot else 0
    form = _ballot_form(held, actions.votes_of(ballot), version=stands)

    def act() -> None:
        actions.vote(doing, collection_id, _votes(held, form), version=form.seen)

    try:
        if held.ranking is not RankingStatus.GATHERING and form.attempt_beside(act, stands=stands):
            flash(_("Your votes are kept. You can change them until the ranking is closed."))
            return redirect(url_for("findings.listing", collection_id=collection_id))
    except Conflict as over:
        return _ballot_page(held, form, over=over.problems[0]), 409
    if not held.may_vote:
        raise NotFound if held.ranking is RankingStatus.GATHERING else Conflict(problem("ranking_is_closed"))
    return _ballot_page(held, form), status_of(form)


def _ballot_form(held: Gathered, votes: actions.Votes, *, version: int) -> VersionedForm:
    """A form made for these findings: two fields each."""
    fields: dict[str, RadioField] = {}
    data: dict[str, object] = {"version": version}
    for row in held.findings:
        mine = votes.get(row.id)
        for name in (IMPACT, FEASIBILITY):
            fields[f"{name}-{row.id}"] = radios(_WORDS[name](), needed=_("Choose a number, or “Cannot say”"))
            data[f"{name}-{row.id}"] = getattr(mine, name) if mine else CANNOT_SAY
    form: VersionedForm = type("BallotForm", (VersionedForm,), fields)(posted(), data=data)
    points = [*((n, str(n)) for n in range(LEAST, MOST + 1)), (CANNOT_SAY, _("Cannot say"))]
    for name in fields:
        _radio(form, name).choices = choices(points)
    return form


_WORDS = {IMPACT: lambda: _("Impact"), FEASIBILITY: lambda: _("Feasibility")}


def _votes(held: Gathered, form: VersionedForm) -> actions.Votes:
    """Raises Invalid where only one of the two was chosen."""
    votes, problems = {}, list[Problem]()
    for asked in _asked(held, form):
        given = {field.name: field.data for field in (asked.impact, asked.feasibility)}
        said = [int(value) for value in given.values() if value != CANNOT_SAY]
        if len(said) == len(given):
            votes[asked.id] = Vote(*said)
        elif said:
            missing = next(name for name, value in given.items() if value == CANNOT_SAY)
            problems.append(problem("rate_both", Place(question=missing)))
    if problems:
        raise Invalid(*problems)
    return votes


def _asked(held: Gathered, form: VersionedForm) -> Iterator[Asked]:
    for row in held.findings:
        impact, feasibility = (_radio(form, f"{name}-{row.id}") for name in (IMPACT, FEASIBILITY))
        yield Asked(row.id, row.words, row.kind.value, impact, feasibility)


def _radio(form: VersionedForm, name: str) -> RadioField:
    field = form[name]
    assert isinstance(field, RadioField)  # noqa: S101  `_ballot_form` made it
    return field


def _ballot_page(held: Gathered, form: VersionedForm, *, over: Problem | None = None) -> str:
    """`over` is why nothing is taken any more."""
    asked = list(_asked(held, form))
    return render_template("pages/findings/vote.html", held=held, form=form, asked=asked, over=over)


def _page(held: Gathered, title: str, button: str, lead: str, *, warning: bool = False) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for("findings.listing", collection_id=held.collection.id),
        back_text="Findings",
        lead=lead,
        warning=warning,
    )
