"""A partner's own questionnaire: task list, one section a page, check, send, receipt."""

from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.answering import Saved, Sheet, reopen, save_section, submit
from lsp_assess.actions.handing_on import mine_to_hand_on
from lsp_assess.actions.kept_answers import keep_late, kept
from lsp_assess.actions.last_time import last_time
from lsp_assess.actions.partner_answers import held_sheet, keyed_by, own_sheet
from lsp_assess.actions.work import Work
from lsp_assess.instruments import Section
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound
from lsp_assess.web.autosave import saved as told_of_save
from lsp_assess.web.autosave import saves_by_itself
from lsp_assess.web.conflicts import conflict_page
from lsp_assess.web.evidence_beside import evidence_beside
from lsp_assess.web.forms_posted import posted_uuid
from lsp_assess.web.progress import Line, in_lines, in_words, next_section, summary, tasks_of, unput
from lsp_assess.web.questionnaire_words import in_its_languages, told, tongues, unreviewed
from lsp_assess.web.questions import Showing, described_points, fields, routing_answers, with_rows
from lsp_assess.web.transactions import work

pages = Blueprint(
    "answering", __name__, url_prefix="/p/<partnership>/answer/<uuid:collection_id>/<int:number>"
)


@pages.context_processor
def languages() -> dict[str, object]:
    return {"tongues": tongues, "unreviewed": unreviewed}


@pages.get("/")
def tasks(collection_id: UUID, number: int) -> str:
    doing = work()
    sheet = _sheet(doing, collection_id, number)
    listed = tasks_of(sheet)
    return render_template(
        "pages/answering/tasks.html",
        sheet=sheet,
        title=told(sheet.instrument.title),
        tasks=listed,
        done=sum(task.state == "done" for task in listed),
        answered=() if sheet.editable else summary(sheet),
        keyed_by=keyed_by(doing, sheet),
        kept=in_lines(sheet, kept(doing, sheet)),
        can_hand_on=_can_hand_on(doing, sheet),
        information=told(sheet.instrument.information_sheet),
        privacy=told(sheet.instrument.privacy_notice),
    )


@pages.get("/section/<section>")
def section(collection_id: UUID, number: int, section: str) -> ResponseReturnValue:
    doing = work()
    sheet = _sheet(doing, collection_id, number)
    if not sheet.editable:
        return redirect(url_for(".tasks", collection_id=collection_id, number=number))
    return _section_page(doing, sheet, _section(sheet, section), Showing(sheet.answers))


@pages.post("/section/<section>")
def save(collection_id: UUID, number: int, section: str) -> ResponseReturnValue:
    doing = work()
    sheet = _held(doing, collection_id, number)
    found = _section(sheet, section)
    form = request.form.to_dict(flat=False)
    try:
        saved = save_section(doing, sheet, found, form, base=request.form.get("base", ""))
    except Conflict as conflict:
        if not sheet.can_change:
            keep_late(doing, sheet, found, form)
            doing.session.commit()
        return conflict_page(
            sheet,
            found,
            conflict,
            keep_stored=url_for(".section", collection_id=collection_id, number=number, section=section),
            leave=url_for(".tasks", collection_id=collection_id, number=number),
        )
    if saved.problems:
        doing.session.commit()  # what could be taken stays, whatever becomes of the rest
    if saves_by_itself():
        return told_of_save(saved.sheet.base(found), saved.problems)
    if saved.problems:
        showing = Showing(saved.sheet.answers, saved.problems, form)
        return _section_page(doing, saved.sheet, found, showing), 422
    return redirect(_after(sheet, saved, found))


@pages.get("/check")
def check(collection_id: UUID, number: int) -> ResponseReturnValue:
    sheet = _sheet(work(), collection_id, number)
    if not sheet.editable:
        return redirect(url_for(".tasks", collection_id=collection_id, number=number))
    return _check_page(sheet)


@pages.post("/send")
def send(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    sheet = _held(doing, collection_id, number)
    try:
        sent = submit(doing, sheet, sending_id=posted_uuid("sending_id"))
    except Invalid as refused:
        return _check_page(sheet, refused), 422
    return redirect(url_for(".receipt", collection_id=collection_id, number=number, id=sent.receipt_id))


@pages.get("/receipt")
def receipt(collection_id: UUID, number: int) -> str:
    sheet = _sheet(work(), collection_id, number)
    if sheet.response is None or sheet.response.submitted_at is None:
        raise NotFound
    return render_template("pages/answering/receipt.html", sheet=sheet, receipt_id=request.args.get("id", ""))


@pages.post("/reopen")
def open_again(collection_id: UUID, number: int) -> ResponseReturnValue:
    doing = work()
    reopen(doing, _held(doing, collection_id, number))
    return redirect(url_for(".tasks", collection_id=collection_id, number=number))


def _can_hand_on(doing: Work, sheet: Sheet) -> bool:
    if sheet.instrument.kind is not Kind.SELF_ASSESSMENT or not sheet.editable:
        return False
    return mine_to_hand_on(doing, sheet.collection.id).can_be_handed_on


def _sheet(doing: Work, collection_id: UUID, number: int) -> Sheet:
    return in_its_languages(own_sheet(doing, collection_id=collection_id, number=number))


def _held(doing: Work, collection_id: UUID, number: int) -> Sheet:
    return in_its_languages(held_sheet(doing, collection_id=collection_id, number=number))


def _section_page(doing: Work, sheet: Sheet, section: Section, showing: Showing) -> str:
    shown = list(fields(sheet.instrument, section, showing))
    return render_template(
        "pages/answering/section.html",
        sheet=sheet,
        section=section,
        title=told(section.title),
        intro=told(section.intro),
        fields=shown,
        questions=with_rows(shown),
        points=described_points(section),
        problems=showing.problems,
        elsewhere=routing_answers(sheet.instrument, sheet.answers, section),
        base=sheet.base(section),
        place=sheet.instrument.sections.index(section) + 1,
        last_time=last_time(doing, sheet, section),
        evidence=evidence_beside(doing, sheet, section),
        in_words=in_words,
        told=told,
    )


def _check_page(sheet: Sheet, refused: Invalid | None = None) -> str:
    parts = summary(sheet)
    return render_template(
        "pages/answering/check.html",
        sheet=sheet,
        sections=parts,
        questions=[line for part in parts for line in part.lines],
        links={line.name: _question_url(sheet, part.name, line) for part in parts for line in part.lines},
        problems=refused.problems if refused else (),
        sending_id=uuid4(),
    )


def _question_url(sheet: Sheet, section: str, line: Line) -> str:
    return url_for(
        ".section",
        collection_id=sheet.collection.id,
        number=sheet.number,
        section=section,
        _anchor=f"question-{line.item}",
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
    opened = unput(saved.sheet, section)
    return url_for(
        ".section",
        collection_id=collection_id,
        number=number,
        section=following.name,
        _anchor=f"question-{opened.name}" if opened else None,
    )
