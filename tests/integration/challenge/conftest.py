from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.scored import scored
from tests.world import World

WIDE = (20, 35, 50, 50, 65, 90)


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[Role], Desk]:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def in_session(world: World) -> UUID:
    """A meeting on what six people scored very differently; the id of the collection."""
    return scored(world, WIDE, CollectionStatus.IN_CONSENSUS)
