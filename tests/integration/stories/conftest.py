from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.stories.telling import story_collection, tell
from tests.world import World


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[Role], Desk]:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def teller(world: World, browser_of: Callable[[UUID], FlaskClient]) -> tuple[UUID, Desk]:
    """A partner besides the world's own: person and desk."""
    account_id, person_id = world.add_member("Tess Teller", Role.PARTNER, world.organisations[1])
    return person_id, Desk(browser_of(account_id), world.slug)


@pytest.fixture
def collection_id(world: World) -> UUID:
    return story_collection(world)


@pytest.fixture
def story_id(world: World, collection_id: UUID, teller: tuple[UUID, Desk]) -> UUID:
    """Told by the teller, with every consent but photographs."""
    return tell(world, collection_id, teller[0])
