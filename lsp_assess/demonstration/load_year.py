"""What came in between two releases: figures, plans and what became of the actions. Then the release.

Each year is a transaction of its own and works by the clock of its day of publication.
"""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lsp_assess.actions.indicator_imports import import_indicators
from lsp_assess.actions.publishing import publish
from lsp_assess.actions.work import Work
from lsp_assess.database.base import Base
from lsp_assess.database.models import outcomes as tables
from lsp_assess.database.models.responses import Consent
from lsp_assess.database.releases import redact
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.figures import FILES, file_on, mapping_of
from lsp_assess.demonstration.load_challenge import carry_on_challenges
from lsp_assess.demonstration.load_findings import finding_id, load_findings
from lsp_assess.demonstration.load_stories import consent_id, withdrawn_after_release
from lsp_assess.demonstration.plans import ActionPlan, actions, indicator_plans, links, objectives
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.setting import organisation_id, person_id
from lsp_assess.demonstration.timetable import RoundPlan
from lsp_assess.instruments.items import ConsentTo


def publish_year(work: Work, plan: RoundPlan) -> None:
    session = work.session
    for name in FILES:
        import_indicators(work, file=file_on(name, plan.published), mapping=mapping_of(name))
    if plan.number == 1:
        _load_plans(session)
    load_findings(session, plan)
    _carry_on_actions(session, plan)
    carry_on_challenges(session, plan)
    publish(work, round_id=identity("round", plan.number))
    for story in withdrawn_after_release(plan.number):
        consent = consent_id(story, ConsentTo.USE)
        session.execute(update(Consent).where(Consent.id == consent).values(withdrawn_at=work.now))
        redact(session, story, at=work.now)
        work.record("story_withdrawn", object_kind="response", object_id=story)


def _load_plans(session: Session) -> None:
    _complete_indicators(session)
    session.flush()
    for rows in (_objectives(), _links()):
        session.bulk_save_objects(list(rows))


def _complete_indicators(session: Session) -> None:
    """What the files do not say: targets, tolerance, and who is answerable."""
    held = {row.code: row for row in session.execute(select(tables.Indicator)).scalars()}
    for plan in indicator_plans():
        row = held[plan.code]
        row.tolerance, row.headline = plan.tolerance, plan.headline
        row.lead_organisation_id = organisation_id(plan.lead)
        row.project_manager_id = person_id(plan.delivers)
        row.information_manager_id = person_id(plan.answers_for_data)
        for line in plan.lines:
            line_id = identity("plan line", plan.code, line.name)
            session.add(
                tables.PlanLine(
                    partnership_id=PARTNERSHIP_ID,
                    id=line_id,
                    indicator_id=row.id,
                    name=line.name,
                    is_the_line=line.gives_the_light,
                )
            )
            session.flush()
            session.add_all(
                tables.PlanPoint(
                    partnership_id=PARTNERSHIP_ID,
                    id=identity("plan point", plan.code, line.name, day.isoformat()),
                    plan_line_id=line_id,
                    on_date=day,
                    value=value,
                )
                for day, value in line.points.items()
            )


def _objectives() -> Iterator[Base]:
    for code, title in objectives().items():
        yield tables.Objective(
            partnership_id=PARTNERSHIP_ID, id=identity("objective", code), code=code, title=title
        )


def _links() -> Iterator[Base]:
    for link in links():
        yield tables.ObjectiveLink(
            partnership_id=PARTNERSHIP_ID,
            id=identity("objective link", link.objective, link.target, link.code),
            objective_id=identity("objective", link.objective),
            target_kind=link.target.value,
            target_code=link.code,
            asserted_by="The board of the partnership",
        )


def _carry_on_actions(session: Session, plan: RoundPlan) -> None:
    """Those that this round decided on are new; the others have come so far."""
    for action in actions():
        age = plan.number - action.round_number
        if age == 0:
            session.add(_action(action))
        elif 0 < age < len(action.stands):
            stand = action.stands[age]
            row = session.get_one(tables.Action, (PARTNERSHIP_ID, _action_id(action)))
            row.status, row.light = stand.status.value, stand.light
            row.what_changed = stand.what_changed or row.what_changed
    session.flush()


def _action(action: ActionPlan) -> tables.Action:
    return tables.Action(
        partnership_id=PARTNERSHIP_ID,
        id=_action_id(action),
        round_id=identity("round", action.round_number),
        finding=action.finding,
        finding_id=finding_id(action.round_number, action.finding),
        decision=action.decision,
        title=action.title,
        owner_id=organisation_id(action.owner),
        due_on=action.due,
        status=action.stands[0].status.value,
        what_changed=None,
    )


def _action_id(action: ActionPlan) -> UUID:
    return identity("action", action.number)
