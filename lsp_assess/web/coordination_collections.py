"""One questionnaire of a round: its life, and who has and has not answered (never what)."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import asking
from lsp_assess.actions import rounds as actions
from lsp_assess.actions.assigning_parts import asked_of_few
from lsp_assess.actions.editing import found
from lsp_assess.actions.work import Work
from lsp_assess.database import rounds as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.instruments import portions
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import NotFound
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.rounds import CollectionEvent, events_possible
from lsp_assess.rendering.wording import say
from lsp_assess.web.base_url import base_url
from lsp_assess.web.coordination_round_forms import DeadlineForm, ReasonForm
from lsp_assess.web.forms import Form, FormPage, form_page, posted, spoken
from lsp_assess.web.languages import language
from lsp_assess.web.round_progress import Card, card
from lsp_assess.web.transactions import work


def collection(collection_id: UUID) -> str:
    doing = work()
    row = found(doing, Collection, collection_id)
    asked = {one.participant.person_id for one in stored.invited(doing.session, collection_id)}
    partners = stored.current_partners(doing.session, doing.now.date())
    return render_template(
        "pages/coordination/collection.html",
        card=_card(doing, row),
        round=found(doing, Round, row.round_id),
        steps=events_possible(row.status),
        invited=stored.invited(doing.session, collection_id),
        uninvited=[person for person, _ in partners if person.id not in asked],
        events=stored.events(doing.session, collection_id),
        portions=_portions(doing, row),
        few=[one.title.say(language()) for one in asked_of_few(doing, row)],
    )


def move(collection_id: UUID, event: str) -> ResponseReturnValue:
    """Asked once more before each step; going back asks for the reason."""
    doing = work()
    row = found(doing, Collection, collection_id)
    step = _event(event)
    form = ReasonForm(posted()) if step is CollectionEvent.REOPEN else Form(posted())

    def go() -> None:
        reason = form.reason.data or "" if isinstance(form, ReasonForm) else ""
        actions.move_collection(doing, collection_id, step, reason=reason)

    if form.attempt(go):
        status = say(message(f"collection_status.{row.status.value}"), language())
        flash(f"{_card(doing, row).title}: {status.lower()}.")
        return redirect(url_for(".collection", collection_id=collection_id))
    title = _card(doing, row).title
    page = FormPage(
        title=say(message(f"collection_event.{step.value}"), language()),
        button=say(message(f"step_button.{step.value}"), language()),
        back=url_for(".collection", collection_id=collection_id),
        back_text=title,
        caption=title,
        lead=say(message(f"step_means.{step.value}"), language()),
        warning=step is CollectionEvent.REOPEN,
    )
    return form_page(form, page)


def deadline(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Collection, collection_id)
    zone = ZoneInfo(g.partnership.time_zone)
    shown = row.closes_at.astimezone(zone).date() if row.closes_at else None
    form = DeadlineForm(posted(), obj=row, closes_on=shown)

    def change() -> None:
        assert form.closes_on.data is not None  # noqa: S101  the field is needed
        actions.set_deadline(doing, collection_id, version=form.seen, closes_on=form.closes_on.data)

    if form.attempt(change):
        flash("The closing date is changed.")
        return redirect(url_for(".collection", collection_id=collection_id))
    title = _card(doing, row).title
    page = FormPage(
        title="Closing date",
        button="Save the closing date",
        back=url_for(".collection", collection_id=collection_id),
        back_text=title,
        caption=title,
        lead="Answers are asked for by 23:59 on that day. The questionnaire closes when you close it.",
    )
    return form_page(form, page)


def invite(collection_id: UUID) -> ResponseReturnValue:
    """All partners, or the persons that the form names."""
    doing = work()
    mailed = asking.invite_partners(doing, collection_id, base_url=base_url(), only=_named("person") or None)
    _tell(mailed, "invited")
    return redirect(url_for(".collection", collection_id=collection_id))


def remind(collection_id: UUID) -> ResponseReturnValue:
    """All who have not answered, or the participants that the form names."""
    doing = work()
    mailed = asking.remind(doing, collection_id, base_url=base_url(), only=_named("participant") or None)
    _tell(mailed, "reminded")
    return redirect(url_for(".collection", collection_id=collection_id))


def _portions(doing: Work, row: Collection) -> int:
    """Into how many parts the questionnaire can be divided; none where people are not asked parts of it."""
    instrument = instrument_of(doing.session, row.instrument_hash)
    return len(list(portions(instrument))) if instrument.kind is Kind.SELF_ASSESSMENT else 0


def _tell(mailed: asking.Mailed, code: str) -> None:
    flash(say(message(f"mailed.{code}", n=mailed.sent), language()))
    for each in mailed.left_out:
        flash(spoken(each))


def _card(doing: Work, row: Collection) -> Card:
    counts = stored.counts(doing.session, row.id)
    return card(doing.session, row, counts, today=doing.now, language=language())


def _event(given: str) -> CollectionEvent:
    try:
        return CollectionEvent(given)
    except ValueError:
        raise NotFound from None


def _named(field: str) -> list[UUID]:
    try:
        return [UUID(given) for given in request.form.getlist(field)]
    except ValueError:
        raise NotFound from None
