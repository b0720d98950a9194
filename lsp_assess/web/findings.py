"""The findings of a round: gathered by the facilitator, seen by partners once they rank them."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import findings as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.findings import FindingDetails, Gathered, gathered, gathered_with
from lsp_assess.assessment.consensus import FindingKind
from lsp_assess.database.models.partnerships import Round
from lsp_assess.web.findings_shown import shown_findings
from lsp_assess.web.form_fields import choices, choices_of, radios, select, text, ticks
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.languages import language
from lsp_assess.web.transactions import work

pages = Blueprint("findings", __name__, url_prefix="/p/<partnership>/findings")
LONGEST = 600


class FindingForm(VersionedForm):
    kind = radios("Kind", needed="Choose what it is")
    words = text(
        "Finding",
        needed="Enter the finding",
        hint="One sentence that everybody can rate. Name nobody in it: it is published.",
        longest=LONGEST,
    )
    criterion = select("Criterion (optional)")


class MergeForm(FindingForm):
    merged = ticks("Findings to merge", needed="Tick the findings to merge")


@pages.get("/<uuid:collection_id>")
def listing(collection_id: UUID) -> str:
    doing = work()
    held = gathered(doing, collection_id)
    return render_template(
        "pages/findings/listing.html",
        held=held,
        shown=shown_findings(doing, held),
        round=found(doing, Round, held.collection.round_id),
        gathers=allows(POLICIES["gather_findings"], doing.actor),
        coordinates=allows(POLICIES["coordinate"], doing.actor),
    )


@pages.route("/<uuid:collection_id>/new", methods=("GET", "POST"))
def add(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = gathered(doing, collection_id)
    form = FindingForm(posted())
    _offer(form, held)
    if form.attempt(lambda: actions.add_finding(doing, collection_id, _details(form))):
        flash("The finding is added.")
        return redirect(url_for(".listing", collection_id=collection_id))
    return form_page(form, _page(held, "Add a finding", "Add the finding"))


@pages.route("/finding/<uuid:finding_id>", methods=("GET", "POST"))
def change(finding_id: UUID) -> ResponseReturnValue:
    doing = work()
    held, row = gathered_with(doing, finding_id)
    shown = {"kind": row.kind.value, "words": row.words, "criterion": row.criterion or ""}
    form = FindingForm(posted(), data={**shown, "version": row.version})
    _offer(form, held)

    def act() -> None:
        actions.change_finding(doing, finding_id, _details(form), version=form.seen)

    if form.attempt_beside(act, stands=row.version):
        flash("The finding is changed.")
        return redirect(url_for(".listing", collection_id=held.collection.id))
    stands = [row.words] if form.is_stale else []
    return form_page(form, _page(held, "Change the finding", "Save the finding", stands=stands))


@pages.route("/<uuid:collection_id>/merge", methods=("GET", "POST"))
def merge(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    held = gathered(doing, collection_id)
    form = MergeForm(posted())
    _offer(form, held)
    form.merged.choices = choices((row.id, row.words) for row in held.findings)

    def act() -> None:
        actions.merge_findings(
            doing, collection_id, [UUID(one) for one in form.merged.data or ()], _details(form)
        )

    if form.attempt(act):
        flash("The findings are merged into one.")
        return redirect(url_for(".listing", collection_id=collection_id))
    lead = "Those that you tick stay on record under the new one. Taking the new one out brings them back."
    return form_page(form, _page(held, "Merge findings", "Merge them", lead=lead))


@pages.route("/finding/<uuid:finding_id>/remove", methods=("GET", "POST"))
def remove(finding_id: UUID) -> ResponseReturnValue:
    doing = work()
    held, row = gathered_with(doing, finding_id)
    form = VersionedForm(posted(), obj=row)
    if form.attempt(lambda: actions.remove_finding(doing, finding_id, version=form.seen)):
        flash("The finding is taken out.")
        return redirect(url_for(".listing", collection_id=held.collection.id))
    back = held.merged.get(finding_id, ())
    lists = {"These come back:": [one.words for one in back]} if back else {}
    page = FormPage(
        title="Take the finding out",
        button="Take it out",
        back=url_for(".listing", collection_id=held.collection.id),
        back_text="Findings",
        lead=row.words,
        lists=lists,
        warning=True,
    )
    return form_page(form, page)


def _offer(form: FindingForm, held: Gathered) -> None:
    form.kind.choices = choices_of("finding_kind", FindingKind)
    criteria = [(one.name, one.title.say(language())) for one in held.model.criteria]
    form.criterion.choices = choices(criteria, empty="None in particular")


def _details(form: FindingForm) -> FindingDetails:
    return FindingDetails(
        kind=FindingKind(form.kind.data), words=form.words.data or "", criterion=form.criterion.data or None
    )


def _page(
    held: Gathered, title: str, button: str, *, lead: str = "", stands: list[str] | None = None
) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".listing", collection_id=held.collection.id),
        back_text="Findings",
        lead=lead,
        lists={"What is stored now:": stands} if stands else {},
    )
