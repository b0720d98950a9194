"""People of the partnership: in a role, from–to, in a seat that they may hand over."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import members as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.seats import set_seat as set_seat_of
from lsp_assess.actions.welcome import tell_how_to_sign_in
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.membership import Member
from lsp_assess.database.models.partnerships import Person
from lsp_assess.kernel.errors import NotFound
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.base_url import base_url
from lsp_assess.web.coordination_forms import (
    EndForm,
    HandOverForm,
    MemberForm,
    PersonForm,
    ResearcherAreasForm,
    SeatForm,
)
from lsp_assess.web.form_fields import choices, choices_of
from lsp_assess.web.forms import FormPage, form_page, id_or_none, posted
from lsp_assess.web.look_alikes import flash_look_alikes
from lsp_assess.web.transactions import work

SAME, APART = "same", "apart"


def members() -> str:
    doing = work()
    today = doing.now.date()
    every = stored.members(doing.session)
    return render_template(
        "pages/coordination/members.html",
        now=[one for one in every if one.current_on(today)],
        later=[one for one in every if one.membership.valid_from > today],
        before=[one for one in every if one.membership.valid_to and one.membership.valid_to < today],
    )


def add_member() -> ResponseReturnValue:
    doing = work()
    today = doing.now.date()
    form = MemberForm(posted(), since=today, organisation=request.args.get("organisation", ""))
    form.role.choices = choices_of("role", actions.GIVEN_BY_COORDINATORS)
    organisations = [(one.id, one.name) for one in stored.organisations_on(doing.session, today)]
    form.organisation.choices = choices(organisations, empty="None")
    form.areas.choices = choices(_own_areas(doing))

    def add() -> None:
        membership_id = actions.add_member(doing, _new(form))
        tell_how_to_sign_in(doing, membership_id, base_url=base_url())

    if form.attempt(add):
        how = (
            "Invite them to a questionnaire of a round."
            if form.role.data == Role.PARTNER
            else "They are told by e-mail how to sign in."
        )
        flash(f"{form.name.data} has been added. {how}")
        flash_look_alikes(form.name.data or "", {one.person.name for one in stored.members(doing.session)})
        return redirect(url_for(".members"))
    return form_page(form, _page("Add a person", "Add the person"))


def member(membership_id: UUID) -> str:
    doing = work()
    one = _member(doing, membership_id)
    worked_in = stored.areas_of(doing.session, membership_id)
    return render_template(
        "pages/coordination/member.html",
        member=one,
        others=[
            each
            for each in stored.members(doing.session)
            if each.person.id == one.person.id and each.membership.id != membership_id
        ],
        areas=[area for area in stored.areas(doing.session) if area.id in worked_in],
        follows=_followed(doing, one),
        today=doing.now.date(),
    )


def change_person(membership_id: UUID) -> ResponseReturnValue:
    doing = work()
    one = _member(doing, membership_id)
    person = found(doing, Person, one.person.id)
    form = PersonForm(posted(), obj=person, email=one.contact.email if one.contact else "")

    def change() -> None:
        actions.change_person(
            doing, person.id, version=form.seen, name=form.name.data or "", email=form.email.data or ""
        )

    if form.attempt(change):
        flash("The person’s details are changed.")
        return redirect(url_for(".member", membership_id=membership_id))
    return form_page(form, _page(f"Change the details of {person.name}", "Save", of=one))


def end_membership(membership_id: UUID) -> ResponseReturnValue:
    doing = work()
    one = _member(doing, membership_id)
    form = EndForm(posted(), obj=one.membership, last_day=doing.now.date())

    def end() -> None:
        actions.end_membership(doing, membership_id, version=form.seen, last_day=_day(form.last_day.data))

    if form.attempt(end):
        flash(f"The membership of {one.person.name} ends.")
        return redirect(url_for(".members"))
    page = _page(f"End the membership of {one.person.name}", "End the membership", of=one, warning=True)
    return form_page(form, page)


def hand_over(membership_id: UUID) -> ResponseReturnValue:
    doing = work()
    one = _member(doing, membership_id)
    if one.seat is None:
        raise NotFound
    form = HandOverForm(posted(), version=one.membership.version)
    form.same_respondent.choices = choices(
        [
            (SAME, f"Those of {one.person.name}: the two count as one respondent"),
            (APART, f"Their own only: {one.person.name} leaves, and the successor joins"),
        ]
    )

    def succeed() -> None:
        joined = actions.hand_over(
            doing,
            membership_id,
            version=form.seen,
            name=form.name.data or "",
            email=form.email.data or "",
            first_day=_day(form.first_day.data),
            same_respondent=form.same_respondent.data == SAME,
        )
        tell_how_to_sign_in(doing, joined, base_url=base_url())

    if form.attempt(succeed):
        flash(f"{form.name.data} succeeds {one.person.name} as {one.seat.title}.")
        return redirect(url_for(".members"))
    lead = f"{one.person.name} leaves the seat the day before."
    page = _page(f"Hand over the seat “{one.seat.title}”", "Record the successor", of=one, lead=lead)
    return form_page(form, page)


def set_seat(membership_id: UUID) -> ResponseReturnValue:
    doing = work()
    one = _member(doing, membership_id)
    form = SeatForm(posted(), version=one.membership.version)

    def give() -> None:
        set_seat_of(doing, membership_id, version=form.seen, seat=form.seat.data or "")

    if form.attempt(give):
        flash(f"{one.person.name} fills the seat “{form.seat.data}”.")
        return redirect(url_for(".member", membership_id=membership_id))
    return form_page(form, _page(f"Seat of {one.person.name}", "Save the seat", of=one))


def researcher_areas(membership_id: UUID) -> ResponseReturnValue:
    doing = work()
    one = _member(doing, membership_id)
    if one.membership.role is not Role.RESEARCHER:
        raise NotFound
    held = [str(area_id) for area_id in stored.areas_of(doing.session, membership_id)]
    form = ResearcherAreasForm(posted(), areas=held)
    form.areas.choices = choices(_own_areas(doing))

    def change() -> None:
        chosen = [UUID(area_id) for area_id in form.areas.data or ()]
        actions.set_researcher_areas(doing, membership_id, areas=chosen)

    if form.attempt(change):
        flash("The researcher’s areas are changed.")
        return redirect(url_for(".member", membership_id=membership_id))
    return form_page(form, _page(f"Areas of {one.person.name}", "Save the areas", of=one))


def _followed(doing: Work, one: Member) -> Member | None:
    """Whom the member follows in the seat, where that was stated."""
    if one.membership.same_respondent is None:
        return None
    return stored.predecessor(doing.session, one.membership)


def _new(form: MemberForm) -> actions.NewMember:
    return actions.NewMember(
        name=form.name.data or "",
        email=form.email.data or "",
        role=Role(form.role.data),
        since=_day(form.since.data),
        organisation_id=id_or_none(form.organisation.data),
        seat=form.seat.data or "",
        areas=[UUID(area_id) for area_id in form.areas.data or ()],
    )


def _member(doing: Work, membership_id: UUID) -> Member:
    one = stored.member(doing.session, membership_id)
    if one is None:
        raise NotFound
    return one


def _own_areas(doing: Work) -> list[tuple[object, str]]:
    return [
        (area.id, area.name)
        for area in stored.areas(doing.session)
        if not area.comparator and area.type is not AreaType.GROUP_OF_AREAS
    ]


def _day(given: date | None) -> date:
    assert given is not None  # noqa: S101  the field is needed
    return given


def _page(
    title: str, button: str, *, of: Member | None = None, lead: str = "", warning: bool = False
) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".member", membership_id=of.membership.id) if of else url_for(".members"),
        back_text=of.person.name if of else "People",
        lead=lead,
        warning=warning,
    )
