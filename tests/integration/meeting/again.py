"""Partners with phones of their own, who were asked to score and are asked to score again."""

from collections.abc import Sequence
from uuid import UUID

from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.meeting.scored import PART
from tests.world import World

Asked = list[tuple[UUID, UUID]]
"""Account and person of each."""


def asked_partners(world: World, collection_id: UUID, number: int) -> Asked:
    people = [
        world.add_member(f"Partner Number {n}", Role.PARTNER, world.organisations[n % 3])
        for n in range(number)
    ]
    for place, (_, person_id) in enumerate(people):
        ask(world, collection_id, person_id, world.organisations[place % 3])
    return people


def ask(world: World, collection_id: UUID, person_id: UUID, organisation_id: UUID) -> None:
    of, key = {"partnership_id": world.partnership_id}, new_id()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.add(RespondentKey(**of, id=key, person_id=person_id))
        session.flush()
        session.add(
            Participant(
                **of,
                collection_id=collection_id,
                person_id=person_id,
                respondent_key_id=key,
                organisation_id=organisation_id,
            )
        )


def phone_of(collection_id: UUID, part: str = PART) -> str:
    return f"/again/{collection_id}/{part}"


def room_of(collection_id: UUID, part: str = PART) -> str:
    return f"/meeting/{collection_id}/parts/{part}"


def step(desk: Desk, collection_id: UUID, name: str, part: str = PART) -> int:
    return desk.send(f"{room_of(collection_id, part)}/again/{name}", {}).status_code


def counted(desk: Desk, collection_id: UUID) -> dict[str, str]:
    found: dict[str, str] = desk.get(f"{room_of(collection_id)}/again/counted").get_json()
    return found


def scored_again(desks: Sequence[Desk], collection_id: UUID, scores: Sequence[int]) -> None:
    for desk, score in zip(desks, scores, strict=False):
        assert desk.fill(phone_of(collection_id), score=score).status_code == 302
