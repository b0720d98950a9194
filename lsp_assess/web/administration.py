"""The administrator's desk: partnerships, and who coordinates each."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import administration as actions
from lsp_assess.actions.administration import NewCoordinator, NewPartnership
from lsp_assess.actions.settings import partnership as row_of
from lsp_assess.actions.work import Work
from lsp_assess.database.access import partnerships_of
from lsp_assess.database.session import Scope
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Matching
from lsp_assess.web.administration_forms import CoordinatorForm, PartnershipForm
from lsp_assess.web.base_url import base_url
from lsp_assess.web.form_fields import choices_of
from lsp_assess.web.forms import FormPage, form_page, posted
from lsp_assess.web.transactions import clock, outside_partnerships, session_of
from lsp_assess.web.who import current_actor

pages = Blueprint("administration", __name__, url_prefix="/administration")


@pages.get("/")
def listing() -> str:
    return render_template(
        "pages/administration/listing.html", partnerships=partnerships_of(outside_partnerships())
    )


@pages.route("/partnerships/new", methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    partnership_id = new_id()
    form = PartnershipForm(posted(), data={"matching": Matching.PERSON.value})
    form.matching.choices = choices_of("matching", Matching)

    def made() -> None:
        actions.make_partnership(
            _work_in(partnership_id),
            NewPartnership(
                slug=form.slug.data or "", name=form.title.data or "", matching=Matching(form.matching.data)
            ),
            NewCoordinator(name=form.name.data or "", email=form.email.data or ""),
            base_url=base_url(),
        )

    if form.attempt(made):
        flash(f"{form.title.data} is there. {form.name.data} has been told by e-mail how to sign in.")
        return redirect(url_for(".partnership", partnership_id=partnership_id))
    page = FormPage(
        title="Make a partnership",
        button="Make the partnership",
        back=url_for(".listing"),
        back_text="Partnerships",
        lead="The first coordinator adds organisations, people, areas and rounds.",
    )
    return form_page(form, page)


@pages.get("/partnerships/<uuid:partnership_id>")
def partnership(partnership_id: UUID) -> str:
    doing = _work_in(partnership_id)
    return render_template(
        "pages/administration/partnership.html",
        row=row_of(doing),
        coordinators=actions.coordinators(doing),
    )


@pages.route("/partnerships/<uuid:partnership_id>/coordinators/new", methods=["GET", "POST"])
def appoint(partnership_id: UUID) -> ResponseReturnValue:
    doing = _work_in(partnership_id)
    row = row_of(doing)
    form = CoordinatorForm(posted())

    def appointed() -> None:
        new = NewCoordinator(name=form.name.data or "", email=form.email.data or "")
        actions.appoint_coordinator(doing, new, base_url=base_url())

    back = url_for(".partnership", partnership_id=partnership_id)
    if form.attempt(appointed):
        flash(f"{form.name.data} coordinates {row.name} from today, and has been told by e-mail.")
        return redirect(back)
    page = FormPage(title="Appoint a coordinator", button="Appoint", back=back, back_text=row.name)
    return form_page(form, replace(page, caption=row.name))


def _work_in(partnership_id: UUID) -> Work:
    """In that partnership as its administrator, who is nobody else there."""
    actor = replace(current_actor(), partnership_id=partnership_id)
    scope = Scope(partnership_id=partnership_id, account_id=actor.account_id)
    return Work(session=session_of(scope), actor=actor, clock=clock())
