"""A part that is being scored again at the meeting: five have, the partner among them."""

from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.rescoring import take_step
from lsp_assess.assessment.rescoring import Step
from lsp_assess.database.models.rescoring import SecondScore
from lsp_assess.database.rescoring import rescoring
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.world import World

AGAIN = "shared_vision"
SECOND = {
    Role.PARTNER: 45,
    Role.FACILITATOR: 50,
    Role.COORDINATOR: 55,
    Role.EVALUATOR: 60,
    Role.SCRUTINY: 75,
}


def scored_again(session: Session, world: World, collection_id: UUID) -> None:
    take_step(world.work(Role.FACILITATOR, session), collection_id, AGAIN, Step.OPEN)
    row = rescoring(session, collection_id=collection_id, part=AGAIN)
    assert row is not None
    session.add_all(
        SecondScore(
            partnership_id=world.partnership_id,
            id=new_id(),
            rescoring_id=row.id,
            person_id=world.people[role],
            score=score,
            at=world.clock.now(),
        )
        for role, score in SECOND.items()
    )
    session.flush()
