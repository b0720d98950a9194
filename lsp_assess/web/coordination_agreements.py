"""Sharing agreements: from whom data may be taken in, or to whom records handed out, for what, and on which
lawful basis."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import agreements as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import today
from lsp_assess.database.agreements import agreements as stored
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.partnerships.agreements import Allows, LawfulBasis, in_force
from lsp_assess.web.coordination_forms import EndForm
from lsp_assess.web.form_fields import DayField, choices_of, line, radios, text
from lsp_assess.web.forms import Form, FormPage, form_page, posted
from lsp_assess.web.transactions import work


class AgreementForm(Form):
    allows = radios("What does it allow?", needed="Choose what it allows")
    source = line(
        "With whom",
        needed="Enter with whom it was made",
        hint="Whose data are taken in: the organisation or the title that mappings name, such as"
        " “Trafford Data Lab”. For research: who gets the records.",
    )
    purpose = text("Purpose", needed="Enter what the data are used for")
    lawful_basis = radios(
        "Lawful basis",
        needed="Choose the lawful basis",
        hint="Of the partnership’s own use of the data. What people consented to is kept with their answers.",
    )
    valid_from = DayField("In force from", needed="Enter the first day")
    valid_to = DayField("Until (optional)", hint="The last day on which it holds")
    signed_by = line("Signed by", needed="Enter who signed it", hint="Names or posts, of both sides")
    reference = line(
        "Where it can be read",
        needed="Enter a link or a reference",
        hint="A web address or a file number; for open data, its licence.",
    )


def agreements() -> str:
    doing = work()
    day = today(doing)
    rows = stored(doing.session)
    running = {row.id for row in rows if in_force(row.valid_from, row.valid_to, on=day)}
    return render_template("pages/coordination/agreements.html", agreements=rows, running=running, today=day)


def add_agreement() -> ResponseReturnValue:
    doing = work()
    form = AgreementForm(posted(), valid_from=today(doing))
    form.allows.choices = choices_of("agreement_allows", Allows)
    form.lawful_basis.choices = choices_of("lawful_basis", LawfulBasis)

    def add() -> None:
        assert form.valid_from.data is not None  # noqa: S101  the field is needed
        details = actions.AgreementDetails(
            source=form.source.data or "",
            allows=Allows(form.allows.data),
            purpose=form.purpose.data or "",
            lawful_basis=LawfulBasis(form.lawful_basis.data),
            valid_from=form.valid_from.data,
            valid_to=form.valid_to.data,
            signed_by=form.signed_by.data or "",
            reference=form.reference.data or "",
        )
        actions.add_agreement(doing, details)

    if form.attempt(add):
        flash(f"The agreement with {form.source.data} is recorded.")
        return redirect(url_for(".agreements"))
    return form_page(form, _page("Add a sharing agreement", "Add the agreement"))


def end_agreement(agreement_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, SharingAgreement, agreement_id)
    form = EndForm(posted(), obj=row, last_day=today(doing))

    def end() -> None:
        assert form.last_day.data is not None  # noqa: S101  the field is needed
        actions.end_agreement(doing, agreement_id, version=form.seen, last_day=form.last_day.data)

    if form.attempt(end):
        flash(f"The agreement with {row.source} ends.")
        return redirect(url_for(".agreements"))
    lead = "From the day after, nothing is taken in or handed out under it. What has been taken in stays."
    title = f"End the agreement with {row.source}"
    return form_page(form, _page(title, "End the agreement", lead=lead, warning=True))


def _page(title: str, button: str, *, lead: str = "", warning: bool = False) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".agreements"),
        back_text="Sharing agreements",
        lead=lead,
        warning=warning,
    )
