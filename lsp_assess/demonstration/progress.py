"""How much of the demonstration is there, found out without importing what makes it."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.models.publications import Release
from lsp_assess.database.session import Scope, transaction
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.timetable import RoundPlan, past_rounds

PARTNERSHIP_ID = identity("partnership")
SCOPE = Scope(partnership_id=PARTNERSHIP_ID)
RECORDS = (
    "partnership",
    "rounds",
    "partners’ answers",
    "households",
    "stories",
    "invitations",
)


def is_loaded(session: Session) -> bool:
    return session.execute(select(Partnership.id)).first() is not None


def is_published(session: Session, plan: RoundPlan) -> bool:
    round_id = identity("round", plan.number)
    return session.execute(select(Release.id).where(Release.round_id == round_id)).first() is not None


def steps_left(engine: Engine) -> int:
    with transaction(engine, SCOPE) as session:
        records = 0 if is_loaded(session) else len(RECORDS)
        return records + sum(not is_published(session, plan) for plan in past_rounds())
