from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.world import World


@pytest.fixture
def desk(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    """The coordinator's."""
    return Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)
