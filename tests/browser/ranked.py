"""Findings in each state: being gathered, being ranked, and ranked by five."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from lsp_assess.actions.findings import FindingDetails, add_finding
from lsp_assess.actions.milestones import MilestoneDetails, add_milestone
from lsp_assess.actions.ranking import close_ranking, open_ranking, vote
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import FindingKind
from lsp_assess.assessment.ranking import Vote
from lsp_assess.database.models.partnerships import Collection, Instrument
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.world import World

WORDS = {
    FindingKind.STRENGTH: ("Residents chair two of the boards",),
    FindingKind.IMPROVEMENT: (
        "Data are not shared",
        "Nobody outside the council knows who decides what the sub-partnerships may spend",
    ),
}


def gathered(world: World, collection_id: UUID) -> list[UUID]:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return _found(world.work(Role.FACILITATOR, session), collection_id)


def being_ranked(world: World, round_id: UUID) -> tuple[UUID, list[UUID]]:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        facilitator = world.work(Role.FACILITATOR, session)
        collection_id = session.execute(
            select(Collection.id)
            .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
            .where(Collection.round_id == round_id, Instrument.name == "lsp_driver")
        ).scalar_one()
        ids = _found(facilitator, collection_id)
        open_ranking(facilitator, collection_id)
    return collection_id, ids


def ranked(world: World, round_id: UUID) -> tuple[UUID, list[UUID]]:
    """By five people; two of the findings by all of them."""
    collection_id, ids = being_ranked(world, round_id)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        partner = world.work(Role.PARTNER, session)
        for place, person_id in enumerate(list(world.people.values())[:5]):
            work = replace(partner, actor=replace(partner.actor, person_id=person_id))
            rated = ids if place else ids[:2]
            votes = {id_: Vote(5 - (place + at) % 3, 2 + at) for at, id_ in enumerate(rated)}
            vote(work, collection_id, votes, version=0)
        close_ranking(world.work(Role.FACILITATOR, session), collection_id)
    return collection_id, ids


def milestone(work: Work, action_id: UUID) -> UUID:
    details = MilestoneDetails(words="The number is agreed", due_on=date(2026, 4, 1), done=False)
    return add_milestone(work, action_id, details)


def _found(work: Work, collection_id: UUID) -> list[UUID]:
    return [
        add_finding(work, collection_id, FindingDetails(kind=kind, words=words, criterion="leadership"))
        for kind, each in WORDS.items()
        for words in each
    ]
