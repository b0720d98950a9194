"""A part scored again at the meeting: blind on each phone, counted in the room, revealed at once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from lsp_assess.actions.personal_data import erase_person
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Membership, Partnership, Seat
from lsp_assess.database.models.rescoring import Rescoring, SecondScore
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.again import (
    Asked,
    asked_partners,
    counted,
    phone_of,
    room_of,
    scored_again,
    step,
)
from tests.integration.meeting.scored import move
from tests.world import World

DeskOf = Callable[[Role], Desk]
CHANGING = re.compile(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"|nonce-[^"]+')
SECOND = (40, 45, 55, 55, 60, 75, 80)


@pytest.fixture
def asked(world: World, in_session: UUID) -> Asked:
    return asked_partners(world, in_session, len(SECOND))


@pytest.fixture
def phones(world: World, asked: Asked, browser_of: Callable[[UUID], FlaskClient]) -> list[Desk]:
    return [Desk(browser_of(account_id), world.slug) for account_id, _ in asked]


@pytest.fixture
def opened(in_session: UUID, facilitator: Desk) -> UUID:
    assert step(facilitator, in_session, "open") == 302
    return in_session


def second_scores(world: World) -> list[int]:
    with world.session() as session:
        return sorted(session.execute(select(SecondScore.score)).scalars())


def dots(page: str) -> list[list[float]]:
    """Of each strip on the page, where its dots lie."""
    strips = re.findall(r'<svg class="strip" .*?</svg>', page, re.DOTALL)
    return [[float(x) / 2 for x in re.findall(r'strip__dot" cx="([0-9.]+)"', strip)] for strip in strips]


def test_partners_find_it_first_at_home_and_the_room_sees_only_how_many_scored(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    home = phones[0].get("/").text
    assert "govuk-task-list" not in home[: home.index("Score again: Shared vision")]
    assert counted(facilitator, opened) == {"state": "open", "words": "0 of 7 have scored"}
    scored_again(phones[:1], opened, SECOND)
    assert counted(facilitator, opened)["words"] == "1 of 7 has scored"
    scored_again(phones[1:3], opened, SECOND[1:])
    assert "3 of 7 have scored" in facilitator.get(room_of(opened)).text
    assert "3 of 7 have scored" in phones[0].get(phone_of(opened)).text
    home = phones[0].get("/").text
    assert home.index("Waiting for others") < home.index("Score again: Shared vision")
    assert second_scores(world) == sorted(SECOND[:3])


def test_before_the_reveal_every_page_is_the_same_whatever_anybody_scored(
    opened: UUID, facilitator: Desk, phones: list[Desk], desk_of: DeskOf
) -> None:
    # trust A5
    scored_again(phones, opened, SECOND)
    at = f"/meeting/{opened}"
    looks = {
        Role.FACILITATOR: ("/", at, room_of(opened), f"{room_of(opened)}/again/counted"),
        Role.COORDINATOR: ("/",),
        Role.EVALUATOR: ("/",),
    }

    def seen() -> list[str]:
        own = [CHANGING.sub("", phones[0].get(path).text) for path in ("/", phone_of(opened))]
        return own + [
            CHANGING.sub("", desk_of(role).get(path).text) for role, paths in looks.items() for path in paths
        ]

    seen()  # what was said once is gone
    before = seen()
    scored_again(phones[1:], opened, [0, 100, 0, 100, 5, 95])
    assert seen() == before


def test_a_score_is_changed_until_the_reveal_and_then_all_are_seen_beside_the_first(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    scored_again(phones, opened, SECOND)
    scored_again(phones[:1], opened, [50])
    assert dots(facilitator.get(room_of(opened)).text) == [[20, 35, 50, 50, 65, 90]]
    assert step(facilitator, opened, "reveal") == 302
    page = facilitator.get(room_of(opened)).text
    assert dots(page) == [[20, 35, 50, 50, 65, 90], [45, 50, 55, 55, 60, 75, 80]]
    assert "<dt>Median</dt><dd>55" in page
    assert "Moved from the first median</dt><dd>+5" in page
    assert "Scored again" in page[page.index('id="record"') :]
    assert "Median 55, from 45 to 80." in page
    with world.session() as session:
        events = session.execute(select(AuditEvent.event, AuditEvent.details)).all()
    told = [
        event for event, _ in events if event in ("rescoring_opened", "scored_again", "rescoring_revealed")
    ]
    assert told == ["rescoring_opened", *["scored_again"] * 8, "rescoring_revealed"]
    assert not re.search("50|55|80", str([d for event, d in events if event == "scored_again"]))


def test_of_fewer_than_the_threshold_nothing_is_revealed_and_the_room_is_told_why(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    # trust C5
    scored_again(phones[:4], opened, SECOND)
    assert step(facilitator, opened, "reveal") == 302
    page = facilitator.get(room_of(opened)).text
    assert "4 of at least 5 scores are in" in page
    assert "Reveal the second scores" in page
    assert counted(facilitator, opened)["state"] == "open"
    scored_again(phones[4:5], opened, SECOND[4:])
    step(facilitator, opened, "reveal")
    assert counted(facilitator, opened)["state"] == "revealed"
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.get_one(Partnership, world.partnership_id).small_group = 6
    assert "second scores are not shown" in facilitator.get(room_of(opened)).text


def test_of_second_scores_nearly_all_alike_nothing_is_told_or_kept_of_the_strip(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    # trust C5
    scored_again(phones, opened, [55] * 7)
    step(facilitator, opened, "reveal")
    page = facilitator.get(room_of(opened)).text
    assert "second scores are not shown" in page
    assert dots(page) == [[20, 35, 50, 50, 65, 90]]
    assert "from the first median" not in page
    with world.session() as session:
        assert session.execute(select(Rescoring.shown)).scalar_one() is None


def test_a_score_that_arrives_after_the_reveal_is_refused_in_plain_words_and_stays_in_sight(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    scored_again(phones[:6], opened, SECOND)
    version = re.findall(r'name="version" value="(\d+)"', phones[5].get(phone_of(opened)).text)[0]
    step(facilitator, opened, "reveal")
    never = phones[6].send(phone_of(opened), {"score": "100", "version": "0"})
    changed = phones[5].send(phone_of(opened), {"score": "100", "version": version})
    for late in (never, changed):
        assert late.status_code == 409
        assert "The second scores are revealed" in late.text
        assert "You had chosen 100 just now. It came too late, and was not counted." in late.text
    assert "Your second score: <strong>75</strong>" in changed.text
    assert second_scores(world) == sorted(SECOND[:6])
    assert "You had chosen" not in phones[5].get(phone_of(opened)).text
    assert "Score again" not in phones[6].get("/").text


def test_of_two_facilitators_who_open_or_reveal_at_once_it_is_done_once(
    world: World, in_session: UUID, facilitator: Desk, other_facilitator: Desk, phones: list[Desk]
) -> None:
    # trust D5
    for name in ("open", "reveal"):
        with ThreadPoolExecutor(2) as both:
            desks = (facilitator, other_facilitator)
            sent = [both.submit(step, desk, in_session, name) for desk in desks]
            assert [each.result() for each in sent] == [302, 302]
        if name == "open":
            scored_again(phones, in_session, SECOND)
    with world.session() as session:
        events = list(session.execute(select(AuditEvent.event)).scalars())
        assert len(session.execute(select(Rescoring)).all()) == 1
    assert (events.count("rescoring_opened"), events.count("rescoring_revealed")) == (1, 1)


def test_scores_and_the_reveal_at_the_same_moment_are_each_wholly_in_or_refused(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    # trust D9
    scored_again(phones[:5], opened, SECOND)
    with ThreadPoolExecutor(3) as room:
        late = [
            room.submit(phone.send, phone_of(opened), {"score": "100", "version": "0"})
            for phone in phones[5:]
        ]
        revealed = room.submit(step, facilitator, opened, "reveal")
        statuses = [each.result().status_code for each in late]
    assert revealed.result() == 302
    assert set(statuses) <= {302, 409}
    in_time = statuses.count(302)
    assert second_scores(world) == sorted([*SECOND[:5], *[100] * in_time])
    shown = dots(facilitator.get(room_of(opened)).text)[1]
    assert shown == sorted([*SECOND[:5], *[100] * in_time])


def test_opened_by_mistake_it_is_taken_back_and_what_was_scored_stands_when_opened_again(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    scored_again(phones[:2], opened, SECOND)
    assert step(facilitator, opened, "take-back") == 302
    assert "Let the partners score it again" in facilitator.get(room_of(opened)).text
    assert "Score again" not in phones[0].get("/").text
    late = phones[3].send(phone_of(opened), {"score": "10", "version": "0"})
    assert late.status_code == 409
    assert "not open to be scored again" in late.text
    step(facilitator, opened, "reveal")
    assert counted(facilitator, opened)["state"] == "taken_back"
    step(facilitator, opened, "open")
    assert counted(facilitator, opened)["words"] == "2 of 7 have scored"
    scored_again(phones[2:], opened, SECOND[2:])
    step(facilitator, opened, "reveal")
    facilitator.get(room_of(opened))
    for name in ("take-back", "open"):
        step(facilitator, opened, name)
        assert "can be neither opened again nor taken back" in facilitator.get(room_of(opened)).text
        assert counted(facilitator, opened)["state"] == "revealed"
    assert second_scores(world) == sorted(SECOND)


def test_two_tabs_of_one_person_overwrite_nothing(opened: UUID, phones: list[Desk], world: World) -> None:
    # trust D8
    scored_again(phones[:1], opened, [30])
    stale = phones[0].send(phone_of(opened), {"score": "70", "version": "0"})
    assert stale.status_code == 409
    assert '<option value="70" selected' in stale.text
    assert second_scores(world) == [30]


@pytest.mark.parametrize("wrong", ["", "57", "105", "-5", "much"])
def test_what_is_not_on_the_scale_is_refused(
    world: World, opened: UUID, phones: list[Desk], wrong: str
) -> None:
    refused = phones[0].fill(phone_of(opened), score=wrong)
    assert refused.status_code == 422
    assert 'href="#score"' in refused.text
    assert second_scores(world) == []


@pytest.mark.parametrize("status", [CollectionStatus.CLOSED, CollectionStatus.FINAL])
def test_outside_the_meeting_nothing_is_opened_scored_or_revealed(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk], status: CollectionStatus
) -> None:
    scored_again(phones[:5], opened, SECOND)
    move(world, opened, status)
    assert "Score again" not in phones[6].get("/").text
    assert phones[6].send(phone_of(opened), {"score": "10", "version": "0"}).status_code == 409
    for name in ("reveal", "take-back"):
        step(facilitator, opened, name)
        assert counted(facilitator, opened)["state"] == "open"


def test_only_facilitators_open_it_and_only_who_is_asked_scores(
    world: World, opened: UUID, desk_of: DeskOf, phones: list[Desk]
) -> None:
    # trust A5
    for role in set(Role) - {Role.FACILITATOR}:
        for name in ("open", "take-back", "reveal"):
            assert step(desk_of(role), opened, name) == 403
    for role in set(Role) - {Role.PARTNER}:
        assert desk_of(role).get(phone_of(opened)).status_code == 403
    assert desk_of(Role.PARTNER).get(phone_of(opened)).status_code == 404
    assert phones[0].get(phone_of(opened, "skills")).status_code == 404


def test_a_successor_in_a_seat_is_asked_although_somebody_else_scored_first(
    world: World, opened: UUID, facilitator: Desk, asked: Asked, desk_of: DeskOf
) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        seat = Seat(
            partnership_id=world.partnership_id,
            id=new_id(),
            organisation_id=world.organisations[0],
            title="Chief executive",
        )
        session.add(seat)
        session.flush()
        rows = session.execute(select(Membership).where(Membership.role == Role.PARTNER)).scalars()
        for row in rows:
            if row.person_id == world.people[Role.PARTNER]:
                row.seat_id = seat.id
            if row.person_id == asked[0][1]:
                row.valid_to = date(2026, 6, 1)
    assert counted(facilitator, opened)["words"] == "0 of 7 have scored"
    scored_again([desk_of(Role.PARTNER)], opened, [35])
    assert second_scores(world) == [35]


def test_whoever_is_erased_takes_the_second_score_along_and_is_not_known_by_the_difference(
    world: World, opened: UUID, facilitator: Desk, phones: list[Desk], asked: Asked
) -> None:
    # trust C8
    scored_again(phones, opened, SECOND)
    step(facilitator, opened, "reveal")
    before = dots(facilitator.get(room_of(opened)).text)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        erase_person(replace(work), asked[2][1])
    assert second_scores(world) == sorted(s for place, s in enumerate(SECOND) if place != 2)
    assert dots(facilitator.get(room_of(opened)).text) == before


def test_the_minutes_tell_both_medians_and_nothing_before_the_reveal(
    opened: UUID, facilitator: Desk, phones: list[Desk]
) -> None:
    def said() -> str:
        reader = PdfReader(BytesIO(facilitator.get(f"/meeting/{opened}/minutes").data))
        return " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    scored_again(phones, opened, SECOND)
    assert "Scored again" not in said()
    step(facilitator, opened, "reveal")
    told = said()
    assert "Scored again at the meeting" in told
    assert "Shared vision. First median 50, from 20 to 90. Second scores: Median 55, from 40 to 80." in told
