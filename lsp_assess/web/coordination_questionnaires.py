"""Questionnaires: those at hand, how respondents see them, and a partnership's own."""

from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import questionnaires as actions
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.work import Work
from lsp_assess.database import rounds as stored
from lsp_assess.instruments import Instrument, Section, structure_hash
from lsp_assess.kernel.errors import Invalid, NotFound
from lsp_assess.web.coordination_file_forms import QuestionnaireForm
from lsp_assess.web.forms import posted, status_of
from lsp_assess.web.languages import language, offer
from lsp_assess.web.questions import Showing, described_points, fields
from lsp_assess.web.transactions import work
from lsp_assess.web.uploads import Fault, faults, sent

WRITTEN_HERE = "questionnaire.yaml"
FIRST_LINES = """\
name: {name}_local
version: "1.0"
extends: {{name: {name}, version: "{version}", structure: "{structure}"}}
languages: {{{languages}}}
sections:
  - name: our_own
    title: {{{source}: Our own questions}}
    items:
      - name: our_question
        type: long_text
        text: {{{source}: What else should we know?}}
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire in the list; `held` once it has been issued to the partnership."""

    hash: str
    instrument: Instrument
    held: bool
    shipped: bool


def questionnaires() -> str:
    return render_template("pages/coordination/questionnaires.html", listed=_listed(work()))


def questionnaire(hash_: str) -> ResponseReturnValue:
    first = actions.viewed(work(), hash_).sections[0]
    return redirect(url_for(".questionnaire_section", hash_=hash_, section=first.name))


def questionnaire_section(hash_: str, section: str) -> str:
    """A section as respondents see it, in any of the questionnaire's languages; nothing is saved."""
    instrument = actions.viewed(work(), hash_)
    shown = instrument.section(section)
    if shown is None:
        raise NotFound
    spoken = _language(instrument)
    offer([spoken])
    return render_template(
        "pages/coordination/questionnaire.html",
        hash_=hash_,
        instrument=instrument,
        section=shown,
        following=_following(instrument, shown),
        spoken=spoken,
        fields=list(fields(instrument, shown, Showing())),
        points=described_points(shown),
    )


def questionnaire_file(hash_: str) -> Response:
    """The questionnaire's own text, to begin another with."""
    doing = work()
    instrument = actions.viewed(doing, hash_)
    name = f"{instrument.name}-{instrument.version}.yaml"
    answer = Response(actions.source_of(doing, hash_), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def add_questionnaire() -> ResponseReturnValue:
    doing = work()
    form = QuestionnaireForm(posted(), written=_first_lines(doing))
    listed: list[Fault] = []
    if request.method == "POST" and form.validate():
        given = sent(form.file.data) or Upload(WRITTEN_HERE, (form.written.data or "").encode())
        try:
            hash_ = actions.add_questionnaire(doing, given)
        except Invalid as refused:
            listed = faults(refused.problems)
            form.written.data = _mendable(given) or form.written.data
        else:
            flash("The questionnaire has no errors and can be added to a round.")
            return redirect(url_for(".questionnaire", hash_=hash_))
    page = render_template("pages/coordination/add_questionnaire.html", form=form, faults=listed)
    return page, 422 if listed else status_of(form)


def _listed(doing: Work) -> list[Listed]:
    """By title, the partnership's own among the shipped."""
    held = [row.content_hash for row in stored.instrument_rows(doing.session)]
    found = [
        Listed(hash_, actions.viewed(doing, hash_), hash_ in held, hash_ in actions.shipped())
        for hash_ in dict.fromkeys((*held, *actions.shipped()))
    ]
    return sorted(found, key=lambda one: (one.instrument.title.say(language()), one.instrument.version))


def _first_lines(doing: Work) -> str:
    """What local questions added to another questionnaire begin with."""
    hash_ = request.args.get("extends")
    if not hash_:
        return ""
    base = actions.viewed(doing, hash_)
    return FIRST_LINES.format(
        name=base.name,
        version=base.version,
        structure=structure_hash(base),
        source=base.source_language,
        languages=", ".join(
            f"{each.code}: {'reviewed' if each.code == base.source_language else 'incomplete'}"
            for each in base.languages
        ),
    )


def _mendable(given: Upload) -> str:
    """What was sent, to be mended on the page; a file that is no text, or is very long, is not."""
    try:
        read = given.text()
    except Invalid:
        return ""
    printable = read.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()
    return read if printable and len(read) < 500_000 else ""


def _language(instrument: Instrument) -> str:
    codes = [each.code for each in instrument.languages]
    asked = request.args.get("in", language())
    return asked if asked in codes else instrument.source_language


def _following(instrument: Instrument, shown: Section) -> Section | None:
    place = instrument.sections.index(shown) + 1
    return instrument.sections[place] if place < len(instrument.sections) else None
