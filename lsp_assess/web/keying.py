"""Keying a pile of paper forms: one page a form, no mouse, «save and next form»."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import keying
from lsp_assess.database.instruments import instrument_of
from lsp_assess.kernel.errors import Conflict, Invalid, KeptConflict, Problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.forms_posted import posted_line, posted_uuid
from lsp_assess.web.keyed import keyed_answers, keyed_sections
from lsp_assess.web.languages import spoken
from lsp_assess.web.questionnaire_words import told
from lsp_assess.web.transactions import clock, work

pages = Blueprint("keying", __name__, url_prefix="/p/<partnership>/keying")

LONGEST_NAME = 40


@pages.get("/")
def piles() -> str:
    doing = work()
    found = [(each, instrument_of(doing.session, each.instrument_hash)) for each in keying.piles(doing)]
    return render_template("pages/residents/piles.html", piles=found, today=clock().now().date())


@pages.get("/<uuid:collection_id>")
def form(collection_id: UUID) -> str:
    return _form_page(collection_id, entered={}, problems=())


@pages.post("/<uuid:collection_id>")
def enter(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    collection = keying.pile(doing, collection_id)
    instrument = instrument_of(doing.session, collection.instrument_hash)
    entered = request.form.to_dict()
    answers, problems = keyed_answers(instrument, request.form, but=("serial",))
    serial, unfit = _serial()
    try:
        if unfit or problems:
            raise Invalid(*unfit, *problems)
        keyed = keying.key_form(
            doing,
            collection_id=collection_id,
            serial=serial,
            batch=_batch(),
            answers=answers,
            sending_id=posted_uuid("sending_id"),
        )
    except KeptConflict:
        raise
    except (Invalid, Conflict) as refused:
        page = _form_page(collection_id, entered=entered, problems=tuple(refused.problems))
        return page, 409 if isinstance(refused, Conflict) else 422
    flash(spoken(message("form_keyed_flagged" if keyed.flagged else "form_keyed", serial=serial)))
    return redirect(url_for(".form", collection_id=collection_id, batch=_batch()))


def _form_page(collection_id: UUID, *, entered: dict[str, str], problems: tuple[Problem, ...]) -> str:
    doing = work()
    collection = keying.pile(doing, collection_id)
    instrument = instrument_of(doing.session, collection.instrument_hash)
    sections = keyed_sections(instrument, entered=entered, problems=problems)
    return render_template(
        "pages/residents/keying.html",
        collection=collection,
        title=told(instrument.title),
        sections=sections,
        questions=[question for section in sections for question in section.questions],
        problems=problems,
        serial=entered.get("serial", ""),
        batch=_batch(),
        totals=keying.totals(doing, collection_id=collection_id, batch=_batch()),
        sending_id=entered.get("sending_id") or uuid4(),
    )


def _serial() -> tuple[str, tuple[Problem, ...]]:
    try:
        return posted_line("serial", longest=LONGEST_NAME), ()
    except Invalid as refused:
        return "", tuple(refused.problems)


def _batch() -> str:
    """The name of the pile, which each page hands on to the next; the day's, unless it has one."""
    given = request.values.get("batch", "").strip()[:LONGEST_NAME]
    return given or say_value(clock().now(), "day", "en")
