"""Rounds and their collections, with every step of their lives so far."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lsp_assess.actions.population import STATED
from lsp_assess.database.base import Base, Json
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.partnerships import CollectionEvent as EventRow
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.load_partnership import account_id
from lsp_assess.demonstration.population import population
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import DRIVER, IN_OPEN_ROUND, IN_PAST_ROUNDS, SURVEY
from lsp_assess.demonstration.setting import Setting, collection_id
from lsp_assess.demonstration.staff import coordinator
from lsp_assess.demonstration.timetable import OPEN_ROUND, RoundPlan
from lsp_assess.partnerships.rounds import CollectionEvent, CollectionStatus, Need, move
from lsp_assess.residents.selection import SelectionRule

SURVEY_SETTINGS = {"selection_rule": SelectionRule.KISH.value, "mode": "face_to_face"}


def load_rounds(setting: Setting) -> None:
    setting.write(_rounds(setting))
    collections, events = [], []
    for plan in setting.rounds:
        for name in IN_OPEN_ROUND if plan.number == OPEN_ROUND else IN_PAST_ROUNDS:
            lived = list(_life(plan, name))
            events += lived
            collections.append(_collection(setting, plan, name, CollectionStatus(lived[-1].after)))
    setting.write(collections)
    setting.write(events)


def _rounds(setting: Setting) -> Iterator[Base]:
    for plan in setting.rounds:
        yield Round(
            partnership_id=PARTNERSHIP_ID,
            id=identity("round", plan.number),
            number=plan.number,
            name=plan.name,
            starts_on=plan.starts,
            ends_on=plan.ends,
        )


def _collection(setting: Setting, plan: RoundPlan, name: str, status: CollectionStatus) -> Base:
    settings: Json = {}
    if name == SURVEY:
        headlines = [item.name for item in setting.instrument(name).questions if item.headline]
        settings = {**SURVEY_SETTINGS, "headline": headlines, STATED: population().as_json()}
    return Collection(
        partnership_id=PARTNERSHIP_ID,
        id=collection_id(plan.number, name),
        round_id=identity("round", plan.number),
        instrument_hash=setting.hash_of(name),
        status=status,
        opens_on=plan.opens,
        closes_at=plan.at(plan.closes, 23, 59),
        languages=list(setting.instrument(name).complete_languages),
        settings=settings,
    )


def _life(plan: RoundPlan, name: str) -> Iterator[EventRow]:
    """From draft to where the collection is now; only the driver goes through a meeting."""
    steps: list[tuple[CollectionEvent, datetime]] = [(CollectionEvent.OPEN, plan.at(plan.opens, 8))]
    if plan.number != OPEN_ROUND:
        steps.append((CollectionEvent.CLOSE, plan.at(plan.closes + timedelta(days=1), 9)))
        if name == DRIVER:
            steps.append((CollectionEvent.BEGIN_CONSENSUS, plan.at(plan.meeting, 9)))
        steps.append((CollectionEvent.FINALISE, plan.at(plan.meeting, 16)))
    status = CollectionStatus.DRAFT
    for event, at in steps:
        before, status = status, move(status, event, shown=frozenset({Need.COMPLETE_LANGUAGES}))
        yield EventRow(
            partnership_id=PARTNERSHIP_ID,
            id=identity("collection event", plan.number, name, event),
            collection_id=collection_id(plan.number, name),
            at=at,
            account_id=account_id(coordinator().name),
            event=event.value,
            before=before.value,
            after=status.value,
        )
