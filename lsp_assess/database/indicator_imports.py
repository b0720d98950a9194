"""Measurements that a partnership holds, and those that a file adds or revises."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import Indicator, Measurement, SeriesBreak
from lsp_assess.database.models.partnerships import Area
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What was measured: a value, or the reason why there is none."""

    value: float | None
    missing: str | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Held:
    id: UUID
    indicator: str
    area: str
    period: Period
    value: Value


@dataclass(frozen=True, slots=True)
class New:
    indicator_id: UUID
    area_id: UUID
    period: Period
    value: Value


def held_measurements(session: Session, indicators: Collection[str]) -> list[Held]:
    """The current values of these indicators, superseded ones left out."""
    within = Measurement.partnership_id
    rows = session.execute(
        select(Measurement, Indicator.code, Area.code)
        .join(Indicator, (Indicator.partnership_id == within) & (Indicator.id == Measurement.indicator_id))
        .join(Area, (Area.partnership_id == within) & (Area.id == Measurement.area_id))
        .where(Measurement.superseded_at.is_(None), Indicator.code.in_(indicators))
    )
    return [
        Held(
            row.id,
            indicator,
            area,
            Period(row.period_start, row.period_end, row.period_type),
            Value(
                value=row.value,
                missing=row.missing,
                lower=row.lower,
                upper=row.upper,
                numerator=row.numerator,
                denominator=row.denominator,
            ),
        )
        for row, indicator, area in rows
    ]


def units_of(session: Session, indicators: Collection[str]) -> dict[str, str | None]:
    statement = select(Indicator.code, Indicator.unit).where(Indicator.code.in_(indicators))
    return dict(session.execute(statement).all())


def breaks_of(session: Session, indicators: Collection[str]) -> set[tuple[str, date]]:
    statement = (
        select(Indicator.code, SeriesBreak.on_date)
        .join(
            Indicator,
            (Indicator.partnership_id == SeriesBreak.partnership_id)
            & (Indicator.id == SeriesBreak.indicator_id),
        )
        .where(Indicator.code.in_(indicators))
    )
    return {(code, on_date) for code, on_date in session.execute(statement)}


def ensure_indicator(
    session: Session,
    *,
    code: str,
    title: str,
    definition: str | None,
    measure: str | None,
    unit: str,
    polarity: str,
    range_low: float | None,
    range_high: float | None,
    source_id: UUID,
    details: Mapping[str, Any],
) -> UUID:
    """The indicator of that code; one that is known stays as the partnership describes it."""
    found = session.execute(select(Indicator.id).where(Indicator.code == code)).scalar_one_or_none()
    if found is not None:
        return found
    indicator = Indicator(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        code=code,
        title=title,
        definition=definition,
        measure=measure,
        unit=unit,
        polarity=polarity,
        range_low=range_low,
        range_high=range_high,
        source_id=source_id,
        details=dict(details),
    )
    session.add(indicator)
    session.flush()
    return indicator.id


def supersede(session: Session, measurements: Collection[UUID], *, at: datetime) -> None:
    """They stay, and are no longer current."""
    if measurements:
        session.execute(update(Measurement).where(Measurement.id.in_(measurements)).values(superseded_at=at))


def add_measurements(session: Session, rows: Iterable[New], *, run_id: UUID, at: datetime) -> None:
    partnership_id = scope_of(session).partnership_id
    session.add_all(
        Measurement(
            partnership_id=partnership_id,
            id=new_id(),
            indicator_id=row.indicator_id,
            area_id=row.area_id,
            period_type=row.period.type,
            period_start=row.period.start,
            period_end=row.period.end,
            value=row.value.value,
            missing=row.value.missing,
            lower=row.value.lower,
            upper=row.value.upper,
            numerator=row.value.numerator,
            denominator=row.value.denominator,
            recorded_at=at,
            import_run_id=run_id,
        )
        for row in rows
    )
    session.flush()


def add_break(session: Session, *, indicator_id: UUID, on_date: date, note: str) -> None:
    session.add(
        SeriesBreak(
            partnership_id=scope_of(session).partnership_id,
            id=new_id(),
            indicator_id=indicator_id,
            on_date=on_date,
            note=note,
        )
    )
    session.flush()
