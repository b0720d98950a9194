"""A save that would have overwritten something: both sides, so that nothing typed is lost."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lsp_assess.actions.answering import Sheet
from lsp_assess.instruments import Section, parse_section
from lsp_assess.kernel.errors import Conflict
from lsp_assess.web.autosave import saves_by_itself
from lsp_assess.web.languages import spoken
from lsp_assess.web.progress import differences
from lsp_assess.web.transactions import clock

OF_THE_PAGE = frozenset({"csrf_token", "base", "then"})


def conflict_page(
    sheet: Sheet, section: Section, conflict: Conflict, *, keep_stored: str, leave: str
) -> ResponseReturnValue:
    """`keep_stored` is where to go to drop what was entered, `leave` where to go when nothing can be
    changed any more."""
    if saves_by_itself():
        told = conflict.problems[0]
        return {"conflict": told.code, "message": f"{spoken(told.what)} {spoken(told.remedy)}"}, 409
    sent = {
        name: values for name, values in request.form.to_dict(flat=False).items() if name not in OF_THE_PAGE
    }
    today = clock().now().date()
    entered = parse_section(sheet.instrument, section, sent, today=today, draft=sheet.answers).answers
    page = render_template(
        "pages/answering/conflict.html",
        problem=conflict.problems[0],
        differences=differences(sheet, section, entered),
        sent=[(name, value) for name, values in sent.items() for value in values],
        base=sheet.base(section),
        can_change=sheet.can_change,
        keep_stored=keep_stored,
        leave=leave,
    )
    return page, 409
