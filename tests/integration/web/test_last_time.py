"""A partner's own answers of an earlier round beside the new ones, and what was agreed then."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import AgreedScore, Mode, Response, ResponseStatus
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import hidden_fields
from tests.opened import invited, opened, shipped
from tests.world import World

TITLE = "Your answers in Round 1"


@dataclass(frozen=True)
class Rounds:
    first: UUID
    second: UUID


@pytest.fixture
def rounds(world: World) -> Rounds:
    """In the first the partner gave 70 where 45 was agreed; the second is open."""
    of, now = {"partnership_id": world.partnership_id}, world.clock.now()
    with world.session() as session:
        first = opened(session, world, shipped("lsp_driver"), status=CollectionStatus.FINAL)
        asked = invited(session, world, Role.PARTNER, first)
        session.add(
            Response(
                **of,
                id=new_id(),
                collection_id=first.id,
                respondent_key_id=asked.respondent_key_id,
                instrument_hash=first.instrument_hash,
                mode=Mode.ONLINE,
                status=ResponseStatus.SUBMITTED,
                draft={},
                submission={"shared_vision": {"value": 70}, "senior_commitment": {"missing": "unanswered"}},
                started_at=now,
                submitted_at=now,
            )
        )
        for part in ("shared_vision", "senior_commitment"):
            session.add(
                AgreedScore(
                    **of,
                    id=new_id(),
                    collection_id=first.id,
                    part=part,
                    score=45.0,
                    rationale="We agreed",
                    at=now,
                )
            )
        second = opened(session, world, shipped("lsp_driver"), number=2)
        invited(session, world, Role.PARTNER, second)
        session.commit()
        return Rounds(first.id, second.id)


@pytest.fixture
def partner(world: World, browser_of: Callable[[UUID], FlaskClient]) -> FlaskClient:
    return browser_of(world.accounts[Role.PARTNER])


def section(world: World, collection_id: UUID) -> str:
    return f"/p/{world.slug}/answer/{collection_id}/1/section/leadership"


def test_ones_own_answers_stand_beside_the_new_ones(
    world: World, rounds: Rounds, partner: FlaskClient
) -> None:
    page = partner.get(section(world, rounds.second)).text
    assert TITLE in page
    assert ">70</dd>" in page
    assert "Agreed: 45" not in page


def test_what_was_agreed_is_told_once_ones_own_score_is_in_and_of_that_part_only(
    world: World, rounds: Rounds, partner: FlaskClient
) -> None:
    path = section(world, rounds.second)
    form = {**hidden_fields(partner.get(path).text), "shared_vision": "60"}
    assert partner.post(path, data=form).status_code == 302
    assert partner.get(path).text.count("Agreed: 45") == 1


def test_what_is_not_final_yet_is_not_told(world: World, rounds: Rounds, partner: FlaskClient) -> None:
    with world.session() as session:
        earlier = Collection.id == rounds.first
        session.execute(update(Collection).where(earlier).values(status=CollectionStatus.IN_CONSENSUS))
        session.commit()
    path = section(world, rounds.second)
    partner.post(path, data={**hidden_fields(partner.get(path).text), "shared_vision": "60"})
    page = partner.get(path).text
    assert ">70</dd>" in page
    assert "Agreed: 45" not in page


def test_a_first_round_has_nothing_before_it(world: World, asked: UUID, partner: FlaskClient) -> None:
    page = partner.get(f"/p/{world.slug}/answer/{asked}/1/section/wheel").text
    assert "Your answers in" not in page
