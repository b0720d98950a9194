"""A partner's own answers beside the spread: the answers are theirs, the spread is the release's."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.integration.publishing.partners import (
    add_collection,
    add_round,
    answer,
    driver,
    published,
    respondents,
)
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
OTHERS = [20, 30, 40, 50, 60]
MINE = 85


@pytest.fixture
def held(world: World) -> tuple[UUID, UUID]:
    """Round and collection of the driver: five partners and the one of `world`, who gave 85 throughout."""
    instrument, source = driver()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        round_id = add_round(session, world, 1)
        collection = add_collection(session, world, round_id, instrument, source)
        for place, (key, score) in enumerate(zip(respondents(session, world, 5), OTHERS, strict=True)):
            answer(session, world, collection, instrument, key, score, place)
        own = RespondentKey(
            partnership_id=world.partnership_id, id=new_id(), person_id=world.people[Role.PARTNER]
        )
        session.add(own)
        session.flush()
        answer(session, world, collection, instrument, own.id, MINE, 0)
        session.add(
            Participant(
                partnership_id=world.partnership_id,
                collection_id=collection,
                person_id=world.people[Role.PARTNER],
                respondent_key_id=own.id,
                organisation_id=world.organisations[0],
            )
        )
    return round_id, collection


def path(world: World, collection: UUID) -> str:
    return f"/p/{world.slug}/answer/{collection}/1/results"


def test_until_the_round_is_published_nothing_of_anybody_is_shown(
    world: World, held: tuple[UUID, UUID], partner: FlaskClient
) -> None:
    # trust C7
    page = partner.get(path(world, held[1])).text
    assert "has not been published yet" in page
    assert "own__line" not in page


def test_every_part_stands_beside_the_spread_of_the_release(
    world: World, held: tuple[UUID, UUID], partner: FlaskClient
) -> None:
    published(world, held[0])
    page = partner.get(path(world, held[1])).text
    instrument, _ = driver()
    assert instrument.scoring
    parts = sum(len(criterion.parts) for criterion in instrument.scoring.criteria)
    assert page.count("Yours: <strong>85</strong>") == parts
    assert page.count('<path class="own__mine" d="M170.0 7') == parts
    first = page[page.index('class="own__line"') :]
    first = first[: first.index("</li>")]
    dots = [float(x) / 2 for x in re.findall(r'<circle class="own__dot" cx="([0-9.]+)"', first)]
    assert sorted(dots) == [*OTHERS, MINE]
    assert '<path class="own__median" d="M90.0' in first  # (40 + 50) / 2


def test_what_is_answered_after_publication_moves_nothing_of_the_spread(
    world: World, held: tuple[UUID, UUID], partner: FlaskClient
) -> None:
    # trust C7
    published(world, held[0])
    before = partner.get(path(world, held[1])).text
    instrument, _ = driver()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        late = RespondentKey(partnership_id=world.partnership_id, id=new_id(), imported_id="late")
        session.add(late)
        session.flush()
        answer(session, world, held[1], instrument, late.id, 0, 0)
    after = partner.get(path(world, held[1])).text
    assert re.findall("<circle.*?>", after) == re.findall("<circle.*?>", before)


def test_nobody_else_reaches_it(
    world: World, held: tuple[UUID, UUID], browser_of: Browser
) -> None:  # trust A5
    published(world, held[0])
    account, _ = world.add_member("northbridge outsider", Role.PARTNER, world.organisations[1])
    assert browser_of(account).get(path(world, held[1])).status_code == 404
    for role in (Role.COORDINATOR, Role.EVALUATOR, Role.FACILITATOR):
        assert browser_of(world.accounts[role]).get(path(world, held[1])).status_code == 403


def test_who_was_asked_and_sent_nothing_is_told_so(
    world: World, held: tuple[UUID, UUID], browser_of: Browser
) -> None:
    published(world, held[0])
    account, person = world.add_member("northbridge silent", Role.PARTNER, world.organisations[1])
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = session.execute(select(Collection.id)).scalar_one()
        key = RespondentKey(partnership_id=world.partnership_id, id=new_id(), person_id=person)
        session.add(key)
        session.flush()
        session.add(
            Participant(
                partnership_id=world.partnership_id,
                collection_id=collection,
                person_id=person,
                respondent_key_id=key.id,
            )
        )
    page = browser_of(account).get(path(world, held[1])).text
    assert "You have not sent any answers" in page
    assert "own__line" not in page
