"""A self-assessment that people have scored, at any point of its life."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.integration.publishing.partners import add_collection, add_round, answer, driver, respondents
from tests.world import World

PART = "shared_vision"


def scored(world: World, scores: Sequence[int], status: CollectionStatus) -> UUID:
    """One score of each person for every part; the id of the collection."""
    instrument, source = driver()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection_id = add_collection(session, world, add_round(session, world, 1), instrument, source)
        for place, (key, score) in enumerate(
            zip(respondents(session, world, len(scores)), scores, strict=True)
        ):
            answer(session, world, collection_id, instrument, key, score, place)
    move(world, collection_id, status)
    return collection_id


def move(world: World, collection_id: UUID, status: CollectionStatus) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.get_one(Collection, (world.partnership_id, collection_id)).status = status


def rescored(world: World, part: str, answers: Sequence[Mapping[str, object]]) -> None:
    """The answers to a part, person by person."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        responses = session.execute(select(Response).order_by(Response.id)).scalars().all()
        for response, given in zip(responses, answers, strict=True):
            response.submission = {**(response.submission or {}), part: dict(given)}


def written(world: World, item: str, words: Sequence[str]) -> None:
    """What the first people wrote, person by person; the others wrote nothing."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        responses = session.execute(select(Response).order_by(Response.id)).scalars().all()
        for response, said in zip(responses, words, strict=False):
            response.submission = {**(response.submission or {}), item: {"value": said}}
