"""A partner's own questionnaire: task list, one section a page, check, send, receipt."""

from uuid import UUID, uuid4

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.answering import Saved, Sheet, reopen, save_section, submit
from lsp_assess.actions.partner_answers import own_sheet
from lsp_assess.database.models.responses import ResponseStatus
from lsp_assess.instruments import Section
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound
from lsp_assess.web.conflicts import conflict_page
from lsp_assess.web.forms_posted import posted_uuid
from lsp_assess.web.languages import language
from lsp_assess.web.progress import next_section, summary, tasks_of
from lsp_assess.web.questions import Showing, described_points, fields, routing_answers
from lsp_assess.web.transactions import work

pages = Blueprint(
    "answering", __name__, url_prefix="/p/<partnership>/answer/<uuid:collection_id>/<int:number>"
)


@pages.get("/")
def tasks(collection_id: UUID, number: int) -> str:
    sheet = own_sheet(work(), collection_id=collection_id, number=number)
    listed = tasks_of(sheet, language())
    return render_template(
        "pages/answering/tasks.html",
        sheet=sheet,
        title=_words(sheet.instrument.title),
        tasks=listed,
        done=sum(task.state == "done" for task in listed),
        information=_words(sheet.instrument.information_sheet),
        privacy=_words(sheet.instrument.privacy_notice),
        sent=sheet.response is not None and sheet.response.status is ResponseStatus.SUBMITTED,
    )


@pages.get("/section/<section>")
def section(collection_id: UUID, number: int, section: str) -> str:
    sheet = own_sheet(work(), collection_id=collection_id, number=number)
    return _section_page(sheet, _section(sheet, section), Showing(language(), sheet.answers))


@pages.post("/section/<section>")
def save(collection_id: UUID, number: int, section: str) -> ResponseReturnValue:
    doing = work()
    sheet = own_sheet(doing, collection_id=collection_id, number=number)
    found = _section(sheet, section)
    form = request.form.to_dict(flat=False)
    try:
        saved = save_section(doing, sheet, found, form, base=request.form.get("base", ""))
    except Conflict as conflict:
        return conflict_page(
            sheet,
            found,
            conflict,
            keep_stored=url_for(".section", collection_id=collection_id, number=number, section=section),
            leave=url_for(".tasks", collection_id=collection_id, number=number),
        )
    if request.headers.get("X-Autosave"):
        return {"base": saved.sheet.base(found), "problems": len(saved.problems)}
    if saved.problems:
        doing.session.commit()  # what could be taken stays, whatever becomes of the rest
        showing = Showing(language(), saved.sheet.answers, saved.problems, form)
        return _section_page(saved.sheet, found, showing), 422
    return redirect(_after(sheet, saved, found))


@pages.get("/check")
def check(collection_id: UUID, number: int) -> str:
    return _check_page(own_sheet(work(), collection_id=collection_id, number=number))


@pages.post("/send")
def send(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    sheet = own_sheet(doing, collection_id=collection_id, number=number)
    try:
        sent = submit(doing, sheet, sending_id=posted_uuid("sending_id"))
    except Invalid as refused:
        return _check_page(sheet, refused), 422
    return redirect(url_for(".receipt", collection_id=collection_id, number=number, id=sent.receipt_id))


@pages.get("/receipt")
def receipt(collection_id: UUID, number: int) -> str:
    sheet = own_sheet(work(), collection_id=collection_id, number=number)
    if sheet.response is None or sheet.response.submitted_at is None:
        raise NotFound
    return render_template("pages/answering/receipt.html", sheet=sheet, receipt_id=request.args.get("id", ""))


@pages.post("/reopen")
def open_again(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    reopen(doing, own_sheet(doing, collection_id=collection_id, number=number))
    return redirect(url_for(".tasks", collection_id=collection_id, number=number))


def _section_page(sheet: Sheet, section: Section, showing: Showing) -> str:
    return render_template(
        "pages/answering/section.html",
        sheet=sheet,
        section=section,
        title=_words(section.title),
        intro=_words(section.intro),
        fields=list(fields(sheet.instrument, section, showing)),
        points=described_points(section, language()),
        problems=showing.problems,
        elsewhere=routing_answers(sheet.answers, section),
        base=sheet.base(section),
        place=sheet.instrument.sections.index(section) + 1,
    )


def _check_page(sheet: Sheet, refused: Invalid | None = None) -> str:
    parts = summary(sheet, language())
    return render_template(
        "pages/answering/check.html",
        sheet=sheet,
        sections=parts,
        questions=[line for part in parts for line in part.lines],
        problems=refused.problems if refused else (),
        sending_id=uuid4(),
    )


def _section(sheet: Sheet, name: str) -> Section:
    found = sheet.instrument.section(name)
    if found is None:
        raise NotFound
    return found


def _after(sheet: Sheet, saved: Saved, section: Section) -> str:
    """The next section that is asked; the same one again when answers there opened more questions."""
    collection_id, number = sheet.collection.id, sheet.number
    if request.form.get("then") == "tasks":
        return url_for(".tasks", collection_id=collection_id, number=number)
    following = next_section(saved.sheet, section)
    if following is None:
        return url_for(".check", collection_id=collection_id, number=number)
    return url_for(".section", collection_id=collection_id, number=number, section=following.name)


def _words(text: Text | None) -> str:
    """A text of the questionnaire, with the partnership's name where it asks for it."""
    return text.say(language()).replace("{partnership}", g.partnership.name) if text else ""
