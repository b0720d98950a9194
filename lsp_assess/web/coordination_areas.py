"""Areas: wards, neighbourhoods, groups of them, comparators."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import areas as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Area
from lsp_assess.partnerships.areas import AreaStanding, AreaType
from lsp_assess.web.coordination_forms import AreaForm
from lsp_assess.web.form_fields import choices, choices_of
from lsp_assess.web.forms import FormPage, form_page, id_or_none, posted
from lsp_assess.web.look_alikes import flash_look_alikes
from lsp_assess.web.transactions import work

PRIORITY = "priority"


def areas() -> str:
    listed = stored.areas(work().session)
    names = {area.id: area.name for area in listed}
    return render_template("pages/coordination/areas.html", areas=listed, names=names)


def add_area() -> ResponseReturnValue:
    doing = work()
    form = AreaForm(posted(), standing=AreaStanding.OWN.value, type=AreaType.WARD.value)
    _offer(doing, form)
    if form.attempt(lambda: actions.add_area(doing, _details(form))):
        flash(f"{form.name.data} has been added.")
        flash_look_alikes(form.name.data or "", [area.name for area in stored.areas(doing.session)])
        return redirect(url_for(".areas"))
    return form_page(form, _page("Add an area", "Add the area"))


def change_area(area_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Area, area_id)
    standing = AreaStanding.COMPARATOR if row.comparator else AreaStanding.OWN
    shown = {
        "code": row.code,
        "name": row.name,
        "type": row.type.value,
        "standing": standing.value,
        "priority": [PRIORITY] if row.priority else [],
        "group": str(row.group_id or ""),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "version": row.version,
    }
    form = AreaForm(posted(), data=shown)
    _offer(doing, form)
    if form.attempt(lambda: actions.change_area(doing, area_id, _details(form), version=form.seen)):
        flash("The area is changed.")
        return redirect(url_for(".areas"))
    return form_page(form, _page(f"Change {row.name}", "Save the area"))


def _offer(doing: Work, form: AreaForm) -> None:
    groups = [
        (area.id, area.name) for area in stored.areas(doing.session) if area.type is AreaType.GROUP_OF_AREAS
    ]
    form.type.choices = choices_of("area_type", AreaType)
    form.standing.choices = choices_of("area_standing", AreaStanding)
    form.priority.choices = choices([(PRIORITY, "Yes, a priority neighbourhood")])
    form.group.choices = choices(groups, empty="None")


def _details(form: AreaForm) -> actions.AreaDetails:
    return actions.AreaDetails(
        code=form.code.data or "",
        name=form.name.data or "",
        type=AreaType(form.type.data),
        standing=AreaStanding(form.standing.data),
        priority=bool(form.priority.data),
        group_id=id_or_none(form.group.data),
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
    )


def _page(title: str, button: str) -> FormPage:
    return FormPage(title=title, button=button, back=url_for(".areas"), back_text="Areas")
