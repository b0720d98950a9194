"""Two rounds of the driver, answered by six partners and published."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from tests.integration.publishing.partners import published, two_rounds
from tests.world import World

Browser = Callable[[UUID], FlaskClient]


@pytest.fixture
def rounds(world: World) -> tuple[UUID, UUID]:
    """Answered, and not published."""
    return two_rounds(world, [20, 30, 40, 50, 60, 70], [30, 40, 50, 60, 70, 80])


@pytest.fixture
def releases(world: World, rounds: tuple[UUID, UUID]) -> list[UUID]:
    return [published(world, each) for each in rounds]


@pytest.fixture
def evaluator(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.EVALUATOR])


@pytest.fixture
def partner(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.PARTNER])
