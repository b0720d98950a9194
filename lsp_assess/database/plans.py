"""The plan of an indicator as its page changes it: the line that gives the light, and whom it serves."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from lsp_assess.database.models.outcomes import Indicator, Objective, ObjectiveLink, PlanLine, PlanPoint
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id

INDICATOR = "indicator"


def the_line(session: Session, indicator_id: UUID) -> PlanLine | None:
    found = select(PlanLine).where(PlanLine.indicator_id == indicator_id, PlanLine.is_the_line)
    return session.execute(found).scalar_one_or_none()


def lines(session: Session, indicator_id: UUID) -> int:
    held = select(func.count()).where(PlanLine.indicator_id == indicator_id)
    return session.execute(held).scalar_one()


def points_of(session: Session, line: PlanLine) -> dict[date, float]:
    found = select(PlanPoint).where(PlanPoint.plan_line_id == line.id).order_by(PlanPoint.on_date)
    return {point.on_date: point.value for point in session.execute(found).scalars()}


def add_the_line(session: Session, indicator: Indicator) -> PlanLine:
    """Named as the measure is, until somebody names it otherwise."""
    line = PlanLine(
        partnership_id=indicator.partnership_id,
        id=new_id(),
        indicator_id=indicator.id,
        name=indicator.title,
        is_the_line=True,
    )
    session.add(line)
    session.flush()
    return line


def put_points(session: Session, line: PlanLine, points: Mapping[date, float]) -> None:
    """These and no others; a line without any is taken away."""
    session.execute(delete(PlanPoint).where(PlanPoint.plan_line_id == line.id))
    if not points:
        session.delete(line)
    session.add_all(
        PlanPoint(
            partnership_id=line.partnership_id, id=new_id(), plan_line_id=line.id, on_date=on, value=value
        )
        for on, value in points.items()
    )
    session.flush()


def objectives(session: Session) -> list[Objective]:
    return list(session.execute(select(Objective).order_by(Objective.code)).scalars())


def objectives_of(session: Session, code: str) -> list[Objective]:
    """Those that the indicator of this code is recorded to serve."""
    served = select(ObjectiveLink.objective_id).where(
        ObjectiveLink.target_kind == INDICATOR, ObjectiveLink.target_code == code
    )
    return [one for one in objectives(session) if one.id in set(session.execute(served).scalars())]


def add_objective(session: Session, *, code: str, title: str) -> UUID:
    row = Objective(partnership_id=scope_of(session).partnership_id, id=new_id(), code=code, title=title)
    session.add(row)
    session.flush()
    return row.id


def serve(session: Session, code: str, wanted: Iterable[UUID], *, asserted_by: str) -> None:
    """The indicator of this code serves these objectives and no others; links that stay are left alone."""
    held = {one.id for one in objectives_of(session, code)}
    kept = set(wanted)
    session.execute(
        delete(ObjectiveLink).where(
            ObjectiveLink.target_kind == INDICATOR,
            ObjectiveLink.target_code == code,
            ObjectiveLink.objective_id.in_(held - kept),
        )
    )
    session.add_all(
        ObjectiveLink(
            partnership_id=scope_of(session).partnership_id,
            id=new_id(),
            objective_id=objective_id,
            target_kind=INDICATOR,
            target_code=code,
            asserted_by=asserted_by,
        )
        for objective_id in kept - held
    )
    session.flush()


def mark_changed(session: Session, indicator: Indicator) -> None:
    """A new version even where only its plan changed, so that a stale page is told."""
    flag_modified(indicator, "details")
    session.flush()
