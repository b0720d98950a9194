from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.rounds import NewCollection, RoundDetails, add_collection, add_round
from lsp_assess.partnerships.roles import Role
from lsp_assess.residents.selection import SelectionRule
from tests.desk import Desk
from tests.world import World


@pytest.fixture
def desk(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    """The coordinator's."""
    return Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)


@pytest.fixture
def survey(world: World) -> UUID:
    """A collection of the resident survey."""
    hash_ = next(hash_ for hash_, (one, _) in shipped().items() if one.name == "resident_survey")
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        year = RoundDetails(name="Year 1", starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 31))
        new = NewCollection(instrument_hash=hash_, languages=("en",), closes_on=None, rule=SelectionRule.KISH)
        found = add_collection(work, add_round(work, year), new)
        session.commit()
    return found
