"""A partner hands on what she is asked, whole or in part; the colleague begins with an empty form."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.models.responses import KeptBody, Participant, RespondentKey, Response
from lsp_assess.partnerships.roles import Matching, Role
from tests.desk import Desk
from tests.opened import invited, opened, shipped
from tests.world import World

CANARY = "zq-what-she-wrote"


@pytest.fixture
def collection_id(world: World) -> UUID:
    with world.session() as session:
        closes = world.clock.now() + timedelta(days=10)
        collection = opened(session, world, shipped("lsp_driver"), closes_at=closes)
        invited(session, world, Role.PARTNER, collection)
        session.commit()
        return collection.id


@pytest.fixture
def colleague(world: World) -> tuple[UUID, UUID]:
    """Account and person."""
    return world.add_member("Carys Colleague", Role.PARTNER, world.organisations[0])


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[UUID], Desk]:
    return lambda account_id: Desk(browser_of(account_id), world.slug)


@pytest.fixture
def giver(world: World, desk_of: Callable[[UUID], Desk]) -> Desk:
    return desk_of(world.accounts[Role.PARTNER])


def begin(desk: Desk, collection_id: UUID) -> None:
    form = {"shared_vision": "60", "strengths_leadership": CANARY}
    assert desk.fill(f"/answer/{collection_id}/1/section/leadership", **form).status_code == 302


def hand_on(desk: Desk, collection_id: UUID, to: UUID, parts: list[str] | None = None) -> int:
    path = f"/answer/{collection_id}/hand-on/"
    every = re.findall(r'name="parts" type="checkbox" value="(\w+)"', desk.get(path).text)
    assert every
    return desk.fill(path, colleague=str(to), parts=every if parts is None else parts).status_code


def test_the_whole_is_handed_on_and_nothing_that_was_answered_is_shown(
    world: World,
    collection_id: UUID,
    giver: Desk,
    colleague: tuple[UUID, UUID],
    desk_of: Callable[[UUID], Desk],
) -> None:  # trust A5
    begin(giver, collection_id)
    assert hand_on(giver, collection_id, colleague[1]) == 302
    assert giver.get(f"/answer/{collection_id}/1/").status_code == 404
    theirs = desk_of(colleague[0])
    for place in ("", "section/leadership", "check"):
        page = theirs.get(f"/answer/{collection_id}/1/{place}")
        assert page.status_code == 200
        assert CANARY not in page.text
    assert "0 of 9 sections done" in theirs.get(f"/answer/{collection_id}/1/").text
    with world.session() as session:
        assert session.execute(select(Response)).all() == []
        [kept] = session.execute(select(KeptBody)).scalars()
        assert kept.account_id == world.accounts[Role.PARTNER]
        [mail] = session.execute(select(Mail)).scalars()
        assert mail.to_address == "carys.colleague@example.org"
        assert "northbridge partner has handed on to you" in mail.body
        assert CANARY not in mail.body
        events = {event.event: event.details for event in session.execute(select(AuditEvent)).scalars()}
    assert {"handed_on", "answers_kept", "participant_invited"} <= events.keys()
    assert CANARY not in str(events)


def test_where_people_are_matched_the_colleague_answers_under_a_key_of_their_own(
    world: World, collection_id: UUID, giver: Desk, colleague: tuple[UUID, UUID]
) -> None:
    hand_on(giver, collection_id, colleague[1])
    with world.session() as session:
        [asked] = session.execute(select(Participant)).scalars()
        key = session.get_one(RespondentKey, (world.partnership_id, asked.respondent_key_id))
    assert (asked.person_id, key.person_id) == (colleague[1], colleague[1])


def test_where_seats_are_matched_the_key_stays_that_of_the_seat(
    world: World, collection_id: UUID, giver: Desk, colleague: tuple[UUID, UUID]
) -> None:
    with world.session() as session:
        session.execute(update(Partnership).values(matching=Matching.SEAT))
        before = session.execute(select(Participant.respondent_key_id)).scalar_one()
        session.commit()
    assert hand_on(giver, collection_id, colleague[1]) == 302
    with world.session() as session:
        [asked] = session.execute(select(Participant)).scalars()
    assert (asked.person_id, asked.respondent_key_id) == (colleague[1], before)


def test_of_a_part_each_is_asked_their_own(
    world: World,
    collection_id: UUID,
    giver: Desk,
    colleague: tuple[UUID, UUID],
    desk_of: Callable[[UUID], Desk],
) -> None:
    begin(giver, collection_id)
    assert hand_on(giver, collection_id, colleague[1], ["evidence_of_need", "senior_commitment"]) == 302
    mine = giver.get(f"/answer/{collection_id}/1/section/leadership").text
    assert CANARY in mine
    assert "Senior commitment" not in mine
    theirs = desk_of(colleague[0]).get(f"/answer/{collection_id}/1/section/leadership").text
    assert "Senior commitment" in theirs
    assert "Shared vision" not in theirs
    assert CANARY not in theirs
    with world.session() as session:
        assert len(session.execute(select(Participant)).all()) == 2


def test_handed_back_she_finds_what_she_had_entered_and_the_colleague_s_stays_theirs(
    world: World,
    collection_id: UUID,
    giver: Desk,
    colleague: tuple[UUID, UUID],
    desk_of: Callable[[UUID], Desk],
) -> None:
    begin(giver, collection_id)
    hand_on(giver, collection_id, colleague[1])
    theirs = desk_of(colleague[0])
    theirs.fill(f"/answer/{collection_id}/1/section/leadership", strengths_leadership="zq-theirs")
    assert hand_on(theirs, collection_id, world.people[Role.PARTNER]) == 302
    tasks = giver.get(f"/answer/{collection_id}/1/").text
    assert CANARY in tasks
    assert "zq-theirs" not in tasks
    assert giver.send(f"/answer/{collection_id}/1/kept/take", {}).status_code == 302
    page = giver.get(f"/answer/{collection_id}/1/section/leadership").text
    assert CANARY in page
    assert "zq-theirs" not in page


def test_it_is_handed_to_partners_of_the_same_organisation_who_are_not_asked(
    world: World, collection_id: UUID, giver: Desk, colleague: tuple[UUID, UUID]
) -> None:
    _, stranger = world.add_member("Pat Police", Role.PARTNER, world.organisations[1])
    page = giver.get(f"/answer/{collection_id}/hand-on/").text
    assert "Carys Colleague" in page
    assert "Pat Police" not in page
    for other in (stranger, world.people[Role.FACILITATOR], world.people[Role.PARTNER]):
        assert hand_on(giver, collection_id, other) == 422


def test_what_was_sent_is_not_handed_on(
    collection_id: UUID, giver: Desk, colleague: tuple[UUID, UUID]
) -> None:
    begin(giver, collection_id)
    path = f"/answer/{collection_id}/1"
    assert "Hand this on to a colleague" in giver.get(f"{path}/").text
    check = giver.get(f"{path}/check").text
    found = re.search(r'name="sending_id" value="([^"]+)"', check)
    assert found
    giver.send(f"{path}/send", {"sending_id": found[1]})
    assert "Hand this on to a colleague" not in giver.get(f"{path}/").text
    assert giver.get(f"/answer/{collection_id}/hand-on/").status_code == 404
    form = {"colleague": str(colleague[1]), "parts": ["shared_vision"]}
    assert giver.send(f"/answer/{collection_id}/hand-on/", form).status_code == 404


def test_who_is_not_asked_hands_nothing_on(
    collection_id: UUID, colleague: tuple[UUID, UUID], desk_of: Callable[[UUID], Desk]
) -> None:
    assert desk_of(colleague[0]).get(f"/answer/{collection_id}/hand-on/").status_code == 404
