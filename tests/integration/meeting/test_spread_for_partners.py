"""How the scores lie, as partners see it once the meeting has begun: frozen when scoring closed."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.models.rescoring import FrozenSpread
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.again import asked_partners, scored_again, step
from tests.integration.meeting.scored import PART, rescored, scored
from tests.world import World

DeskOf = Callable[[Role], Desk]
FIFTEEN = (20, 60, 10, 30, 65, 20, 40, 70, 30, 50, 75, 40, 60, 80, 50)
"""In turn of the council, the police and the voluntary sector: medians 40, 70 and 30."""
CHANGING = re.compile(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"|nonce-[^"]+')


def page_of(collection_id: UUID) -> str:
    return f"/spread/{collection_id}"


def part_on(page: str, part: str = PART) -> str:
    start = page.index(f'id="part-{part}"')
    return page[start : page.find('<div class="spread__part">', start)]


@pytest.fixture
def begun(world: World, desk_of: DeskOf) -> UUID:
    """Closed by the coordinator and begun by the facilitator, as it is done."""
    collection_id = scored(world, FIFTEEN, CollectionStatus.OPEN)
    for role, path in (
        (Role.COORDINATOR, f"/collections/{collection_id}/step/close"),
        (Role.FACILITATOR, f"/meeting/{collection_id}/step/begin_consensus"),
    ):
        assert desk_of(role).fill(path).status_code == 302
    return collection_id


def test_partners_see_each_part_with_its_figures_and_what_is_flagged(
    world: World, begun: UUID, desk_of: DeskOf, facilitator: Desk
) -> None:
    facilitator.fill(f"/meeting/{begun}/parts/{PART}", score="55", rationale="Seen.")
    partner = desk_of(Role.PARTNER)
    assert "How the scores lie: Year 1" in partner.get("/").text
    page = partner.get(page_of(begun)).text
    part = part_on(page)
    xs = [float(x) / 2 for x in re.findall(r'strip__dot" cx="([0-9.]+)"', part)]
    assert xs == sorted(FIFTEEN)
    for told in ("15 people", "30 to 62.5", "10 to 80", "Wide spread", "<dd>55</dd>", "<dd>+5</dd>"):
        assert told in part, told
    assert page.count('<li><a class="govuk-link" href="#part-') == 32
    assert page.count('class="spread__part"') == 32
    with world.session() as session:
        assert "spread_seen" in session.execute(select(AuditEvent.event)).scalars().all()


def test_sectors_are_told_of_to_the_room_and_to_partners_where_all_of_them_may_be(
    begun: UUID, desk_of: DeskOf, facilitator: Desk
) -> None:
    # trust C5
    for page in (
        part_on(desk_of(Role.PARTNER).get(page_of(begun)).text),
        facilitator.get(f"/meeting/{begun}/parts/{PART}").text,
    ):
        told = page[page.index("Median by sector") :]
        assert re.findall("<dd>([0-9]+)</dd>", told)[:3] == ["40", "70", "30"]


def test_a_sector_of_four_takes_others_along(world: World, desk_of: DeskOf) -> None:
    # trust C5
    collection_id = scored(world, FIFTEEN[:14], CollectionStatus.IN_CONSENSUS)
    page = desk_of(Role.PARTNER).get(page_of(collection_id)).text
    told = re.search(r"Median by sector</h4><dl[^>]*>(.*?)</dl>", part_on(page))
    assert told is None or told[1].count("<dt>") == 1


@pytest.mark.parametrize("status", [CollectionStatus.OPEN, CollectionStatus.CLOSED])
def test_before_the_meeting_partners_see_nothing(
    world: World, desk_of: DeskOf, status: CollectionStatus
) -> None:
    # trust A5
    collection_id = scored(world, FIFTEEN, status)
    partner = desk_of(Role.PARTNER)

    def seen() -> list[str]:
        return [CHANGING.sub("", partner.get(path).text) for path in ("/", page_of(collection_id))]

    before = seen()
    assert partner.get(page_of(collection_id)).status_code == 409
    assert "How the scores lie" not in before[0]
    rescored(world, PART, [{"value": 0}] * len(FIFTEEN))
    assert seen() == before
    for role in set(Role) - {Role.PARTNER}:
        assert desk_of(role).get(page_of(collection_id)).status_code == 403


def test_whoever_takes_their_answers_out_later_is_not_known_by_the_difference(
    world: World, begun: UUID, desk_of: DeskOf, facilitator: Desk
) -> None:
    # trust C6
    pages = (
        lambda: desk_of(Role.PARTNER).get(page_of(begun)).text,
        lambda: facilitator.get(f"/meeting/{begun}/parts/{PART}").text,
    )
    before = [CHANGING.sub("", page()) for page in pages]
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(delete(Response).where(Response.id == select(Response.id).limit(1).scalar_subquery()))
    assert [CHANGING.sub("", page()) for page in pages] == before


def test_a_threshold_that_is_raised_later_hides_what_is_frozen(
    world: World, begun: UUID, desk_of: DeskOf
) -> None:
    # trust C5
    for threshold, sectors, dots in ((6, 0, 15), (16, 0, 0), (5, 1, 15)):
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            session.get_one(Partnership, world.partnership_id).small_group = threshold
        part = part_on(desk_of(Role.PARTNER).get(page_of(begun)).text)
        assert (part.count("Median by sector"), part.count("strip__dot")) == (sectors, dots)


def test_of_a_part_that_may_not_be_told_nothing_is_kept(world: World, desk_of: DeskOf) -> None:
    # trust C5
    collection_id = scored(world, FIFTEEN, CollectionStatus.OPEN)
    rescored(world, PART, [{"value": 60}] * 14 + [{"value": 65}])
    coordinator = desk_of(Role.COORDINATOR)
    assert coordinator.fill(f"/collections/{collection_id}/step/close").status_code == 302
    with world.session() as session:
        kept = session.execute(select(FrozenSpread.parts)).scalar_one()
    assert PART not in kept
    assert len(kept) == 31
    assert coordinator.fill(f"/collections/{collection_id}/step/reopen", reason="Late").status_code == 302
    with world.session() as session:
        assert session.execute(select(FrozenSpread)).all() == []


def test_second_scores_stand_beside_the_first_once_they_are_revealed(
    world: World,
    begun: UUID,
    desk_of: DeskOf,
    facilitator: Desk,
    browser_of: Callable[[UUID], FlaskClient],
) -> None:
    people = asked_partners(world, begun, 5)
    phones = [Desk(browser_of(account_id), world.slug) for account_id, _ in people]
    step(facilitator, begun, "open")
    scored_again(phones, begun, (40, 50, 60, 70, 80))
    assert "Second scores" not in desk_of(Role.PARTNER).get(page_of(begun)).text
    step(facilitator, begun, "reveal")
    part = part_on(desk_of(Role.PARTNER).get(page_of(begun)).text)
    assert "Second scores" in part
    assert part.count("strip__dot") == 20
    assert "<dd>+10</dd>" in part
