"""The resident survey as publishing sees it: one frame of all rounds, with the design that is stated."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy.orm import Session

from lsp_assess.actions.population import categories, fitted_to
from lsp_assess.actions.release_askings import askings_of, surveys_of
from lsp_assess.actions.release_design import UNIT, Designed, design_of, designed, of_rounds
from lsp_assess.actions.release_reading import Collected, Read
from lsp_assess.database import release_data
from lsp_assess.database.release_data import AreaRow, SampleRow
from lsp_assess.instruments.items import SingleItem
from lsp_assess.kernel.messages import given, message
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey import (
    AREA,
    GROUP,
    RAKED,
    ROUND,
    AreaStated,
    MarginStated,
    ResidentSurvey,
    with_followed,
)
from lsp_assess.reports.survey_questions import SurveyColumn, survey_columns, title_of
from lsp_assess.residents.population import AREA as AREA_MARGIN
from lsp_assess.residents.population import Population


def survey_of(session: Session, read: Read) -> ResidentSurvey | None:
    """None where the published round did not ask residents, or nobody answered."""
    surveys = surveys_of(read.rounds, read.collections)
    if not surveys or surveys[-1].row.round_id != read.now.id:
        return None
    if not any(read.answered(one) for one in surveys if one.row.round_id == read.now.id):
        return None
    asked = askings_of(surveys)
    columns = survey_columns(asked, headline=surveys[-1].row.settings.get("headline", ()))
    areas = release_data.areas(session)
    sample = {row.id: row for row in release_data.sample_of(session, [one.row.id for one in surveys])}
    drawn = [
        designed(read.answered(one), sample, round_key=str(one.row.round_id), raked_to=fitted_to(one))
        for one in surveys
    ]
    frame = pd.DataFrame(_rows(read, surveys, columns, areas, sample, drawn))
    questions = tuple(column.question for column in columns)
    rounds = tuple(one for one in read.stated() if one.key in {asking.round for asking in asked})
    own, groups = _areas_of(areas, frame)
    return ResidentSurvey(
        rounds=rounds,
        questions=questions,
        areas=own,
        groups=groups,
        design=design_of(with_followed(frame, questions)),
        designs=of_rounds([one.stated for one in drawn]),
        margins=_margins(surveys[-1], drawn[-1].stated.population, areas),
        source=message("residents.source", survey=said(surveys[-1].instrument.title), by=read.name),
        smallest_change=read.smallest_change,
        least_answers=read.least_answers,
    )


def _rows(
    read: Read,
    surveys: Sequence[Collected],
    columns: Sequence[SurveyColumn],
    areas: Sequence[AreaRow],
    sample: Mapping[UUID, SampleRow],
    drawn: Sequence[Designed],
) -> Iterator[dict[str, Any]]:
    places = {area.id: area for area in areas}
    margins = dict.fromkeys(
        margin for one in drawn if one.stated.population for margin in one.stated.population.people
    )
    for collected, design in zip(surveys, drawn, strict=True):
        key, population = str(collected.row.round_id), design.stated.population
        readers = {column.question.key: column.reader(key, collected.instrument) for column in columns}
        for response, columns_of_design in zip(read.answered(collected), design.columns, strict=True):
            member = sample.get(response.row.sample_member_id) if response.row.sample_member_id else None
            area = places.get(response.row.area_id or (member.area_id if member else None))  # type: ignore[arg-type]
            place = None if area is None else area.code
            found = categories(population, area=place, answers=response.answers)
            yield {
                ROUND: key,
                AREA: None if area is None else str(area.id),
                GROUP: None if area is None or area.group_id is None else str(area.group_id),
                UNIT: str(response.row.respondent),
                **columns_of_design,
                **{f"{RAKED}{margin}": found.get(margin) for margin in margins},
                **{name: value_in(response.answers) for name, value_in in readers.items()},
            }


def _margins(
    collected: Collected, population: Population | None, areas: Sequence[AreaRow]
) -> tuple[MarginStated, ...]:
    def stated(name: str) -> MarginStated:
        question = collected.instrument.question(name)
        if name == AREA_MARGIN or not isinstance(question, SingleItem):
            named = {area.code: given(area.name) for area in areas}
            return MarginStated(name, message("residents.column.area"), named)
        labels = {str(choice.value): said(choice.label) for choice in question.choices}
        return MarginStated(name, title_of(question, collected.instrument), labels)

    return () if population is None else tuple(map(stated, population.people))


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
