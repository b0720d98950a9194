from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.scored import scored
from tests.world import World

SCORES = (20, 35, 50, 50, 65, 90)


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[Role], Desk]:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def facilitator(desk_of: Callable[[Role], Desk]) -> Desk:
    return desk_of(Role.FACILITATOR)


@pytest.fixture
def other_facilitator(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    account_id, _ = world.add_member("Olga Other", Role.FACILITATOR, world.organisations[1])
    return Desk(browser_of(account_id), world.slug)


@pytest.fixture
def in_session(world: World) -> UUID:
    """The meeting on what six people scored has begun; the id of the collection."""
    return scored(world, SCORES, CollectionStatus.IN_CONSENSUS)
