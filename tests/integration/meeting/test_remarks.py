"""What people wrote: read by the facilitator, struck, and only then seen by the room."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.database.erasure import erase
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import ClearedRemark, Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.database.subjects import about_responses
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk, hidden_fields
from tests.integration.meeting.scored import PART, move, written
from tests.world import World

DeskOf = Callable[[Role], Desk]
WRITTEN = (
    "We at Harbour Lane told everybody of the plan.",
    "Everybody knows the plan.",
    "The plan is on every wall.",
    "Residents helped to write it.",
    "It is short.",
)
STRENGTHS, LEADERSHIP = "strengths_leadership", "leadership"


def words_of(collection_id: UUID) -> str:
    return f"/meeting/{collection_id}/words/{LEADERSHIP}"


def room_of(collection_id: UUID) -> str:
    return f"/meeting/{collection_id}/parts/{PART}"


def boxes(page: str) -> dict[str, str]:
    """What stands in each box, by its name."""
    found = re.findall(r'<textarea[^>]* name="(remark-[0-9a-f]+)"[^>]*>([^<]*)</textarea>', page)
    return {name: words.strip() for name, words in found}


def cleared(desk: Desk, collection_id: UUID, changes: dict[str, str], **more: str) -> int:
    """Send the page with what was written replaced by what is kept."""
    page = desk.get(words_of(collection_id)).text
    kept = {name: changes.get(words, words) for name, words in boxes(page).items()}
    return desk.send(words_of(collection_id), {**hidden_fields(page), **kept, **more}).status_code


@pytest.fixture
def told(world: World, in_session: UUID) -> UUID:
    """Five of the six have written about leadership."""
    written(world, STRENGTHS, WRITTEN)
    return in_session


def test_the_room_sees_nothing_before_it_is_cleared_and_then_what_was_left(
    world: World, told: UUID, facilitator: Desk
) -> None:
    before = facilitator.get(room_of(told)).text
    assert "not cleared for the room yet" in before
    assert [words for words in WRITTEN if words in before] == []
    page = facilitator.get(words_of(told)).text
    assert sorted(boxes(page).values()) == sorted(WRITTEN)
    kept = {WRITTEN[0]: "told everybody of the plan.", WRITTEN[4]: ""}
    assert cleared(facilitator, told, kept) == 302
    room = facilitator.get(room_of(told)).text
    assert "<li>[…] told everybody of the plan.</li>" in room
    assert "Harbour Lane" not in room
    assert WRITTEN[4] not in room
    assert re.findall("<li>([^<]+)</li>", room[room.index('remarks">') :])[:4] == sorted(
        ("[…] told everybody of the plan.", *WRITTEN[1:4])
    )
    with world.session() as session:
        event = session.execute(select(AuditEvent).where(AuditEvent.event == "remarks_cleared")).scalar_one()
        responses = session.execute(select(Response)).scalars().all()
    assert "plan" not in str(event.details)
    assert WRITTEN[0] in str([response.submission for response in responses])


@pytest.mark.parametrize(
    "kept", ["We at Harbour Lane told nobody of the plan.", "told every of the plan.", "plan the"]
)
def test_nothing_is_put_into_anybodys_mouth(world: World, told: UUID, facilitator: Desk, kept: str) -> None:
    assert cleared(facilitator, told, {WRITTEN[0]: kept}) == 422
    with world.session() as session:
        assert session.execute(select(ClearedRemark)).all() == []


def test_of_fewer_writers_than_the_threshold_nothing_is_read_at_all(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    # trust C5
    written(world, STRENGTHS, WRITTEN[:4])
    for path in (words_of(in_session), room_of(in_session)):
        page = facilitator.get(path).text
        assert "Nothing is shown" in page
        assert [words for words in WRITTEN if words in page] == []


def test_before_scoring_is_closed_nobody_reads_a_word(world: World, told: UUID, desk_of: DeskOf) -> None:
    # trust A5
    for role in set(Role) - {Role.FACILITATOR}:
        assert desk_of(role).get(words_of(told)).status_code == 403
    move(world, told, CollectionStatus.OPEN)
    refused = desk_of(Role.FACILITATOR).get(words_of(told))
    assert refused.status_code == 409
    assert [words for words in WRITTEN if words in refused.text] == []


def test_words_added_after_clearing_stay_unseen_and_other_words_wait_to_be_cleared(
    world: World, told: UUID, facilitator: Desk
) -> None:
    cleared(facilitator, told, {})
    written(world, STRENGTHS, (f"{WRITTEN[0]} Ask Jane Doe.", *WRITTEN[1:]))
    room = facilitator.get(room_of(told)).text
    assert WRITTEN[0] in room
    assert "Jane Doe" not in room
    written(world, STRENGTHS, ("Jane Doe did it all.", *WRITTEN[1:]))
    room = facilitator.get(room_of(told)).text
    assert "not cleared for the room yet" in room
    assert "Jane Doe" not in room


def test_the_second_of_two_who_clear_sees_both_and_overwrites_nothing(
    told: UUID, facilitator: Desk, other_facilitator: Desk
) -> None:
    # trust D8
    assert cleared(other_facilitator, told, {WRITTEN[4]: ""}) == 302
    page = facilitator.get(words_of(told)).text
    kept = dict.fromkeys(boxes(page), "")
    late = facilitator.send(words_of(told), {**kept, "version": "0"})
    assert late.status_code == 409
    assert "The room sees now: Everybody knows the plan." in late.text
    assert set(boxes(late.text).values()) == {""}
    assert "<li>Everybody knows the plan.</li>" in facilitator.get(room_of(told)).text


def test_boxes_tell_neither_whose_they_are_nor_what_else_is_theirs(
    world: World, told: UUID, facilitator: Desk
) -> None:
    # trust A5
    written(world, "improvements_leadership", WRITTEN)
    page = facilitator.get(words_of(told)).text
    assert len(set(boxes(page))) == 2 * len(WRITTEN)
    with world.session() as session:
        ids = [
            str(id_)
            for row in session.execute(select(Response)).scalars()
            for id_ in (row.id, row.respondent_key_id)
        ]
    assert [id_ for id_ in ids if id_ in page or id_.replace("-", "") in page] == []


def test_what_was_cleared_goes_with_the_answers_of_whoever_takes_them_out(
    world: World, told: UUID, facilitator: Desk
) -> None:
    # trust C8
    cleared(facilitator, told, {})
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        response = session.execute(select(Response).order_by(Response.id)).scalars().first()
        assert response is not None
        erase(session, about_responses(session, [response.id]))
    with world.session() as session:
        assert len(session.execute(select(ClearedRemark)).all()) == 4


def test_nothing_is_cleared_once_the_meeting_is_over(world: World, told: UUID, facilitator: Desk) -> None:
    move(world, told, CollectionStatus.FINAL)
    page = facilitator.get(words_of(told)).text
    assert facilitator.send(words_of(told), {**boxes(page), "version": "0"}).status_code == 409
