"""The paper twin of a questionnaire: printed, and keyed back for a partner who prefers paper."""

from uuid import UUID, uuid4

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.editing import found
from lsp_assess.actions.keying_partners import PaperForm, key_partner_form, paper_form
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.kernel.errors import Conflict, Invalid, KeptConflict, NotFound, Problem
from lsp_assess.rendering.paper import render_paper
from lsp_assess.web.base_url import base_url
from lsp_assess.web.formatting import explained
from lsp_assess.web.forms_posted import posted_uuid
from lsp_assess.web.keyed import keyed_answers, keyed_sections
from lsp_assess.web.questionnaire_words import told
from lsp_assess.web.result_files import attachment
from lsp_assess.web.transactions import work

PDF = "application/pdf"
AGREED = "agreed"


def paper(collection_id: UUID, tongue: str) -> Response:
    """The form to print, in one of the collection's languages."""
    doing = work()
    row = found(doing, Collection, collection_id)
    if tongue not in row.languages:
        raise NotFound
    instrument = instrument_of(doing.session, row.instrument_hash)
    printed = render_paper(instrument, partnership=g.partnership.name, language=tongue)
    return attachment(printed, PDF, f"{instrument.name}-{instrument.version}-{tongue}.pdf")


def key_form(collection_id: UUID, participant_id: UUID) -> ResponseReturnValue:
    doing = work()
    form = paper_form(doing, collection_id=collection_id, participant_id=participant_id)
    if request.method != "POST":
        return _page(form, entered={}, problems=())
    entered = request.form.to_dict()
    answers, problems = keyed_answers(form.instrument, request.form)
    try:
        if problems:
            raise Invalid(*problems)
        key_partner_form(
            doing,
            form,
            answers=answers,
            agreed=entered.get(AGREED) == "yes",
            sending_id=posted_uuid("sending_id"),
            base_url=base_url(),
        )
    except KeptConflict:
        raise
    except (Invalid, Conflict) as refused:
        page = _page(form, entered=entered, problems=tuple(refused.problems))
        return page, 409 if isinstance(refused, Conflict) else 422
    flash(f"The paper form of {form.person.name} is saved.")
    return redirect(url_for(".collection", collection_id=collection_id))


def _page(form: PaperForm, *, entered: dict[str, str], problems: tuple[Problem, ...]) -> str:
    sections = keyed_sections(form.instrument, entered=entered, problems=problems)
    refused = next((one for one in problems if one.place.question == AGREED), None)
    return render_template(
        "pages/coordination/key_form.html",
        form=form,
        title=told(form.instrument.title),
        sections=sections,
        questions=[question for section in sections for question in section.questions],
        problems=problems,
        agreed=entered.get(AGREED) == "yes",
        not_agreed=None if refused is None else explained(refused),
        sending_id=entered.get("sending_id") or uuid4(),
    )
