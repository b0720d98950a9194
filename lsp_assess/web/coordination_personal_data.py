"""Requests of people about what is held of them: shown, withdrawn, erased. Of a partner the coordinator sees
kinds and numbers of records only."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import personal_data as actions
from lsp_assess.actions.editing import found
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.residents import Household
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.retention import RetentionClass
from lsp_assess.rendering.wording import say
from lsp_assess.web.form_fields import choices, line, radios, ticks
from lsp_assess.web.forms import Form, FormPage, form_page, posted, status_of
from lsp_assess.web.languages import language
from lsp_assess.web.own_data import attachment
from lsp_assess.web.transactions import work

SURE = "sure"
FIGURES_STAY = "the figures of releases, which are about groups and say nothing of anybody"
EVIDENCE_STAYS = "evidence that the person added: it is the partnership’s, and no page says who added it"
STAYS = (
    "the audit record, whose references then lead to nobody",
    "backups, until they expire",
)


class HouseholdForm(Form):
    reference = line(
        "Number of the household",
        needed="Enter the number of the household",
        hint="As it is printed on the letter and the form",
    )


class SureForm(Form):
    sure = ticks("This cannot be undone", needed="Tick the box if you are sure")


class WithdrawForm(Form):
    collection = radios("Which answers are taken out?", needed="Choose which answers are taken out")


def personal_data() -> ResponseReturnValue:
    """A search: its address may be kept, and nothing is written."""
    form = HouseholdForm(request.args if "reference" in request.args else None)
    if "reference" in request.args and form.validate():
        try:
            found_id = actions.household_numbered(work(), form.reference.data or "")
        except Invalid as refused:
            form.refuse(refused)
        else:
            return redirect(url_for(".household_data", household_id=found_id))
    return render_template("pages/coordination/personal_data.html", form=form), status_of(form)


def person_data(membership_id: UUID) -> str:
    doing = work()
    person = _person(membership_id)
    held = actions.held_about(doing, person.id)
    return render_template(
        "pages/coordination/person_data.html",
        person=person,
        membership_id=membership_id,
        kinds=held.kinds,
        answered=[_name(one) for one in held.answered],
    )


def withdraw_person(membership_id: UUID) -> ResponseReturnValue:
    doing, person = work(), _person(membership_id)
    form = WithdrawForm(posted())
    answered = actions.held_about(doing, person.id).answered
    form.collection.choices = choices([(one.collection.id, _name(one)) for one in answered])

    def withdraw() -> None:
        actions.withdraw_answers_of(doing, person.id, collection_id=UUID(form.collection.data))

    if form.attempt(withdraw):
        flash("The answers have been taken out.")
        return redirect(url_for(".person_data", membership_id=membership_id))
    return form_page(
        form,
        FormPage(
            title=f"Take out answers of {person.name}",
            button="Take the answers out",
            back=url_for(".person_data", membership_id=membership_id),
            back_text=person.name,
            lead="They are deleted, and no later release or report holds them. A story goes from old releases"
            " too; their figures are about groups and stay. This cannot be undone.",
            warning=True,
        ),
    )


def erase_person(membership_id: UUID) -> ResponseReturnValue:
    doing, person = work(), _person(membership_id)
    form = _sure()
    if form.attempt(lambda: actions.erase_person(doing, person.id)):
        flash("The person has been erased.")  # a message stands in the session, too: it names nobody
        return redirect(url_for(".members"))
    held = actions.held_about(doing, person.id).kinds
    goes = (*_spoken(held), "the sign-in, unless another partnership knows it")
    return form_page(
        form,
        FormPage(
            title=f"Erase {person.name}",
            button="Erase everything",
            back=url_for(".person_data", membership_id=membership_id),
            back_text=person.name,
            lists={
                "What goes:": goes,
                "What stays:": (f"{FIGURES_STAY}; words of stories go from them", EVIDENCE_STAYS, *STAYS),
            },
            warning=True,
        ),
    )


def household_data(household_id: UUID) -> str:
    doing = work()
    return render_template(
        "pages/coordination/household_data.html",
        household=found(doing, Household, household_id),
        held=actions.held_about_household(doing, household_id),
    )


def household_file(household_id: UUID) -> Response:
    doing = work()
    household = found(doing, Household, household_id)
    held = actions.everything_about_household(doing, household_id)
    heading = f"What {g.partnership.name} holds about household {household.reference}"
    return attachment(held, heading=heading, name=f"household-{household.reference}.zip", at=doing.now)


def withdraw_household(household_id: UUID) -> ResponseReturnValue:
    doing = work()
    household = found(doing, Household, household_id)
    form = _sure()
    if form.attempt(lambda: actions.withdraw_answers_of_household(doing, household_id)):
        flash("The answers have been taken out.")
        return redirect(url_for(".household_data", household_id=household_id))
    lead = (
        "They are deleted, and no later release or report holds them. The household counts as a refusal from"
        " now on. The figures of old releases are about groups and stay."
    )
    title = f"Take out the answers of household {household.reference}"
    return form_page(form, _page(household, title, "Take the answers out", lead))


def erase_household(household_id: UUID) -> ResponseReturnValue:
    doing = work()
    household = found(doing, Household, household_id)
    form = _sure()
    if form.attempt(lambda: actions.erase_household(doing, household_id)):
        flash("The household has been erased.")
        return redirect(url_for(".personal_data"))
    goes = _spoken(actions.held_about_household(doing, household_id).kinds)
    lists = {"What goes:": goes, "What stays:": (FIGURES_STAY, *STAYS)}
    title = f"Erase household {household.reference}"
    return form_page(form, _page(household, title, "Erase everything", lists=lists))


def _page(
    household: Household,
    title: str,
    button: str,
    lead: str = "",
    *,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".household_data", household_id=household.id),
        back_text=f"Household {household.reference}",
        lead=lead,
        lists=lists or {},
        warning=True,
    )


def _sure() -> SureForm:
    form = SureForm(posted())
    form.sure.choices = choices([(SURE, "I am sure")])
    return form


def _person(membership_id: UUID) -> Person:
    return found(work(), Person, found(work(), Membership, membership_id).person_id)


def _name(answered: actions.Answered) -> str:
    return f"{answered.instrument.title.say(language())} ({answered.round.name})"


def _spoken(kinds: Mapping[str, int]) -> tuple[str, ...]:
    """Of what can go: records of a release stay, without words of stories."""
    return tuple(
        f"{say(message(f'retention.{kind}'), language()).lower()} ({n})"
        for kind, n in kinds.items()
        if kind != RetentionClass.PUBLISHED
    )
