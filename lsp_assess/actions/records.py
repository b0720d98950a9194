"""Handing the records of the resident survey over for research: published rounds only, under an agreement
in force, and written down."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.editing import found
from lsp_assess.actions.population import categories, fitted_to
from lsp_assess.actions.release_askings import askings_of, surveys_of
from lsp_assess.actions.release_reading import Collected
from lsp_assess.actions.work import Work
from lsp_assess.database import records as stored
from lsp_assess.database import release_data
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.database.release_data import AreaRow, RoundRow
from lsp_assess.database.research import reading_answers
from lsp_assess.exchange.pseudonyms import Pseudonyms
from lsp_assess.exchange.research_codebook import Named
from lsp_assess.exchange.research_columns import Cell, StoredAnswers, research_columns
from lsp_assess.exchange.research_file import ResearchFile, write_research_file
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.items import ConsentItem, ConsentTo
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.kernel.messages import given
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.reports.charts.words import Say
from lsp_assess.reports.spoken import said
from lsp_assess.residents.design import Stated, as_estimated, stated_in
from lsp_assess.residents.population import Population
from lsp_assess.residents.weight_stages import WeightStage

POLICY = "take_records"


@dataclass(frozen=True, slots=True)
class Handing:
    """What can be handed over: the survey and the published rounds that asked it, oldest first."""

    surveys: tuple[Collected, ...]
    rounds: tuple[RoundRow, ...]

    @property
    def instrument(self) -> Instrument:
        return self.surveys[-1].instrument


def to_hand_over(work: Work) -> Handing | None:
    """None where no round with a resident survey has been published."""
    work.check(POLICY)
    rounds = stored.published_rounds(work.session)
    rows = release_data.collections_of(work.session, [one.id for one in rounds])
    collections = [Collected(row, instrument_of(work.session, row.instrument_hash)) for row in rows]
    surveys = surveys_of(rounds, collections)
    asked = {one.row.round_id for one in surveys}
    return Handing(tuple(surveys), tuple(one for one in rounds if one.id in asked)) if surveys else None


def hand_over_records(
    work: Work, *, agreement_id: UUID, rounds: Collection[int] | None, say: Say, out: BinaryIO
) -> int:
    """Write the research file of these rounds (all, where None) to `out`; how many records. What was handed
    over, to whom and under which agreement is recorded. Raises NotFound (no such agreement, nothing
    published), Conflict (it is not in force, or not for research) and Invalid (no such round)."""
    handing = _chosen(to_hand_over(work), rounds)
    agreement = _agreement(work, agreement_id)
    with reading_answers(work.session):
        made = _described(work.session, handing, agreement)
        count = write_research_file(made.file, _records(work.session, handing, made), say=say, out=out)
    work.record(
        "records_handed_over",
        object_kind="sharing_agreement",
        object_id=agreement.id,
        agreement=agreement.reference,
        rounds=[one.number for one in handing.rounds],
        records=count,
    )
    return count


def _chosen(handing: Handing | None, rounds: Collection[int] | None) -> Handing:
    if handing is None:
        raise NotFound
    if rounds is None:
        return handing
    chosen = tuple(one for one in handing.rounds if one.number in rounds)
    if len(chosen) < len(set(rounds)) or not chosen:
        known = ", ".join(str(one.number) for one in handing.rounds)
        raise Invalid(problem("research_round_unknown", Place(question="round"), rounds=known))
    kept = {one.id for one in chosen}
    return Handing(tuple(one for one in handing.surveys if one.row.round_id in kept), chosen)


def _agreement(work: Work, agreement_id: UUID) -> SharingAgreement:
    agreement = found(work, SharingAgreement, agreement_id)
    if agreement.id not in {one.id for one in research_agreements(work)}:
        raise Conflict(problem("research_no_agreement"))
    return agreement


@dataclass(frozen=True, slots=True)
class _Made:
    """The file's description, what is stated of the design of each survey and what it was raked to, and of
    each area its code and that of its group."""

    file: ResearchFile
    stated: Mapping[UUID, Stated]
    raked_to: Mapping[UUID, Population | None]
    codes: Mapping[UUID | None, tuple[str, str]]


def _described(session: Session, handing: Handing, agreement: SharingAgreement) -> _Made:
    ids = [one.row.id for one in handing.surveys]
    stated = {id_: stated_in(stored.addresses_of(session, id_)) for id_ in ids}
    worked_out = stored.stages_of(session, ids)
    raked_to = {one.row.id: fitted_to(one) for one in handing.surveys}
    areas = release_data.areas(session)
    file = ResearchFile(
        title=said(handing.instrument.title),
        partnership=given(release_data.partnership(session).name),
        agreement=agreement.reference,
        rounds=[Named(one.number, given(one.name), str(one.id)) for one in handing.rounds],
        areas=_named(areas, of_groups=False),
        groups=_named(areas, of_groups=True),
        stages=[stage.value for stage in WeightStage if stage.value in worked_out],
        margins=list(dict.fromkeys(name for one in raked_to.values() if one for name in one.people)),
        is_designed=any(one.weights for one in stated.values()),
        columns=research_columns(askings_of(handing.surveys)),
    )
    codes: dict[UUID | None, str] = {None: "", **{area.id: area.code for area in areas}}
    placed: dict[UUID | None, tuple[str, str]] = {one.id: (one.code, codes[one.group_id]) for one in areas}
    return _Made(file, stated, raked_to, {**placed, None: ("", "")})


def _named(areas: Sequence[AreaRow], *, of_groups: bool) -> list[Named]:
    return [
        Named(area.code, given(area.name))
        for area in areas
        if not area.comparator and (area.type is AreaType.GROUP_OF_AREAS) is of_groups
    ]


def _records(session: Session, handing: Handing, made: _Made) -> Iterator[list[Cell]]:
    numbers = {one.id: one.number for one in handing.rounds}
    pseudonyms = Pseudonyms()
    for survey in handing.surveys:
        number, stated = numbers[survey.row.round_id], made.stated[survey.row.id]
        asks, population = _asks_to_link(survey.instrument), made.raked_to[survey.row.id]
        readers = [column.reader(str(survey.row.round_id)) for column in made.file.columns]
        for one in stored.interviews_of(session, survey.row.id):
            apart = () if one.may_be_linked or not asks else (number,)
            person = pseudonyms.of("p", one.respondent, *apart)
            household = "" if one.household is None else pseudonyms.of("h", one.household, *apart)
            placed = as_estimated(one.address, stated, respondent=person)
            cluster = person if placed.cluster == person else pseudonyms.of("c", placed.cluster)
            leading = (person, household, number, *made.codes[one.area_id])
            design = (placed.stratum or "", cluster, 1 if placed.weight is None else placed.weight)
            stages = (one.weights.get(stage, "") for stage in made.file.stages)
            met = categories(population, area=leading[-2], answers=StoredAnswers(one.submission))
            margins = (met.get(margin, "") for margin in made.file.margins)
            yield [*leading, *design, *stages, *margins, *[read(one.submission) for read in readers]]


def _asks_to_link(instrument: Instrument) -> bool:
    return any(
        isinstance(question, ConsentItem) and question.consent is ConsentTo.LINKING
        for question in instrument.questions
    )
