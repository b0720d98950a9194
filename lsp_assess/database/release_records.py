"""What a round is published from, besides answers: indicators, stories' grades and consents, actions."""

from collections.abc import Collection as Of
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import (
    Action,
    DataSource,
    Indicator,
    Measurement,
    Objective,
    ObjectiveLink,
    PlanLine,
    PlanPoint,
    SeriesBreak,
)
from lsp_assess.database.models.responses import Consent
from lsp_assess.database.models.stories import Story, StoryGrade
from lsp_assess.partnerships.periods import PeriodType


class MeasurementRow(NamedTuple):
    """There are thousands, and a page reads them all."""

    indicator_id: UUID
    area_id: UUID
    period_type: PeriodType
    period_start: date
    period_end: date
    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    missing: str | None


OfIndicator = TypeVar("OfIndicator", MeasurementRow, SeriesBreak, PlanLine)


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """Everything recorded of one indicator; `measurements` are those that count today, of all areas."""

    row: Indicator
    source: DataSource | None
    measurements: tuple[MeasurementRow, ...]
    lines: tuple[tuple[PlanLine, tuple[PlanPoint, ...]], ...]
    breaks: tuple[SeriesBreak, ...]


@dataclass(frozen=True, slots=True)
class StoryRecord:
    story: Story | None
    grades: tuple[StoryGrade, ...]
    consents: tuple[Consent, ...]


def indicators(session: Session) -> list[IndicatorRecord]:
    sources = {one.id: one for one in session.execute(select(DataSource)).scalars()}
    measurements = _by(measurements_of(session))
    breaks = _by(session.execute(select(SeriesBreak).order_by(SeriesBreak.on_date)).scalars().all())
    lines = _by(session.execute(select(PlanLine).order_by(PlanLine.name)).scalars().all())
    points: dict[UUID, list[PlanPoint]] = {}
    for point in session.execute(select(PlanPoint).order_by(PlanPoint.on_date)).scalars():
        points.setdefault(point.plan_line_id, []).append(point)
    rows = session.execute(select(Indicator).order_by(Indicator.headline.desc(), Indicator.code)).scalars()
    return [
        IndicatorRecord(
            row,
            sources.get(row.source_id) if row.source_id is not None else None,
            measurements.get(row.id, ()),
            tuple((line, tuple(points.get(line.id, ()))) for line in lines.get(row.id, ())),
            breaks.get(row.id, ()),
        )
        for row in rows
    ]


def measurements_of(session: Session, indicator_id: UUID | None = None) -> tuple[MeasurementRow, ...]:
    """Those that count today, of one indicator or of all, in the order of time."""
    columns = (getattr(Measurement, name) for name in MeasurementRow._fields)
    found = select(*columns).where(Measurement.superseded_at.is_(None))
    if indicator_id is not None:
        found = found.where(Measurement.indicator_id == indicator_id)
    rows = session.execute(found.order_by(Measurement.period_start, Measurement.id))
    return tuple(MeasurementRow._make(row) for row in rows)


def _by(rows: Sequence[OfIndicator]) -> dict[UUID, tuple[OfIndicator, ...]]:
    found: dict[UUID, list[OfIndicator]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return {key: tuple(ones) for key, ones in found.items()}


def story_records(session: Session, responses: Of[UUID]) -> dict[UUID, StoryRecord]:
    """By the story's id, which is its response's."""
    stories = {one.id: one for one in session.execute(select(Story).where(Story.id.in_(responses))).scalars()}
    grades: dict[UUID, list[StoryGrade]] = {}
    for grade in session.execute(
        select(StoryGrade).where(StoryGrade.story_id.in_(responses)).order_by(StoryGrade.at, StoryGrade.id)
    ).scalars():
        grades.setdefault(grade.story_id, []).append(grade)
    consents: dict[UUID, list[Consent]] = {}
    for consent in session.execute(
        select(Consent).where(Consent.response_id.in_(responses)).order_by(Consent.at, Consent.id)
    ).scalars():
        consents.setdefault(consent.response_id, []).append(consent)
    return {
        found: StoryRecord(stories.get(found), tuple(grades.get(found, ())), tuple(consents.get(found, ())))
        for found in responses
    }


def actions(session: Session, rounds: Of[UUID]) -> Sequence[Action]:
    return (
        session.execute(select(Action).where(Action.round_id.in_(rounds)).order_by(Action.due_on, Action.id))
        .scalars()
        .all()
    )


def objectives(session: Session) -> list[tuple[Objective, tuple[ObjectiveLink, ...]]]:
    links: dict[UUID, list[ObjectiveLink]] = {}
    order = (ObjectiveLink.target_kind, ObjectiveLink.target_code)
    for link in session.execute(select(ObjectiveLink).order_by(*order)).scalars():
        links.setdefault(link.objective_id, []).append(link)
    rows = session.execute(select(Objective).order_by(Objective.code)).scalars()
    return [(row, tuple(links.get(row.id, ()))) for row in rows]
