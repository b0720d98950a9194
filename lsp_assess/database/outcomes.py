"""Indicators as their pages show them: one with all that is recorded of it, its owners, its revisions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lsp_assess.database.models.outcomes import (
    DataSource,
    Indicator,
    Measurement,
    Objective,
    PlanLine,
    PlanPoint,
    SeriesBreak,
)
from lsp_assess.database.models.partnerships import Area, Organisation, Person
from lsp_assess.database.release_records import IndicatorRecord, measurements_of
from lsp_assess.partnerships.periods import Period


@dataclass(frozen=True, slots=True)
class Owners:
    """Names; None where nobody was named."""

    lead: str | None
    project_manager: str | None
    information_manager: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A value that stood until another took its place."""

    area: str
    period: Period
    before: float | None
    after: float | None
    revised_at: datetime


def record_of(session: Session, indicator_id: UUID) -> IndicatorRecord | None:
    row = session.execute(select(Indicator).where(Indicator.id == indicator_id)).scalar_one_or_none()
    if row is None:
        return None
    source = select(DataSource).where(DataSource.id == row.source_id)
    breaks = select(SeriesBreak).where(SeriesBreak.indicator_id == row.id)
    return IndicatorRecord(
        row,
        session.execute(source).scalar_one_or_none(),
        measurements_of(session, row.id),
        _lines(session, row.id),
        tuple(session.execute(breaks.order_by(SeriesBreak.on_date)).scalars()),
    )


def _lines(session: Session, indicator_id: UUID) -> tuple[tuple[PlanLine, tuple[PlanPoint, ...]], ...]:
    found = select(PlanLine).where(PlanLine.indicator_id == indicator_id).order_by(PlanLine.name)
    lines = session.execute(found).scalars().all()
    points = select(PlanPoint).where(PlanPoint.plan_line_id.in_([line.id for line in lines]))
    dated = session.execute(points.order_by(PlanPoint.on_date)).scalars().all()
    return tuple((line, tuple(p for p in dated if p.plan_line_id == line.id)) for line in lines)


def owners_of(session: Session, row: Indicator) -> Owners:
    lead = select(Organisation.name).where(Organisation.id == row.lead_organisation_id)
    return Owners(
        session.execute(lead).scalar_one_or_none(),
        _person(session, row.project_manager_id),
        _person(session, row.information_manager_id),
    )


def _person(session: Session, person_id: UUID | None) -> str | None:
    return session.execute(select(Person.name).where(Person.id == person_id)).scalar_one_or_none()


def revisions_of(session: Session, indicator_id: UUID) -> list[Revision]:
    """The latest first. What was revised twice is there twice, each time against the value of today."""
    now = aliased(Measurement)
    same_period = (now.period_type == Measurement.period_type) & (
        now.period_start == Measurement.period_start
    )
    rows = session.execute(
        select(Measurement, now.value, Area.name)
        .join(Area, (Area.partnership_id == Measurement.partnership_id) & (Area.id == Measurement.area_id))
        .outerjoin(
            now,
            (now.partnership_id == Measurement.partnership_id)
            & (now.indicator_id == Measurement.indicator_id)
            & (now.area_id == Measurement.area_id)
            & same_period
            & (now.period_end == Measurement.period_end)
            & now.superseded_at.is_(None),
        )
        .where(Measurement.indicator_id == indicator_id, Measurement.superseded_at.is_not(None))
        .order_by(Measurement.superseded_at.desc(), Measurement.period_start)
    )
    return [
        Revision(
            area,
            Period(old.period_start, old.period_end, old.period_type),
            old.value,
            after,
            old.superseded_at,
        )
        for old, after, area in rows
        if old.superseded_at is not None
    ]


def titles_of_indicators(session: Session) -> dict[UUID, str]:
    rows = session.execute(select(Indicator).order_by(Indicator.title)).scalars()
    return {row.id: row.title for row in rows}


def titles_of_objectives(session: Session) -> dict[UUID, str]:
    rows = session.execute(select(Objective).order_by(Objective.code)).scalars()
    return {row.id: row.title for row in rows}
