"""Indicator, response and sample files: sent, previewed, confirmed or dropped."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import held_files as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.held_files import FileKind, IndicatorFile, ResponseFile, SampleFile, SentFile
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.sample_imports import SampleImport
from lsp_assess.database.import_runs import import_runs
from lsp_assess.database.models.outcomes import ImportRun
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound
from lsp_assess.web.coordination_file_forms import IndicatorFileForm, ResponseFileForm, SampleFileForm
from lsp_assess.web.forms import Form, posted, status_of
from lsp_assess.web.import_account import account_of, kept_lines
from lsp_assess.web.transactions import work
from lsp_assess.web.uploads import Fault, faults, sent


def files() -> str:
    return render_template("pages/coordination/files.html", runs=import_runs(work().session))


def file_taken(run_id: UUID) -> str:
    run = found(work(), ImportRun, run_id)
    return render_template(
        "pages/coordination/file_taken.html",
        run=run,
        lines=kept_lines(run.reconciliation),
        notes=len(run.reconciliation.get("notes", ())),
    )


def add_indicators() -> ResponseReturnValue:
    form = IndicatorFileForm(posted())

    def read() -> SentFile:
        return IndicatorFile(file=_needed(form.file.data), mapping=_needed(form.mapping.data))

    return _take(form, FileKind.INDICATORS, read, back=url_for(".files"))


def add_responses() -> ResponseReturnValue:
    form = ResponseFileForm(posted())

    def read() -> SentFile:
        return ResponseFile(
            file=_needed(form.file.data),
            mapping=_needed(form.mapping.data),
            questionnaire=sent(form.questionnaire.data),
        )

    return _take(form, FileKind.RESPONSES, read, back=url_for(".files"))


def add_sample(collection_id: UUID) -> ResponseReturnValue:
    found(work(), Collection, collection_id)
    form = SampleFileForm(posted())

    def read() -> SentFile:
        return SampleFile(file=_needed(form.file.data), collection_id=collection_id)

    return _take(form, FileKind.SAMPLE, read, back=url_for(".sample", collection_id=collection_id))


def preview_file(held_id: UUID) -> ResponseReturnValue:
    """Read again each time: between preview and confirmation the records may change, and then it says so."""
    doing = work()
    kind = actions.kind_of(doing, held_id)
    try:
        previewed = actions.preview(doing, held_id)
    except (Invalid, Conflict) as refused:
        listed = faults(refused.problems)
        return render_template("pages/coordination/preview_refused.html", held_id=held_id, faults=listed)
    return render_template(
        "pages/coordination/preview_file.html",
        held_id=held_id,
        kind=kind,
        account=account_of(previewed),
        fingerprint=previewed.fingerprint,
    )


def confirm_file(held_id: UUID) -> ResponseReturnValue:
    doing = work()
    done = actions.confirm(doing, held_id, previewed=request.form.get("fingerprint", ""))
    account = account_of(done)
    flash(f"{account.file} has been taken in.")
    if isinstance(done, SampleImport):
        return redirect(url_for(".sample", collection_id=done.collection_id))
    if done.run_id is None:
        return redirect(url_for(".files"))
    return redirect(url_for(".file_taken", run_id=done.run_id))


def drop_file(held_id: UUID) -> ResponseReturnValue:
    actions.drop(work(), held_id)
    flash("The file was not taken in. Nothing has been written.")
    return redirect(url_for(".files"))


def _take(form: Form, kind: FileKind, read: Callable[[], SentFile], *, back: str) -> ResponseReturnValue:
    """Preview and hold the file; every fault of it stands in a table, and nothing is kept."""
    listed: list[Fault] = []
    if request.method == "POST" and form.validate():
        try:
            held_id = actions.hold(work(), read())
        except (Invalid, Conflict) as refused:
            listed = faults(refused.problems)
        else:
            return redirect(url_for(".preview_file", held_id=held_id))
    page = render_template("pages/coordination/add_file.html", form=form, kind=kind, faults=listed, back=back)
    return page, 422 if listed else status_of(form)


def _needed(given: object) -> Upload:
    file = sent(given)
    if file is None:
        raise NotFound  # the form has asked for it
    return file
