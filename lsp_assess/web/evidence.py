"""The register of evidence: partners add to it, whoever runs the meeting keeps it in order."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lsp_assess.actions import evidence as actions
from lsp_assess.actions import evidence_keeping as keeping
from lsp_assess.actions.evidence import Held
from lsp_assess.assessment.evidence import Audience, is_link
from lsp_assess.kernel.errors import Conflict, NotFound, problem
from lsp_assess.web.evidence_forms import (
    DetailsForm,
    NewEvidenceForm,
    WithdrawalForm,
    keep_telling_of_the_file,
    offer,
)
from lsp_assess.web.evidence_shown import shown_item, shown_items
from lsp_assess.web.forms import FormPage, form_page, posted
from lsp_assess.web.result_files import attachment
from lsp_assess.web.transactions import work
from lsp_assess.web.uploads import sent

pages = Blueprint("evidence", __name__, url_prefix="/p/<partnership>/evidence")


@pages.get("/")
def listing() -> str:
    doing = work()
    held, parts = actions.register(doing), actions.known_parts(doing)
    return render_template(
        "pages/evidence/listing.html",
        latest=held.latest,
        items=shown_items(held.items, parts),
        withdrawn=shown_items(held.withdrawn, parts),
    )


@pages.get("/<uuid:evidence_id>")
def item(evidence_id: UUID) -> str:
    doing = work()
    held = actions.item(doing, evidence_id)
    shown = shown_item(held, actions.known_parts(doing))
    return render_template(
        "pages/evidence/item.html", held=held, item=shown, leads=is_link(held.row.link or "")
    )


@pages.get("/<uuid:evidence_id>/file")
def file(evidence_id: UUID) -> Response:
    """One query for the bytes, and only here."""
    found = actions.file_of(work(), evidence_id)
    return attachment(found.content, found.media_type, found.name)


@pages.route("/new", methods=("GET", "POST"))
def add() -> ResponseReturnValue:
    """`?part=` is where somebody came from who is scoring."""
    doing = work()
    parts, asked = actions.known_parts(doing), request.args.get("part", "")
    form = NewEvidenceForm(
        posted(), data={"audience": Audience.PARTNERS.value, "parts": [asked] if asked in parts else []}
    )
    offer(form, parts)
    made: list[UUID] = []
    if form.attempt(lambda: made.append(keeping.add_evidence(doing, _details(form), _content(form)))):
        flash(_("The evidence is on the register, beside the parts that it serves."))
        return redirect(url_for(".item", evidence_id=made[0]))
    keep_telling_of_the_file(form)
    lead = _("Nobody sees that it came from you.")
    return form_page(form, _page(_("Add evidence"), _("Add the evidence"), lead=lead))


@pages.route("/<uuid:evidence_id>/change", methods=("GET", "POST"))
def change(evidence_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = _held_to_change(actions.item(doing, evidence_id))
    row = held.row
    form = DetailsForm(posted(), obj=row)
    offer(form, actions.known_parts(doing), had=row.parts)

    def act() -> None:
        keeping.change_evidence(doing, evidence_id, _details(form), version=form.seen)

    if form.attempt_beside(act, stands=row.version):
        flash(_("The evidence is changed."))
        return redirect(url_for(".item", evidence_id=evidence_id))
    lead = _("Its words, link and file stay as they are. For others, add a new item and withdraw this one.")
    stands = [row.title] if form.is_stale else ()
    page = _page(_("Change the evidence"), _("Save the evidence"), of=held, lead=lead, stands=stands)
    return form_page(form, page)


@pages.route("/<uuid:evidence_id>/withdraw", methods=("GET", "POST"))
def withdraw(evidence_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = _held_to_change(actions.item(doing, evidence_id))
    form = WithdrawalForm(posted(), data={"version": held.row.version})

    def act() -> None:
        keeping.withdraw_evidence(doing, evidence_id, form.reason.data or "", version=form.seen)

    if form.attempt_beside(act, stands=held.row.version):
        flash(_("The evidence is withdrawn."))
        return redirect(url_for(".listing"))
    lead = _(
        "Its words, link and file are deleted and do not come back. Its title and your reason stay on the"
        " register, and its title in the record of meetings that relied on it."
    )
    title = _("Withdraw “%(title)s”", title=held.row.title)
    stands = [held.row.title] if form.is_stale else ()
    return form_page(form, _page(title, _("Withdraw it"), of=held, lead=lead, stands=stands, warning=True))


def _held_to_change(held: Held) -> Held:
    """Raises NotFound to those who may not, Conflict where there is nothing left to change."""
    if held.row.withdrawn_at is not None:
        raise Conflict(problem("evidence_is_withdrawn"))
    if not held.may_change:
        raise NotFound
    return held


def _details(form: DetailsForm) -> keeping.EvidenceDetails:
    return keeping.EvidenceDetails(
        title=form.title.data or "",
        parts=tuple(form.parts.data or ()),
        effective_on=form.effective_on.data,
        expires_on=form.expires_on.data,
        audience=Audience(form.audience.data),
    )


def _content(form: NewEvidenceForm) -> keeping.EvidenceContent:
    return keeping.EvidenceContent(words=form.words.data, link=form.link.data, file=sent(form.file.data))


def _page(
    title: str,
    button: str,
    *,
    of: Held | None = None,
    lead: str = "",
    stands: Sequence[str] = (),
    warning: bool = False,
) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".item", evidence_id=of.row.id) if of else url_for(".listing"),
        back_text=of.row.title if of else _("Evidence"),
        lead=lead,
        lists={_("What is stored now:"): stands} if stands else {},
        warning=warning,
    )
