"""A community researcher's households: on the doorstep, one thumb, two taps for what happens most."""

import re
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import fieldwork
from lsp_assess.actions.answering import Sheet, save_section
from lsp_assess.actions.fieldwork import OpenCase
from lsp_assess.actions.work import Work
from lsp_assess.instruments import Section
from lsp_assess.instruments.items import AnyItem
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.kernel.messages import message
from lsp_assess.residents.visits import TRANSITIONS, TWO_TAPS, CaseStatus, VisitOutcome
from lsp_assess.web.autosave import saved as told_of_save
from lsp_assess.web.autosave import saves_by_itself
from lsp_assess.web.conflicts import conflict_page
from lsp_assess.web.formatting import explained
from lsp_assess.web.forms_posted import posted_line, posted_number, posted_uuid
from lsp_assess.web.languages import spoken
from lsp_assess.web.progress import Line, next_section, summary, unput
from lsp_assess.web.questionnaire_words import in_its_languages, told, tongues, unreviewed
from lsp_assess.web.questions import Showing, fields, routing_answers, with_rows
from lsp_assess.web.selection import person_selected, selection_of
from lsp_assess.web.transactions import work

pages = Blueprint("residents", __name__, url_prefix="/p/<partnership>/households")

ORDER = (CaseStatus.BROKEN_OFF, CaseStatus.UNWORKED, CaseStatus.IN_HAND, CaseStatus.FINISHED)
LONGEST_NOTE = 500
INTERVIEWED = frozenset({VisitOutcome.COMPLETE, VisitOutcome.PARTIAL, VisitOutcome.BREAK_OFF})


@pages.context_processor
def languages() -> dict[str, object]:
    return {"tongues": tongues, "unreviewed": unreviewed}


@pages.get("/")
def households() -> str:
    cases = sorted(fieldwork.assigned(work()), key=_on_the_way)
    return render_template(
        "pages/residents/households.html",
        groups=[(status, [case for case in cases if case.status is status]) for status in ORDER],
        done=sum(case.status is CaseStatus.FINISHED for case in cases),
        of=len(cases),
        closes=min((c.case.collection.closes_at for c in cases if c.case.collection.closes_at), default=None),
    )


def _on_the_way(case: OpenCase) -> tuple[str, str, int, str]:
    """By area, then street by street, the house numbers rising."""
    address = case.case.address.address if case.case.address else case.case.household.reference
    number = re.match("[0-9]{1,9}", address)
    street = address[number.end() :].strip() if number else address
    return case.case.area.name, street.casefold(), int(number[0]) if number else 0, address


@pages.get("/<uuid:member_id>")
def household(member_id: UUID) -> str:
    return _household_page(fieldwork.open_case(work(), member_id))


@pages.post("/<uuid:member_id>/visit")
def visit(member_id: UUID) -> ResponseReturnValue:
    doing = work()
    case = fieldwork.held_case(doing, member_id)
    outcome = next((o for o in VisitOutcome if request.form.getlist("outcome") == [o.value]), None)
    if outcome is None or outcome in INTERVIEWED:
        return _household_page(case, Invalid(problem("outcome_missing", Place(question="outcome")))), 422
    try:
        fieldwork.record_visit(doing, case, outcome, note=posted_line("note", longest=LONGEST_NOTE))
    except Invalid as refused:
        return _household_page(case, refused), 422
    flash(
        spoken(
            message(
                "visit_recorded",
                household=case.case.household.reference,
                outcome=message(f"visit_outcome.{outcome.value}"),
            )
        )
    )
    return redirect(url_for(".households"))


@pages.post("/<uuid:member_id>/begin")
def begin(member_id: UUID) -> ResponseReturnValue:
    doing = work()
    case = fieldwork.held_case(doing, member_id)
    try:
        fieldwork.begin_interview(doing, case, adults=posted_number("adults"))
    except Invalid as refused:
        return _household_page(case, refused), 422
    sheet = _sheet(doing, case)
    return redirect(_section_url(member_id, sheet.instrument.sections[0]))


@pages.get("/<uuid:member_id>/interview/<section>")
def interview(member_id: UUID, section: str) -> str:
    doing = work()
    case = fieldwork.open_case(doing, member_id)
    sheet = _sheet(doing, case)
    return _interview_page(case, sheet, _section(sheet, section), Showing(sheet.answers))


