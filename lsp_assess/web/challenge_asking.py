"""Asking: about a part of a meeting, an action or an indicator. A flag proposes the words, and whoever asks
confirms or changes them."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from lsp_assess.actions import challenge as actions
from lsp_assess.actions.challenge import Subject
from lsp_assess.actions.editing import found
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.challenge import REPLY_WITHIN
from lsp_assess.database import challenge as stored
from lsp_assess.database.membership import organisations
from lsp_assess.database.models.outcomes import Action, Indicator
from lsp_assess.database.rounds import current_partners
from lsp_assess.kernel.messages import given, message
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.web.form_fields import DayField, choices, select, text
from lsp_assess.web.forms import Form, FormPage, form_page, id_or_none, posted
from lsp_assess.web.languages import spoken
from lsp_assess.web.loop_shown import part_titles
from lsp_assess.web.transactions import work

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is part, action or indicator; the way back leads to what is asked about."""

    kind: str
    title: str
    back: str
    back_text: str


def ask_part(collection_id: UUID, part: str) -> ResponseReturnValue:
    doing = work()
    subject = actions.about_part(doing, collection_id, part)
    title = part_titles(doing.session).get(part, part)
    back = url_for("challenge.meeting", collection_id=collection_id)
    return _ask(doing, subject, Asked("part", title, back, _("Questions of the meeting")))


def ask_action(action_id: UUID) -> ResponseReturnValue:
    doing = work()
    subject, row = actions.about_action(doing, action_id), found(doing, Action, action_id)
    back = url_for("milestones.listing", action_id=action_id)
    return _ask(doing, subject, Asked("action", row.title, back, _("The action")))


def ask_indicator(indicator_id: UUID) -> ResponseReturnValue:
    doing = work()
    subject, row = actions.about_indicator(doing, indicator_id), found(doing, Indicator, indicator_id)
    back = url_for("outcomes.indicator", indicator_id=indicator_id)
    return _ask(doing, subject, Asked("indicator", row.title, back, _("The indicator")))


def _ask(doing: Work, subject: Subject, asked: Asked) -> ResponseReturnValue:
    form = _form(doing, subject, asked)
    made: list[UUID] = []

    def act() -> None:
        question = actions.Question(
            words=form["words"].data or "",
            reply_by=form["reply_by"].data,
            lead_person_id=id_or_none(form["lead"].data) if "lead" in form else None,
            meeting_id=id_or_none(form["meeting"].data) if "meeting" in form else None,
        )
        made.append(actions.ask(doing, subject, question))

    if form.attempt(act):
        flash(_("The question is asked. Whoever leads finds it on their home page, with its date."))
        return redirect(url_for("challenge.question", challenge_id=made[0]))
    page = FormPage(
        title=_("Ask a question"),
        button=_("Ask it"),
        back=asked.back,
        back_text=asked.back_text,
        caption=asked.title,
        lead=_lead(doing, subject),
    )
    return form_page(form, page)


def _lead(doing: Work, subject: Subject) -> str:
    lines: list[str] = []
    if subject.part is None:
        owner = next((one.name for one in organisations(doing.session) if one.id == subject.lead_id), None)
        nobody = _("Nobody leads this yet: the question goes to the coordinator.")
        lines.append(_("%(owner)s leads this, and answers.", owner=owner) if owner else nobody)
    lines.append(
        _("The question and its answer are kept in the challenge log and published. Name nobody’s score.")
    )
    return "\n\n".join(lines)


def _form(doing: Work, subject: Subject, asked: Asked) -> Form:
    """A part has a person who leads it; of an action or an indicator it is known who does."""
    day = today(doing)
    fields: dict[str, object] = {
        "words": text(_("Question"), needed=_("Enter the question"), longest=LONGEST),
        "reply_by": DayField(_("Reply by"), needed=_("Enter the day")),
    }
    shown: dict[str, object] = {"reply_by": day + REPLY_WITHIN}
    if "flag" in request.args:
        shown["words"] = spoken(message(f"challenge.proposed.{asked.kind}", title=given(asked.title)))
    if subject.part is not None:
        fields["lead"] = select(
            _("Who leads this part?"), hint=_("Answers for it"), wrong=_("Choose who leads this part")
        )
        shown["lead"] = str(stored.last_lead(doing.session, subject.part) or "")
    else:
        fields["meeting"] = select(_("Asked at"))
    held = [(row, round_) for row, round_ in actions.meetings(doing)]
    shown["meeting"] = next(
        (str(row.id) for row, _round in held if row.status is CollectionStatus.IN_CONSENSUS), ""
    )
    form: Form = type("AskForm", (Form,), fields)(posted(), data=shown)
    for each in form:
        if isinstance(each, SelectField) and each.name == "lead":
            each.choices = choices(_partners(doing), empty=_("Choose"))
        elif isinstance(each, SelectField):
            at = [(row.id, _("the meeting of %(round)s", round=round_.name)) for row, round_ in held]
            each.choices = choices(at, empty=_("no meeting"))
    return form


def _partners(doing: Work) -> list[tuple[UUID, str]]:
    names: dict[UUID | None, str] = {one.id: one.name for one in organisations(doing.session)}
    return [
        (person.id, f"{person.name} ({names.get(held.organisation_id, '')})")
        for person, held in current_partners(doing.session, today(doing))
    ]
