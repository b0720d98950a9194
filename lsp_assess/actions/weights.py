"""The weights of a round's household surveys, made when it is published and kept stage by stage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.population import FITTED, categories, stated_population
from lsp_assess.actions.release_reading import Answered, Collected, Read
from lsp_assess.actions.work import Work
from lsp_assess.database import release_data
from lsp_assess.database import weights as stored
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.release_data import SampleRow
from lsp_assess.estimation import EstimationRefused
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.residents.outcomes import Disposition
from lsp_assess.residents.population import Population
from lsp_assess.residents.weights import Issued, weights_of


def weigh(work: Work, read: Read) -> Read:
    """Those of the round that is published; what was read, with what they were raked to. A survey with an
    interview of unknown chance is left as it is. Raises Invalid where the figures of the population cannot be
    met."""
    codes = {area.id: area.code for area in release_data.areas(work.session)}
    return replace(
        read,
        collections=tuple(
            _weighed(work, read, one, codes)
            if one.row.round_id == read.now.id and one.instrument.kind is Kind.HOUSEHOLD
            else one
            for one in read.collections
        ),
    )


def _weighed(work: Work, read: Read, collected: Collected, codes: Mapping[UUID, str]) -> Collected:
    sample = release_data.sample_of(work.session, [collected.row.id])
    interviews = {one.row.sample_member_id: one for one in read.answered(collected)}
    if not _are_drawn(sample, interviews):
        return collected
    row = found(work, Collection, collected.row.id)
    population = stated_population(row)
    issued = [
        _issued(one, codes, interviews.get(one.id), population)
        for one in sample
        if one.id in interviews or one.outcome != Disposition.NOT_ELIGIBLE
    ]
    try:
        stages = weights_of([one for one in issued if one is not None], population)
    except EstimationRefused as refused:
        why = refused.problems[0]
        raise Invalid(problem("population_not_met", why.place, why=why.what)) from refused
    stored.put_weights(work.session, row.id, stages)
    row.settings = {**row.settings, FITTED: None if population is None else population.as_json()}
    work.session.flush()
    work.record("weights_made", object_kind="collection", object_id=row.id, interviews=len(stages))
    return replace(collected, row=replace(collected.row, settings=row.settings))


def _are_drawn(sample: Sequence[SampleRow], interviews: Mapping[UUID | None, Answered]) -> bool:
    drawn = {one.id for one in sample if one.probability is not None and one.adults}
    return bool(interviews) and drawn.issuperset(interviews)


def _issued(
    one: SampleRow, codes: Mapping[UUID, str], interview: Answered | None, population: Population | None
) -> Issued | None:
    """None for an address of unknown chance."""
    if one.probability is None:
        return None
    told = None
    if interview is not None:
        area = codes[interview.row.area_id or one.area_id]
        told = categories(population, area=area, answers=interview.answers)
    return Issued(
        id=one.id,
        probability=one.probability,
        area=codes[one.area_id],
        panel=one.panel,
        adults=one.adults or 0,
        categories=told,
    )
