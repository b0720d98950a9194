"""The whole demonstration in one transaction: it is there wholly, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.session import Scope, transaction
from lsp_assess.demonstration.accounts import Keys
from lsp_assess.demonstration.load_partners import load_partners
from lsp_assess.demonstration.load_partnership import load_partnership
from lsp_assess.demonstration.load_residents import load_residents
from lsp_assess.demonstration.load_rounds import load_rounds
from lsp_assess.demonstration.questionnaires import read_shipped
from lsp_assess.demonstration.setting import PARTNERSHIP_ID, Setting

SCOPE = Scope(partnership_id=PARTNERSHIP_ID)


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    load: Callable[[Setting], None]


STEPS = (
    Step("partnership", load_partnership),
    Step("rounds", load_rounds),
    Step("partners’ answers", load_partners),
    Step("households and interviews", load_residents),
)


def is_loaded(engine: Engine) -> bool:
    with transaction(engine, SCOPE) as session:
        return session.execute(select(Partnership.id)).first() is not None


def load(engine: Engine, *, now: datetime, keys: Keys) -> Iterator[Step]:
    """Each step before it is taken; nothing is kept unless the last one is through."""
    with transaction(engine, SCOPE) as session:
        setting = Setting(session=session, now=now, keys=keys, shipped=read_shipped())
        for step in STEPS:
            yield step
            step.load(setting)
            session.flush()
