"""The home page says where a story may be told, and how many wait for a vote or for the panel."""

from collections.abc import Callable
from uuid import UUID

from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.stories.telling import AGREED, ask, move, tell
from tests.world import World

DeskOf = Callable[[Role], Desk]


def test_a_partner_who_is_asked_finds_it_until_a_story_is_sent(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk]
) -> None:
    ask(world, collection_id, teller[0])
    home = teller[1].get("/").text
    assert "Your next step" in home
    assert "Year 1: tell a story" in home
    tell(world, collection_id, teller[0])
    home = teller[1].get("/").text
    assert "1 story sent; you may tell more" in home
    assert "Nothing for you to do now" in home


def test_stories_of_others_wait_for_a_vote_and_then_for_the_panel(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    for number, use in enumerate(("yes", "yes", "no"), start=1):
        story_id = tell(world, collection_id, teller[0], consents={**AGREED, "use": use}, number=number)
        if number == 1:
            vote = {"contribution": "2", "evidence": "2", "version": "0"}
            desk_of(Role.PARTNER).send(f"/stories/{story_id}/grade", vote)
    assert "1 story to grade" in desk_of(Role.PARTNER).get("/").text
    assert "to decide" not in desk_of(Role.COORDINATOR).get("/").text
    move(world, collection_id, CollectionStatus.IN_CONSENSUS)
    assert "to grade" not in desk_of(Role.PARTNER).get("/").text
    assert "2 stories for the panel to decide" in desk_of(Role.COORDINATOR).get("/").text