@pages.post("/<uuid:member_id>/interview/<section>")
def save(member_id: UUID, section: str) -> ResponseReturnValue:
    doing = work()
    case = fieldwork.held_case(doing, member_id)
    sheet = _sheet(doing, case)
    found = _section(sheet, section)
    form = request.form.to_dict(flat=False)
    try:
        saved = save_section(doing, sheet, found, form, base=request.form.get("base", ""))
    except Conflict as conflict:
        again = _section_url(member_id, found)
        return conflict_page(sheet, found, conflict, keep_stored=again, leave=url_for(".households"))
    if saved.problems:
        doing.session.commit()  # what could be taken stays, whatever becomes of the rest
    if saves_by_itself():
        return told_of_save(saved.sheet.base(found), saved.problems)
    if saved.problems:
        showing = Showing(saved.sheet.answers, saved.problems, form)
        return _interview_page(case, saved.sheet, found, showing), 422
    if request.form.get("then") == "break_off":
        fieldwork.record_interview(doing, case, VisitOutcome.BREAK_OFF)
        flash(spoken(message("interview_broken_off", household=case.case.household.reference)))
        return redirect(url_for(".households"))
    following = next_section(saved.sheet, found)
    if following is None:
        return redirect(url_for(".check", member_id=member_id))
    return redirect(_section_url(member_id, following, unput(saved.sheet, found)))


@pages.get("/<uuid:member_id>/check")
def check(member_id: UUID) -> str:
    doing = work()
    case = fieldwork.open_case(doing, member_id)
    return _check_page(case, _sheet(doing, case))


@pages.post("/<uuid:member_id>/finish")
def finish(member_id: UUID) -> ResponseReturnValue:
    doing = work()
    case = fieldwork.held_case(doing, member_id)
    try:
        fieldwork.finish_interview(doing, case, sending_id=posted_uuid("sending_id"))
    except Invalid as refused:
        return _check_page(case, _sheet(doing, case), refused), 422
    flash(spoken(message("interview_finished", household=case.case.household.reference)))
    return redirect(url_for(".households"))


def _sheet(doing: Work, case: OpenCase) -> Sheet:
    return in_its_languages(fieldwork.interview_sheet(doing, case))


def _household_page(case: OpenCase, refused: Invalid | None = None) -> str:
    possible = [o for o in VisitOutcome if (case.status, o) in TRANSITIONS and o not in INTERVIEWED]
    return render_template(
        "pages/residents/household.html",
        case=case,
        selection=selection_of(work().session, case),
        taps=[outcome for outcome in TWO_TAPS if outcome in possible],
        others=[outcome for outcome in possible if outcome not in TWO_TAPS],
        problems=refused.problems if refused else (),
        errors={each.place.question: {"text": explained(each)} for each in refused.problems}
        if refused
        else {},
        open=case.status is not CaseStatus.FINISHED,
        entered=request.form,
    )


def _interview_page(case: OpenCase, sheet: Sheet, section: Section, showing: Showing) -> str:
    shown = list(fields(sheet.instrument, section, showing))
    first = section is sheet.instrument.sections[0]
    return render_template(
        "pages/residents/interview.html",
        case=case,
        sheet=sheet,
        section=section,
        title=told(section.title),
        person=person_selected(work().session, case) if first else None,
        information=told(sheet.instrument.information_sheet) if first else "",
        privacy=told(sheet.instrument.privacy_notice) if first else "",
        intro=told(section.intro),
        fields=shown,
        questions=with_rows(shown),
        problems=showing.problems,
        elsewhere=routing_answers(sheet.instrument, sheet.answers, section),
        base=sheet.base(section),
        place=sheet.instrument.sections.index(section) + 1,
    )


def _check_page(case: OpenCase, sheet: Sheet, refused: Invalid | None = None) -> str:
    parts = summary(sheet)
    return render_template(
        "pages/residents/check.html",
        case=case,
        sections=parts,
        questions=[line for part in parts for line in part.lines],
        links={line.name: _question_url(case, part.name, line) for part in parts for line in part.lines},
        problems=refused.problems if refused else (),
        sending_id=uuid4(),
    )


def _question_url(case: OpenCase, section: str, line: Line) -> str:
    return url_for(".interview", member_id=case.member.id, section=section, _anchor=f"question-{line.item}")


def _section(sheet: Sheet, name: str) -> Section:
    found = sheet.instrument.section(name)
    if found is None:
        raise NotFound
    return found


def _section_url(member_id: UUID, section: Section, opened: AnyItem | None = None) -> str:
    """`opened`: an item there that an answer given there has opened."""
    anchor = f"question-{opened.name}" if opened else None
    return url_for(".interview", member_id=member_id, section=section.name, _anchor=anchor)
