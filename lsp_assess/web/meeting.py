"""The facilitator's pages for the room: the agenda, part after part, and what is agreed on each."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, SelectMultipleField

from lsp_assess.actions import agreeing, rounds
from lsp_assess.actions import meeting as actions
from lsp_assess.actions.meeting import Meeting
from lsp_assess.actions.meeting_evidence import evidence_for_the_room
from lsp_assess.actions.remarks import remarks
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.database.challenge import parts_asked_about
from lsp_assess.database.rounds import current_partners
from lsp_assess.kernel.errors import Conflict, NotFound
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.rounds import CollectionEvent
from lsp_assess.web import meeting_minutes, meeting_remarks
from lsp_assess.web.evidence_shown import evidence_choices, shown_items
from lsp_assess.web.form_fields import choices
from lsp_assess.web.forms import Form, FormPage, form_page, id_or_none, posted, status_of
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.meeting_forms import DISSENTS, AgreeForm
from lsp_assess.web.meeting_second import as_step, shown_second
from lsp_assess.web.meeting_shown import shown_meeting, shown_part, shown_step
from lsp_assess.web.transactions import work
from lsp_assess.web.who import current_account_id

pages = Blueprint("meeting", __name__, url_prefix="/p/<partnership>/meeting")
STEPS = (CollectionEvent.BEGIN_CONSENSUS, CollectionEvent.FINALISE)
NAMED = "yes"


@pages.get("/")
def listing() -> str:
    held = list(actions.meetings(work()))
    return render_template("pages/meeting/listing.html", held=held)


@pages.get("/<uuid:collection_id>")
def agenda(collection_id: UUID) -> str:
    doing = work()
    found = actions.meeting(doing, collection_id)
    return render_template(
        "pages/meeting/agenda.html",
        meeting=found,
        shown=shown_meeting(found),
        asked=parts_asked_about(doing.session, collection_id),
    )


@pages.route("/<uuid:collection_id>/parts/<part>", methods=("GET", "POST"))
def part(collection_id: UUID, part: str) -> ResponseReturnValue:
    """Where somebody else wrote meanwhile, the page comes back with what was typed beside what stands."""
    doing = work()
    found = actions.meeting(doing, collection_id)
    form = _form(doing, found, part)

    def act() -> None:
        agreeing.agree(doing, collection_id, _agreement(form, part), version=form.seen)

    try:
        agreed = form.attempt(act)
    except Conflict as conflict:
        return _part_page(actions.meeting(doing, collection_id), part, form, conflict), 409
    if agreed:
        flash(f"Agreed on {found.held.question(part).text.say(language())}: {form.score.data}.")
        return redirect(url_for(".part", collection_id=collection_id, part=part))
    return _part_page(found, part, form), status_of(form)


@pages.post("/<uuid:collection_id>/parts/<part>/take-back")
def take_back(collection_id: UUID, part: str) -> ResponseReturnValue:
    doing = work()
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1
    agreeing.take_back(doing, collection_id, part, version=version)
    flash("Taken back: what was agreed before stands again. The record keeps both.")
    return redirect(url_for(".part", collection_id=collection_id, part=part))


pages.add_url_rule("/<uuid:collection_id>/minutes", "minutes", meeting_minutes.minutes)
pages.add_url_rule(
    "/<uuid:collection_id>/words/<criterion>", "words", meeting_remarks.words, methods=("GET", "POST")
)


@pages.route("/<uuid:collection_id>/step/<event>", methods=("GET", "POST"))
def move(collection_id: UUID, event: str) -> ResponseReturnValue:
    """Begin the meeting, or close it; asked once more before each."""
    doing = work()
    held = actions.held_meeting(doing, collection_id)
    step = next((one for one in STEPS if one.value == event), None)
    if step is None:
        raise NotFound
    form = Form(posted())
    if form.attempt(lambda: rounds.move_collection(doing, collection_id, step)):
        flash(spoken(message(f"meeting_moved.{event}")))
        return redirect(url_for(".agenda", collection_id=collection_id))
    page = FormPage(
        title=spoken(message(f"collection_event.{event}")),
        button=spoken(message(f"step_button.{event}")),
        back=url_for(".listing"),
        back_text="Meetings",
        caption=f"{held.round.name}: {held.instrument.title.say(language())}",
        lead=spoken(message(f"meeting_step_means.{event}")),
    )
    return form_page(form, page)


def _form(doing: Work, found: Meeting, part: str) -> AgreeForm:
    """Filled in with what stands."""
    scale = found.held.question(part).scale
    ids = {person.name: str(person.id) for person, _ in current_partners(doing.session, today(doing))}
    form = AgreeForm(posted(), data=_held(found, part, ids))
    labels = {point.value: f"{point.value} – {point.label.say(language())}" for point in scale.points}
    form.score.choices = choices(
        [(value, labels.get(value, str(value))) for value in scale.values], empty="Choose a score"
    )
    signers = choices(((id_, name) for name, id_ in ids.items()), empty="Nobody is named")
    for each in form:
        if isinstance(each, SelectMultipleField):
            each.choices = choices([(NAMED, "The person has agreed, here, to be named")])
        elif isinstance(each, SelectField) and each is not form.score:
            each.choices = signers
    form.evidence.choices = evidence_choices(evidence_for_the_room(doing, found.held, part))
    return form


def _held(found: Meeting, part: str, ids: Mapping[str, str]) -> dict[str, object]:
    held: dict[str, object] = {f"by_{place}": "" for place in DISSENTS}
    held["version"] = len(found.record.get(part, ()))
    standing = found.agreed(part)
    if standing is None:
        return held
    held |= {"score": str(standing.score), "rationale": standing.rationale}
    held["evidence"] = [str(one.item_id) for one in standing.evidence]
    for place, dissent in zip(DISSENTS, standing.dissents, strict=False):
        held[f"dissent_{place}"] = dissent.words
        if dissent.by is not None and dissent.by in ids:
            held |= {f"by_{place}": ids[dissent.by], f"named_{place}": [NAMED]}
    return held


def _agreement(form: AgreeForm, part: str) -> agreeing.Agreement:
    return agreeing.Agreement(
        part=part,
        score=int(form.score.data),
        rationale=form.rationale.data or "",
        evidence=tuple(UUID(one) for one in form.evidence.data or ()),
        dissents=tuple(
            agreeing.Dissenting(
                form[f"dissent_{place}"].data or "",
                id_or_none(form[f"by_{place}"].data),
                NAMED in (form[f"named_{place}"].data or ()),
            )
            for place in DISSENTS
        ),
    )


def _part_page(found: Meeting, part: str, form: AgreeForm, conflict: Conflict | None = None) -> str:
    record, second = found.record.get(part, ()), shown_second(work(), found, part)
    criterion = found.held.parts[part].name
    return render_template(
        "pages/meeting/part.html",
        meeting=found,
        remarks=remarks(work(), found.held.collection.id, criterion),
        shown=shown_part(found, part),
        evidence=shown_items(evidence_for_the_room(work(), found.held, part), {}),
        second=second,
        record=[shown_step(step) for step in reversed(record)],
        scored_again=as_step(second) if second and second.is_revealed else None,
        version=len(record),
        form=form,
        kept=f"{current_account_id()}/{found.held.collection.id}/{part}",
        dissents=[[form[f"{name}_{place}"] for name in ("dissent", "by", "named")] for place in DISSENTS],
        conflict=conflict.problems[0] if conflict else None,
    )
