"""The page on which a facilitator clears, for the room, what people wrote under a criterion."""

from typing import cast
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from lsp_assess.actions.meeting import held_meeting
from lsp_assess.actions.remarks import CLEARING, Remarks, clear, remarks
from lsp_assess.kernel.errors import Conflict
from lsp_assess.web.form_fields import text
from lsp_assess.web.forms import VersionedForm, posted, status_of
from lsp_assess.web.languages import language
from lsp_assess.web.transactions import work


def words(collection_id: UUID, criterion: str) -> ResponseReturnValue:
    """Where somebody else cleared them meanwhile, the page comes back with what was typed beside what the
    room sees."""
    doing = work()
    found = remarks(doing, collection_id, criterion)
    form = _form(found)
    kept = {field.name: field.data or "" for field in form if isinstance(field, TextAreaField)}
    try:
        if form.attempt(lambda: clear(doing, collection_id, criterion, kept, version=form.seen)):
            flash("The room can see what you left.")
            return redirect(url_for(".words", collection_id=collection_id, criterion=criterion))
    except Conflict as refused:
        return _page(remarks(doing, collection_id, criterion), form, collection_id, refused), 409
    return _page(found, form, collection_id), status_of(form)


def _form(found: Remarks) -> VersionedForm:
    """A field for each remark, with what the room sees of it, or all that was written."""
    fields = {each.key: text(f"Remark {n}") for n, each in enumerate(found.remarks, start=1)}
    made = cast("type[VersionedForm]", type("ClearForm", (VersionedForm,), fields))
    held = {each.key: each.written if each.cleared is None else each.cleared for each in found.remarks}
    return made(posted(), data={**held, "version": found.version})


def _page(found: Remarks, form: VersionedForm, collection_id: UUID, conflict: Conflict | None = None) -> str:
    held = held_meeting(work(), collection_id)
    criterion = next(one for one in held.parts.values() if one.name == found.criterion)
    return render_template(
        "pages/meeting/words.html",
        held=held,
        criterion=criterion.title.say(language()),
        remarks=found,
        form=form,
        may_clear=held.collection.status in CLEARING,
        conflict=conflict.problems[0] if conflict else None,
    )
