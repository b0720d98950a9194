"""Questions in each state: waiting for the partner's answer, answered, and overdue."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from lsp_assess.actions.challenge import Question, about_action, about_part, answer, ask
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.world import World


def asked(world: World, *, meeting: UUID, action: UUID | None) -> list[UUID]:
    assert action is not None
    today, lead = world.clock.now().date(), world.people[Role.PARTNER]
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        facilitator, scrutiny = (world.work(role, session) for role in (Role.FACILITATOR, Role.SCRUTINY))
        subject = about_part(facilitator, meeting, "shared_vision")
        words = "Who has read the plan?"
        question = Question(words=words, reply_by=today + timedelta(days=14), lead_person_id=lead)
        waiting, answered = (ask(facilitator, subject, question) for _ in range(2))
        answer(world.work(Role.PARTNER, session), answered, "All nine boards have.", version=1)
        earlier = replace(world.clock, instant=world.clock.instant - timedelta(days=40))
        late = Question(words="Who rings back?", reply_by=today - timedelta(days=5))
        overdue = ask(replace(scrutiny, clock=earlier), about_action(scrutiny, action), late)
    return [waiting, answered, overdue]
