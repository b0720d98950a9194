from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.scored import scored
from tests.world import World

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> DeskOf:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def partner(desk_of: DeskOf) -> Desk:
    return desk_of(Role.PARTNER)


@pytest.fixture
def facilitator(desk_of: DeskOf) -> Desk:
    return desk_of(Role.FACILITATOR)


@pytest.fixture
def other_partner(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    account_id, _ = world.add_member("Olga Other", Role.PARTNER, world.organisations[1])
    return Desk(browser_of(account_id), world.slug)


@pytest.fixture
def driver(world: World) -> UUID:
    """The driver is being met about in the first round."""
    return scored(world, (20, 35, 50, 50, 65, 90), CollectionStatus.IN_CONSENSUS)
