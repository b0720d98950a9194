"""A driver collection whose findings are gathered and ranked, for the tests of this folder."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.findings import FindingDetails, add_finding
from lsp_assess.actions.ranking import close_ranking, open_ranking, vote
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import FindingKind
from lsp_assess.assessment.ranking import Vote
from lsp_assess.database.models.findings import Ballot
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.integration.publishing.partners import add_collection, add_round, driver
from tests.world import World

FINDINGS = {
    "Data are not shared": "improvement",
    "Residents chair": "strength",
    "Too many plans": "improvement",
}


def scored(
    world: World, status: CollectionStatus = CollectionStatus.IN_CONSENSUS, *, number: int = 1
) -> UUID:
    """A driver collection of a round of its own."""
    instrument, source = driver()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection_id = add_collection(session, world, add_round(session, world, number), instrument, source)
        session.get_one(Collection, (world.partnership_id, collection_id)).status = status
    return collection_id


def gather(world: World, collection_id: UUID, findings: Mapping[str, str] = FINDINGS) -> dict[str, UUID]:
    """By their words."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return gather_in(world.work(Role.FACILITATOR, session), collection_id, findings)


def gather_in(work: Work, collection_id: UUID, findings: Mapping[str, str]) -> dict[str, UUID]:
    return {
        words: add_finding(
            work, collection_id, FindingDetails(kind=FindingKind(kind), words=words, criterion="leadership")
        )
        for words, kind in findings.items()
    }


def opened(world: World, collection_id: UUID) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        open_ranking(world.work(Role.FACILITATOR, session), collection_id)


def closed(world: World, collection_id: UUID) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        close_ranking(world.work(Role.FACILITATOR, session), collection_id)


def voter(world: World, name: str) -> tuple[UUID, UUID]:
    """A partner more: account and person."""
    return world.add_member(name, Role.PARTNER, world.organisations[1])


def cast(world: World, collection_id: UUID, person_id: UUID, votes: Mapping[UUID, tuple[int, int]]) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        cast_in(world.work(Role.PARTNER, session), collection_id, person_id, votes)


def cast_in(
    work: Work,
    collection_id: UUID,
    person_id: UUID,
    votes: Mapping[UUID, tuple[int, int]],
    *,
    version: int = 0,
) -> None:
    work = replace(work, actor=replace(work.actor, person_id=person_id))
    vote(work, collection_id, {id_: Vote(*given) for id_, given in votes.items()}, version=version)


def all_vote(
    world: World, collection_id: UUID, votes: Sequence[Mapping[UUID, tuple[int, int]]]
) -> list[UUID]:
    """Each by a partner of their own."""
    people = [voter(world, f"Voter {place}")[1] for place in range(len(votes))]
    for person_id, given in zip(people, votes, strict=True):
        cast(world, collection_id, person_id, given)
    return people


def ballots(session: Session) -> list[dict[str, list[int]]]:
    return [row.votes for row in session.query(Ballot)]
