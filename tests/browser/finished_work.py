"""What a worker has done already in the full partnership: a round published, a report made."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.long_work import JobStatus
from lsp_assess.database.models.publications import Publication, ReportJob
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.world import World


def publication(session: Session, world: World, round_id: UUID, release_id: UUID) -> None:
    """The coordinator's."""
    now = world.clock.now()
    session.add(
        Publication(
            partnership_id=world.partnership_id,
            id=new_id(),
            account_id=world.accounts[Role.COORDINATOR],
            round_id=round_id,
            release_id=release_id,
            asked_at=now,
            status=JobStatus.DONE,
            done=1,
            of=1,
            finished_at=now,
        )
    )
    session.flush()


def report(session: Session, world: World, release_id: UUID) -> UUID:
    """The evaluator's."""
    content = b"%PDF-1.7"
    now = world.clock.now()
    row = ReportJob(
        partnership_id=world.partnership_id,
        id=new_id(),
        account_id=world.accounts[Role.EVALUATOR],
        release_ids=[str(release_id)],
        language="en",
        asked_at=now,
        status=JobStatus.DONE,
        done=1,
        of=1,
        finished_at=now,
        file=content,
        file_hash=sha256(content).hexdigest(),
    )
    session.add(row)
    session.flush()
    return row.id
