"""The partnership itself: what it consists of, its settings, its organisations."""

from decimal import Decimal
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import organisations as actions
from lsp_assess.actions import settings
from lsp_assess.actions.editing import found
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Organisation
from lsp_assess.partnerships.organisations import Sector
from lsp_assess.partnerships.roles import Matching
from lsp_assess.web.coordination_forms import (
    EndForm,
    OrganisationDetailsForm,
    OrganisationForm,
    SettingsForm,
)
from lsp_assess.web.form_fields import choices_of
from lsp_assess.web.forms import FormPage, form_page, posted
from lsp_assess.web.look_alikes import flash_look_alikes
from lsp_assess.web.transactions import work


def partnership() -> str:
    doing = work()
    today = doing.now.date()
    members = stored.members(doing.session)
    return render_template(
        "pages/coordination/partnership.html",
        partnership=settings.partnership(doing),
        organisations=stored.organisations(doing.session),
        members=[one for one in members if one.current_on(today)],
        today=today,
        areas=stored.areas(doing.session),
    )


def change_settings() -> ResponseReturnValue:
    doing = work()
    row = settings.partnership(doing)
    shown = {
        "version": row.version,
        "name": row.name,
        "matching": row.matching.value,
        "small_group": row.small_group,
        "survey_minimum": row.survey_minimum,
        "smallest_change": _points(row.smallest_change),
        "accent": row.accent,
    }
    form = SettingsForm(posted(), data=shown)
    form.matching.choices = choices_of("matching", Matching)
    if form.attempt(lambda: settings.change_settings(doing, _settings(form), version=form.seen)):
        flash("The settings are saved.")
        return redirect(url_for(".partnership"))
    fixed = (
        "People have been invited already, so what is compared from round to round can no longer change."
        if settings.matching_is_fixed(doing)
        else ""
    )
    return form_page(form, _page("Settings of the partnership", "Save the settings", lead=fixed))


def _points(share: float | None) -> Decimal | None:
    """As it was typed: 5, not 5.0."""
    return None if share is None else Decimal(f"{share * 100:.6g}")


def add_organisation() -> ResponseReturnValue:
    doing = work()
    form = OrganisationForm(posted())
    form.sector.choices = choices_of("sector", Sector)

    def add() -> None:
        actions.add_organisation(
            doing, name=form.name.data or "", sector=Sector(form.sector.data), since=form.since.data
        )

    if form.attempt(add):
        flash(f"{form.name.data} is in the partnership.")
        flash_look_alikes(form.name.data or "", [one.name for one in stored.organisations(doing.session)])
        return redirect(url_for(".partnership"))
    return form_page(form, _page("Add an organisation", "Add the organisation"))


def organisation(organisation_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Organisation, organisation_id)
    form = OrganisationDetailsForm(posted(), obj=row)
    form.sector.choices = choices_of("sector", Sector)

    def change() -> None:
        actions.change_organisation(
            doing,
            organisation_id,
            version=form.seen,
            name=form.name.data or "",
            sector=Sector(form.sector.data),
        )

    if form.attempt(change):
        flash("The organisation is changed.")
        return redirect(url_for(".organisation", organisation_id=organisation_id))
    page = render_template(
        "pages/coordination/organisation.html",
        form=form,
        organisation=row,
        members=stored.members_of(doing.session, organisation_id),
        seats=stored.seats(doing.session, organisation_id),
        today=doing.now.date(),
    )
    return page, 422 if form.summary else 200


def end_organisation(organisation_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Organisation, organisation_id)
    form = EndForm(posted(), obj=row, last_day=doing.now.date())

    def end() -> int:
        assert form.last_day.data is not None  # noqa: S101  the field is needed
        return actions.end_organisation(
            doing, organisation_id, version=form.seen, last_day=form.last_day.data
        )

    if form.attempt(end):
        flash(f"{row.name} leaves the partnership.")
        return redirect(url_for(".partnership"))
    page = FormPage(
        title=f"End the membership of {row.name}",
        button="End the membership",
        back=url_for(".organisation", organisation_id=organisation_id),
        back_text=row.name,
        lead="Everybody who is in the partnership for it leaves with it. What they answered stays.",
        warning=True,
    )
    return form_page(form, page)


def _settings(form: SettingsForm) -> settings.Settings:
    change = form.smallest_change.data
    return settings.Settings(
        name=form.name.data or "",
        matching=Matching(form.matching.data),
        small_group=int(form.small_group.data or 0),
        survey_minimum=int(form.survey_minimum.data or 0),
        smallest_change=float(change) / 100 if change is not None else None,
        accent=form.accent.data or "",
    )


def _page(title: str, button: str, *, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".partnership"),
        back_text=g.partnership.name,
        lead=lead,
    )
