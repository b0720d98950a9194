"""How long what is kept: the periods, what is deleted next, what was deleted last."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import retention as actions
from lsp_assess.actions.settings import partnership
from lsp_assess.partnerships.retention import SETTABLE, RetentionClass, periods_of
from lsp_assess.web.form_fields import DayField, whole
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.transactions import work


def _days(label: str, hint: str) -> object:
    return whole(f"{label}, in days", low=actions.SHORTEST, high=actions.LONGEST, hint=hint)


class PeriodsForm(VersionedForm):
    individual_answers = _days("Individual answers", "From the closing of the collection")
    stories = _days("Stories", "From the closing of the collection")
    contact = _days("Contact details", "From the closing of the collection, or from when a person leaves")
    account = _days("Names, roles and accounts", "From their last role or use")
    records = _days("Receipts, imports and steps of a collection", "From when they were made")
    transient = _days("Mail, invitations, sessions and files made on request", "From when they were made")
    configuration = _days("Settings of the partnership", "From the last day of the partnership")
    ended_on = DayField(
        "Last day of the partnership (optional)",
        hint="Only where the partnership has ended. Its releases stay, with what they name.",
    )


def keeping() -> str:
    return render_template("pages/coordination/keeping.html", kept=actions.kept(work()))


def change_keeping() -> ResponseReturnValue:
    doing = work()
    row = partnership(doing)
    shown = {class_.value: str(periods_of(row.kept_days)[class_]) for class_ in SETTABLE}
    form = PeriodsForm(posted(), data={**shown, "ended_on": row.ended_on, "version": row.version})

    def change() -> None:
        days = {RetentionClass(one.value): int(form[one.value].data) for one in SETTABLE}
        actions.change_periods(doing, days, ended_on=form.ended_on.data, version=form.seen)

    if form.attempt(change):
        flash("The periods are saved. What is older is deleted within a day.")
        return redirect(url_for(".keeping"))
    page = FormPage(
        title="Change how long what is kept",
        button="Save the periods",
        back=url_for(".keeping"),
        back_text="How long we keep what",
        lead="A year is 365 days. A shorter period deletes what is older within a day, for good. Backups hold"
        " it until they expire.",
        warning=True,
    )
    return form_page(form, page)
