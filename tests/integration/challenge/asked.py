"""What can be asked about, and questions already asked, for the tests of this folder."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from lsp_assess.actions.challenge import Question, about_action, about_part, answer, ask
from lsp_assess.actions.loop import ActionDetails, add_action
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.outcomes import Indicator, Measurement, PlanLine, PlanPoint
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.tables_actions import ActionLight, ActionStatus
from tests.integration.meeting.scored import PART
from tests.world import World

LEAD = 0
"""The Council, for which the partner of the world answers."""


def act(world: World, round_id: UUID, *, light: ActionLight | None = None, owner: int | None = LEAD) -> UUID:
    details = ActionDetails(
        finding="F",
        decision="D",
        title="Light the path",
        owner_id=None if owner is None else world.organisations[owner],
        due_on=date(2026, 9, 1),
        status=ActionStatus.UNDER_WAY,
        what_changed=None,
        light=light,
    )
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return add_action(world.work(Role.COORDINATOR, session), round_id, details)


def indicator(world: World, value: float) -> UUID:
    """Planned at 100, higher is better, a tolerance of a tenth: 80 is red."""
    of, id_, line_id = {"partnership_id": world.partnership_id}, new_id(), new_id()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = Indicator(
            **of,
            id=id_,
            code="jobs",
            title="People in work",
            unit="%",
            polarity="higher",
            tolerance=0.1,
            lead_organisation_id=world.organisations[LEAD],
            details={"publication_lag": 400},
        )
        session.add(row)
        session.flush()
        session.add(
            Measurement(
                **of,
                id=new_id(),
                indicator_id=id_,
                area_id=world.areas[0],
                period_type=PeriodType.CALENDAR_YEAR,
                period_start=date(2025, 1, 1),
                period_end=date(2025, 12, 31),
                value=value,
                recorded_at=world.clock.now(),
            )
        )
        session.add(PlanLine(**of, id=line_id, indicator_id=id_, name="Plan", is_the_line=True))
        session.flush()
        session.add(PlanPoint(**of, id=new_id(), plan_line_id=line_id, on_date=date(2020, 1, 1), value=100.0))
    return id_


def ask_about_action(
    world: World,
    action_id: UUID,
    *,
    days: int = 28,
    ago: int = 0,
    by: Role = Role.SCRUTINY,
    **more: UUID,
) -> UUID:
    """So many days ago, to be answered within so many days."""
    clock = SetClock(world.clock.now() - timedelta(days=ago))
    reply_by = clock.now().date() + timedelta(days=days)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = replace(world.work(by, session), clock=clock)
        return ask(work, about_action(work, action_id), Question(words="Why?", reply_by=reply_by, **more))


def ask_about_part(
    world: World, collection_id: UUID, words: str = "Who has seen it?", by: Role = Role.PARTNER
) -> UUID:
    lead, day = world.people[Role.PARTNER], world.clock.now().date()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(by, session)
        question = Question(words=words, reply_by=day + timedelta(days=7), lead_person_id=lead)
        return ask(work, about_part(work, collection_id, PART), question)


def answered(world: World, challenge_id: UUID, words: str, *, by: Role = Role.PARTNER) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        answer(world.work(by, session), challenge_id, words, version=1)


def questions(world: World) -> list[Challenge]:
    with world.session() as session:
        return list(session.execute(select(Challenge).order_by(Challenge.question)).scalars())


def the_question(world: World) -> Challenge:
    [row] = questions(world)
    return row


def round_of(world: World) -> UUID:
    with world.session() as session:
        return session.execute(select(Round.id)).scalar_one()
