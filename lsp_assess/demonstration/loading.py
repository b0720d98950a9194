"""The whole demonstration, step by step: the records in one transaction, then each year's release in its own.

A load that was cut off goes on where it stopped; one that is complete finds that nothing is left to do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.actions.work import Work
from lsp_assess.database.session import transaction
from lsp_assess.demonstration.accounts import Keys
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.load_invitations import load_invitations
from lsp_assess.demonstration.load_partners import load_partners
from lsp_assess.demonstration.load_partnership import acting_coordinator, load_partnership
from lsp_assess.demonstration.load_residents import load_residents
from lsp_assess.demonstration.load_rounds import load_rounds
from lsp_assess.demonstration.load_stories import load_stories
from lsp_assess.demonstration.load_year import publish_year
from lsp_assess.demonstration.progress import RECORDS, SCOPE, is_loaded, is_published
from lsp_assess.demonstration.questionnaires import read_shipped
from lsp_assess.demonstration.setting import Setting
from lsp_assess.demonstration.timetable import past_rounds
from lsp_assess.kernel.clock import SetClock
from lsp_assess.reports.model import Report

LOADERS: tuple[Callable[[Setting], None], ...] = (
    load_partnership,
    load_rounds,
    load_partners,
    load_residents,
    load_stories,
    load_invitations,
)


@dataclass(frozen=True, slots=True)
class Step:
    name: str


def load(engine: Engine, *, now: datetime, keys: Keys, base_url: str) -> Iterator[Step]:
    """Each step before it is taken."""
    with transaction(engine, SCOPE) as session:
        if not is_loaded(session):
            setting = Setting(session=session, now=now, keys=keys, base_url=base_url, shipped=read_shipped())
            for name, part in zip(RECORDS, LOADERS, strict=True):
                yield Step(name)
                part(setting)
                session.flush()
    for plan in past_rounds():
        with transaction(engine, SCOPE) as session:
            if is_published(session, plan):
                continue
            yield Step(f"release of {plan.name}")
            clock = SetClock(plan.at(plan.published, 9))
            publish_year(Work(session=session, actor=acting_coordinator(), clock=clock), plan)


def demonstration_report(engine: Engine) -> Report:
    """The comparison of all rounds that are over."""
    with transaction(engine, SCOPE) as session:
        return report_of_rounds(session, [identity("round", plan.number) for plan in past_rounds()])
