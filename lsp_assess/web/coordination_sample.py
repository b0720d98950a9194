"""The sample of a household survey: addresses in, households to researchers, how far fieldwork is."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import assigning
from lsp_assess.actions.editing import found
from lsp_assess.actions.population import stated_population
from lsp_assess.actions.work import Work
from lsp_assess.database import rounds as rounds_stored
from lsp_assess.database import sample_progress as stored
from lsp_assess.database.models.partnerships import Area, Collection, Round
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import NotFound
from lsp_assess.residents.outcomes import AAPOR_CODES, response_rates
from lsp_assess.web.coordination_round_forms import AssignForm
from lsp_assess.web.form_fields import choices
from lsp_assess.web.forms import id_or_none, posted
from lsp_assess.web.languages import language
from lsp_assess.web.round_progress import card
from lsp_assess.web.transactions import work

TAKE_BACK = ""


def sample(collection_id: UUID) -> str:
    doing = work()
    row = _household_collection(doing, collection_id)
    counts = rounds_stored.counts(doing.session, collection_id)
    return render_template(
        "pages/coordination/sample.html",
        card=card(doing.session, row, counts, today=doing.now, language=language()),
        round=found(doing, Round, row.round_id),
        areas=stored.by_area(doing.session, collection_id),
        researchers=stored.researchers(doing.session, collection_id, on=doing.now.date()),
        rates=response_rates(stored.dispositions(doing.session, collection_id)),
        codes=AAPOR_CODES,
        population=stated_population(row),
    )


def sample_area(collection_id: UUID, area_id: UUID) -> ResponseReturnValue:
    """The households of an area: ticked ones, or all that nobody works, go to a researcher."""
    doing = work()
    _household_collection(doing, collection_id)
    area = found(doing, Area, area_id)
    households = stored.sampled(doing.session, collection_id, area_id=area_id)
    people = stored.researchers(doing.session, collection_id, on=doing.now.date())
    form = AssignForm(posted())
    allowed = [(one.id, one.name) for one in people if area_id in one.areas]
    form.researcher.choices = choices(allowed, empty="Nobody (take them back)")

    def assign() -> None:
        researcher_id = id_or_none(form.researcher.data)
        if request.form.get("which") == "free" and researcher_id is not None:
            dealt = assigning.assign_area(doing, collection_id, area_id=area_id, researcher_id=researcher_id)
        else:
            dealt = assigning.assign_households(
                doing, collection_id, member_ids=_ticked(), researcher_id=researcher_id
            )
        flash(f"Households assigned: {dealt.assigned}.")

    if form.attempt(assign):
        return redirect(url_for(".sample_area", collection_id=collection_id, area_id=area_id))
    page = render_template(
        "pages/coordination/sample_area.html",
        form=form,
        area=area,
        collection_id=collection_id,
        households=households,
        names={one.id: one.name for one in people},
        allowed=allowed,
        ticked=request.form.getlist("household"),
    )
    return page, 422 if form.summary else 200


def assign_evenly(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    _household_collection(doing, collection_id)
    dealt = assigning.assign_evenly(doing, collection_id)
    flash(f"Households assigned: {dealt.assigned}.")
    if dealt.areas_without:
        names = ", ".join(found(doing, Area, area_id).name for area_id in dealt.areas_without)
        flash(f"No researcher may work in: {names}. Their households wait.")
    return redirect(url_for(".sample", collection_id=collection_id))


def _household_collection(doing: Work, collection_id: UUID) -> Collection:
    row = found(doing, Collection, collection_id)
    instrument = rounds_stored.instrument_row(doing.session, row.instrument_hash)
    if instrument is None or instrument.kind != Kind.HOUSEHOLD:
        raise NotFound
    return row


def _ticked() -> list[UUID]:
    try:
        return [UUID(given) for given in request.form.getlist("household")]
    except ValueError:
        raise NotFound from None
