"""Somebody answers for a part only: nothing else is shown to them, asked of them, counted or sent."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import Participant, Response
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.opened import invited, opened, shipped
from tests.world import World

TWO = ["shared_vision", "evidence_of_need"]


@pytest.fixture
def asked(world: World) -> Participant:
    with world.session() as session:
        participant = invited(session, world, Role.PARTNER, opened(session, world, shipped("lsp_driver")))
        session.commit()
        session.refresh(participant)
        session.expunge_all()
    return participant


@pytest.fixture
def partner(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    return Desk(browser_of(world.accounts[Role.PARTNER]), world.slug)


def assign(desk: Desk, asked: Participant, parts: list[str]) -> int:
    return desk.fill(f"/collections/{asked.collection_id}/asked/{asked.id}/parts", parts=parts).status_code


def at(asked: Participant, place: str = "") -> str:
    return f"/answer/{asked.collection_id}/1/{place}"


def response(world: World) -> Response:
    with world.session() as session:
        return session.execute(select(Response)).scalar_one()


def test_the_task_list_the_progress_and_the_check_count_only_what_is_assigned(
    desk: Desk, partner: Desk, asked: Participant
) -> None:
    assert "of 9 sections done" in partner.get(at(asked)).text
    assert assign(desk, asked, TWO) == 302
    tasks = partner.get(at(asked)).text
    assert "0 of 2 sections done" in tasks
    assert re.findall(r"/section/(\w+)", tasks) == ["leadership", "strategy"]
    page = partner.get(at(asked, "section/leadership")).text
    assert "Shared vision" in page
    assert "Senior commitment" not in page
    assert "Section 1 of 2" in page
    check = partner.get(at(asked, "check")).text
    assert "Evidence of need" in check
    assert "Senior commitment" not in check
    assert "2 of 32 parts" in desk.get(f"/collections/{asked.collection_id}").text


def test_who_has_a_part_cannot_see_or_send_another(
    world: World, desk: Desk, partner: Desk, asked: Participant
) -> None:
    assign(desk, asked, TWO)
    assert partner.get(at(asked, "section/people")).status_code == 404
    partner.fill(at(asked, "section/leadership"), shared_vision="60", senior_commitment="90")
    assert "senior_commitment" not in response(world).draft
    partner.fill(at(asked, "check"))


def test_what_is_for_others_is_sent_as_not_asked(
    world: World, desk: Desk, partner: Desk, asked: Participant
) -> None:
    assign(desk, asked, TWO)
    partner.fill(at(asked, "section/leadership"), shared_vision="60")
    check = partner.get(at(asked, "check"))
    assert check.status_code == 200
    sent = partner.send(at(asked, "send"), {"sending_id": hidden(check.text, "sending_id")})
    assert sent.status_code == 302
    submission = response(world).submission
    assert submission["shared_vision"] == {"value": 60}
    assert submission["evidence_of_need"] == {"missing": "unanswered"}
    assert submission["senior_commitment"] == {"missing": "not_asked"}


def test_what_was_entered_elsewhere_before_is_kept_and_not_sent(
    world: World, desk: Desk, partner: Desk, asked: Participant
) -> None:
    partner.fill(at(asked, "section/leadership"), shared_vision="60", senior_commitment="90")
    assign(desk, asked, ["shared_vision"])
    assert "Senior commitment" not in partner.get(at(asked, "section/leadership")).text
    check = partner.get(at(asked, "check"))
    partner.send(at(asked, "send"), {"sending_id": hidden(check.text, "sending_id")})
    held = response(world)
    assert held.draft["senior_commitment"] == {"value": 90}
    assert held.submission["senior_commitment"] == {"missing": "not_asked"}


def test_once_it_is_sent_the_parts_stay(world: World, desk: Desk, partner: Desk, asked: Participant) -> None:
    partner.fill(at(asked, "section/leadership"), shared_vision="60")
    check = partner.get(at(asked, "check"))
    partner.send(at(asked, "send"), {"sending_id": hidden(check.text, "sending_id")})
    assert assign(desk, asked, TWO) == 409


def test_all_of_them_is_the_whole_and_none_is_refused(world: World, desk: Desk, asked: Participant) -> None:
    page = desk.get(f"/collections/{asked.collection_id}/asked/{asked.id}/parts").text
    every = re.findall(r'name="parts" type="checkbox" value="(\w+)"', page)
    assert len(every) == 32
    assert assign(desk, asked, TWO) == 302
    assert assign(desk, asked, every) == 302
    assert assign(desk, asked, []) == 422
    with world.session() as session:
        assert session.execute(select(Participant.assigned)).scalar_one() == []
        events = session.execute(select(AuditEvent).where(AuditEvent.event == "parts_assigned")).scalars()
        assert [event.details["parts"] for event in events] == [2, 32]


def test_the_coordinator_is_told_which_parts_too_few_are_asked(desk: Desk, asked: Participant) -> None:
    page = f"/collections/{asked.collection_id}"
    assert "Too few people are asked these parts" not in desk.get(page).text
    assign(desk, asked, TWO)
    assert "Too few people are asked these parts for anything of them to be shown: Shared vision" in (
        desk.get(page).text
    )


def test_nobody_but_the_coordinator_assigns(
    world: World, partner: Desk, asked: Participant, browser_of: Callable[[UUID], FlaskClient]
) -> None:
    path = f"/collections/{asked.collection_id}/asked/{asked.id}/parts"
    facilitator = Desk(browser_of(world.accounts[Role.FACILITATOR]), world.slug)
    assert [desk.get(path).status_code for desk in (partner, facilitator)] == [403, 403]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]
