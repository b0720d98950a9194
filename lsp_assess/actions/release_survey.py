"""The resident survey as publishing sees it: one frame of all rounds, with the design that is stated."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy.orm import Session

from lsp_assess.actions.release_reading import Answered, Collected, Read
from lsp_assess.database import release_data
from lsp_assess.database.release_data import AreaRow, SampleRow
from lsp_assess.estimation import Design, Lonely, simple_random_sample, stated_design
from lsp_assess.instruments.instrument import Comparability, Kind
from lsp_assess.kernel.messages import given, message
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.reports.askings import RoundInstrument, Wording
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey import AREA, GROUP, ROUND, AreaStated, ResidentSurvey, with_followed
from lsp_assess.reports.survey_questions import SurveyColumn, survey_columns
from lsp_assess.residents.sample import design_weight

WEIGHT, STRATUM, CLUSTER, UNIT = "weight", "stratum", "cluster", "unit"
UNSTATED = "unstated"


def survey_of(session: Session, read: Read) -> ResidentSurvey | None:
    """None where the published round did not ask residents, or nobody answered."""
    surveys = _surveys(read)
    if not surveys or surveys[-1].row.round_id != read.now.id:
        return None
    if not any(read.answered(one) for one in surveys if one.row.round_id == read.now.id):
        return None
    asked = tuple(_round_instrument(one) for one in _one_a_round(surveys))
    columns = survey_columns(asked, headline=surveys[-1].row.settings.get("headline", ()))
    areas = release_data.areas(session)
    sample = {row.id: row for row in release_data.sample_of(session, [one.row.id for one in surveys])}
    frame = pd.DataFrame(_rows(read, surveys, columns, areas, sample))
    questions = tuple(column.question for column in columns)
    rounds = tuple(one for one in read.stated() if one.key in {asking.round for asking in asked})
    own, groups = _areas_of(areas, frame)
    return ResidentSurvey(
        rounds=rounds,
        questions=questions,
        areas=own,
        groups=groups,
        design=_design(with_followed(frame, questions)),
        source=message("residents.source", survey=said(surveys[-1].instrument.title), by=read.name),
        smallest_change=read.smallest_change,
        least_answers=read.least_answers,
    )


def _surveys(read: Read) -> list[Collected]:
    """Household collections of all rounds, oldest first, of the questionnaire that is now in use."""
    found = [
        one
        for round_ in read.rounds
        for one in read.in_round(round_.id)
        if one.instrument.kind is Kind.HOUSEHOLD
    ]
    return [one for one in found if one.instrument.name == found[-1].instrument.name]


def _one_a_round(surveys: Sequence[Collected]) -> list[Collected]:
    return list({one.row.round_id: one for one in surveys}.values())


def _round_instrument(one: Collected) -> RoundInstrument:
    declared: Mapping[str, Mapping[str, Any]] = one.row.settings.get("crosswalk", {})
    return RoundInstrument(
        round=str(one.row.round_id),
        instrument=one.instrument,
        wordings={
            item: Wording(Comparability(how["kind"]), how.get("wording"), how.get("note"))
            for item, how in declared.items()
        },
        not_asked=frozenset(one.row.settings.get("not_asked", ())),
    )


def _rows(
    read: Read,
    surveys: Sequence[Collected],
    columns: Sequence[SurveyColumn],
    areas: Sequence[AreaRow],
    sample: Mapping[UUID, SampleRow],
) -> Iterator[dict[str, Any]]:
    places = {area.id: area for area in areas}
    for collected in surveys:
        answered = read.answered(collected)
        stated = _design_columns(answered, sample, round_key=str(collected.row.round_id))
        for response, design in zip(answered, stated, strict=True):
            member = sample.get(response.row.sample_member_id) if response.row.sample_member_id else None
            area = places.get(response.row.area_id or (member.area_id if member else None))  # type: ignore[arg-type]
            key = str(collected.row.round_id)
            yield {
                ROUND: key,
                AREA: None if area is None else str(area.id),
                GROUP: None if area is None or area.group_id is None else str(area.group_id),
                UNIT: str(response.row.respondent),
                **design,
                **{
                    column.question.key: column.value(key, collected.instrument, response.answers)
                    for column in columns
                },
            }


def _design_columns(
    answered: Sequence[Answered], sample: Mapping[UUID, SampleRow], *, round_key: str
) -> list[dict[str, Any]]:
    """A round's design is stated when every answer of it comes from a sampled address with a weight;
    where only some do, nothing is known of the others, and the round stands as a simple random sample."""
    members = [sample.get(one.row.sample_member_id) if one.row.sample_member_id else None for one in answered]
    weights = [None if member is None else _weight(member) for member in members]
    if any(weight is None for weight in weights):
        return [
            {WEIGHT: None, STRATUM: f"{UNSTATED}:{round_key}", CLUSTER: str(one.row.respondent)}
            for one in answered
        ]
    strata = all(member is not None and member.stratum is not None for member in members)
    clusters = all(member is not None and member.cluster is not None for member in members)
    return [
        {
            WEIGHT: weight,
            STRATUM: member.stratum if strata else round_key,
            CLUSTER: member.cluster if clusters else str(one.row.respondent),
        }
        for one, member, weight in zip(answered, members, weights, strict=True)
        if member is not None
    ]


def _weight(member: SampleRow) -> float | None:
    if member.weight is not None:
        return member.weight
    if member.adults is None or member.probability is None:
        return None
    return design_weight(adults=member.adults, probability=member.probability)


def _design(frame: pd.DataFrame) -> Design:
    """Rounds of which nothing is stated weigh 1 each; where that is all of them, the design says so."""
    if frame[WEIGHT].isna().all():
        return simple_random_sample(frame, rounds=ROUND, units=UNIT)
    filled = frame.assign(**{WEIGHT: frame[WEIGHT].astype(float).fillna(1.0)})
    return stated_design(
        filled, weights=WEIGHT, strata=STRATUM, clusters=CLUSTER, rounds=ROUND, lonely=Lonely.ADJUST
    )


def _areas_of(
    areas: Sequence[AreaRow], frame: pd.DataFrame
) -> tuple[tuple[AreaStated, ...], tuple[AreaStated, ...]]:
    """Those that answers came from, and the groups that they belong to."""
    present = set(frame[AREA].dropna()) | set(frame[GROUP].dropna())

    def stated(area: AreaRow) -> AreaStated:
        return AreaStated(str(area.id), given(area.name), str(area.group_id) if area.group_id else None)

    found = [area for area in areas if str(area.id) in present]
    return (
        tuple(stated(area) for area in found if area.type is not AreaType.GROUP_OF_AREAS),
        tuple(stated(area) for area in found if area.type is AreaType.GROUP_OF_AREAS),
    )
