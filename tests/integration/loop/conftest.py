from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.loop.ranking import scored
from tests.world import World


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[Role], Desk]:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def collection_id(world: World) -> UUID:
    """In its consensus meeting."""
    return scored(world)
