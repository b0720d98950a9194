"""What the files of an indicator do not say: its targets, its tolerance, who is answerable for it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database import plans as stored
from lsp_assess.database.models.outcomes import Indicator
from lsp_assess.database.models.partnerships import Organisation, Person
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.outcomes.indicators import Polarity, Tolerance, ToleranceKind
from lsp_assess.outcomes.trajectory import MOST_LINES, PlanPoint
from lsp_assess.outcomes.written_plans import WrittenObjective


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPlan:
    """`tolerance` is a share of what is planned (0.05 is 5 %) or, where it is absolute, in the indicator's
    unit; None where nobody has agreed on one. `targets` are in the order of time."""

    lead_id: UUID | None
    project_manager_id: UUID | None
    information_manager_id: UUID | None
    headline: bool
    tolerance: Decimal | None
    tolerance_kind: ToleranceKind
    targets: tuple[PlanPoint, ...]
    objectives: tuple[WrittenObjective, ...]


def plan_indicator(work: Work, indicator_id: UUID, plan: IndicatorPlan, *, version: int) -> None:
    """Raises Conflict where the indicator or its plan changed since the page was made."""
    work.check("coordinate")
    row = found(work, Indicator, indicator_id)
    check_version(row, version)
    _check_owners(work, plan)
    if plan.tolerance is not None:
        Tolerance(plan.tolerance_kind, plan.tolerance, plan.tolerance)
    row.lead_organisation_id = plan.lead_id
    row.project_manager_id, row.information_manager_id = plan.project_manager_id, plan.information_manager_id
    row.headline = plan.headline
    row.tolerance = None if plan.tolerance is None else float(plan.tolerance)
    row.tolerance_kind = plan.tolerance_kind.value
    if Polarity(row.polarity) is not Polarity.RANGE:
        _put_targets(work, row, plan.targets)
    served = [_objective(work, one) for one in plan.objectives]
    stored.serve(work.session, row.code, served, asserted_by="The coordinator")
    stored.mark_changed(work.session, row)
    work.record(
        "indicator_planned", object_kind="indicator", object_id=indicator_id, targets=len(plan.targets)
    )


def _check_owners(work: Work, plan: IndicatorPlan) -> None:
    if plan.lead_id is not None:
        found(work, Organisation, plan.lead_id)
    for person_id in (plan.project_manager_id, plan.information_manager_id):
        if person_id is not None:
            found(work, Person, person_id)


def _put_targets(work: Work, row: Indicator, targets: tuple[PlanPoint, ...]) -> None:
    """On the line that gives the light; lines shown beside it stay as they are."""
    line = stored.the_line(work.session, row.id)
    if line is None:
        if not targets:
            return
        count = stored.lines(work.session, row.id) + 1
        if count > MOST_LINES:
            place = Place(question="targets")
            raise Invalid(problem("plan_lines_too_many", place, count=count, most=MOST_LINES))
        line = stored.add_the_line(work.session, row)
    stored.put_points(work.session, line, {point.on: float(point.value) for point in targets})


def _objective(work: Work, written: WrittenObjective) -> UUID:
    held = {one.code: one for one in stored.objectives(work.session)}.get(written.code)
    place = Place(question="objectives", line=written.line)
    if held is None and written.title is None:
        raise Invalid(problem("objective_without_title", place, line=written.line, objective=written.code))
    if held is None:
        return stored.add_objective(work.session, code=written.code, title=written.title or "")
    if written.title is not None and written.title != held.title:
        raise Invalid(
            problem("objective_titled", place, line=written.line, objective=held.code, title=held.title)
        )
    return held.id
