"""What a release says of the challenge log, and what is kept of those who asked."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from lsp_assess.actions.personal_data import erase_person
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.partnerships import Person
from lsp_assess.database.release_listing import document, listed
from lsp_assess.database.session import Scope, transaction
from lsp_assess.database.subjects import about_person
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.values import Words
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.wording import say
from tests.desk import Desk
from tests.integration.challenge.asked import (
    act,
    answered,
    ask_about_action,
    ask_about_part,
    round_of,
    the_question,
)
from tests.integration.meeting.scored import PART, move
from tests.integration.publishing.partners import published
from tests.world import World

DeskOf = Callable[[Role], Desk]


def release(world: World, collection_id: UUID, desk_of: DeskOf) -> ReleaseDocument:
    """Of the round, once its meeting has agreed on something."""
    agreed = {"score": "50", "rationale": "R", "version": "0"}
    desk_of(Role.FACILITATOR).send(f"/meeting/{collection_id}/parts/{PART}", agreed)
    move(world, collection_id, CollectionStatus.FINAL)
    published(world, round_of(world))
    with world.session() as session:
        return document(session, listed(session)[0])


def test_a_release_prints_questions_answers_and_what_nobody_answered(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    answered(world, ask_about_part(world, in_session, "Who has seen it?"), "All of us.")
    ask_about_action(world, act(world, round_of(world)), days=10, ago=20)
    made = release(world, in_session, desk_of)
    table = made.table(f"challenge.questions.{round_of(world)}")
    assert table is not None
    said = [[say(c.value.message) for c in row.cells if isinstance(c.value, Words)] for row in table.rows]
    assert said[0][2:5] == ["Scrutiny, 26 May 2026", "Council, by 5 June 2026", "no answer, overdue"]
    assert said[1][-1] == "All of us. (Council, 15 June 2026)"
    assert said[1][2] == "Council, 15 June 2026"
    meetings = made.table("challenge.meetings")
    assert meetings is not None
    assert meetings.finding is not None
    assert say(meetings.finding) == "A question was asked at the meeting."
    page = desk_of(Role.SCRUTINY).get("/results/1/").text
    assert "1 answered in time, 0 late, 0 not due yet, 1 overdue without an answer" in page


def test_a_release_prints_a_meeting_at_which_nothing_was_asked(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    meetings = release(world, in_session, desk_of).table("challenge.meetings")
    assert meetings is not None
    assert meetings.finding is not None
    assert say(meetings.finding) == "Nothing was asked at 1 of 1 meeting."


def test_no_name_of_whoever_asked_or_leads_is_published(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    ask_about_part(world, in_session, by=Role.FACILITATOR)
    made = release(world, in_session, desk_of)
    assert "northbridge" not in str([t for t in made.tables if t.id.startswith("challenge.")]).replace(
        "Northbridge", ""
    )


def test_whoever_asked_or_leads_finds_it_and_is_erased_from_it(world: World, in_session: UUID) -> None:
    asked = ask_about_part(world, in_session, by=Role.FACILITATOR)  # trust C8
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for role, column in ((Role.PARTNER, "lead_person_id"), (Role.FACILITATOR, "asked_by")):
            person = session.get_one(Person, (world.partnership_id, world.people[role]))
            found = about_person(session, person)
            named = {(table.name, name): ids for (table, name), ids in found.named.items()}
            assert named["challenge", column] == [asked]  # trust C9
        erase_person(world.work(Role.COORDINATOR, session), world.people[Role.PARTNER])
    row = the_question(world)
    assert (row.lead_person_id, row.lead_id) == (None, world.organisations[0])
    assert row.question == "Who has seen it?"


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"action_id": None}, "ck_challenge_about_one"),
        ({"part": PART}, "ck_challenge_about_one"),
        ({"part": PART, "action_id": None}, "ck_challenge_part_of_a_meeting"),
        ({"reply_by": date(2020, 1, 1)}, "ck_challenge_reply_after_asking"),
        ({"answered_on": date(2026, 7, 1)}, "ck_challenge_answered_in_words"),
    ],
)
def test_the_database_holds_no_question_about_nothing_and_no_half_answer(
    world: World, in_session: UUID, wrong: dict[str, object], constraint: str
) -> None:
    ask_about_action(world, act(world, round_of(world)))
    row = the_question(world)
    values = {column.name: getattr(row, column.name) for column in Challenge.__table__.columns}
    values |= {"id": in_session, **wrong}
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session,
    ):
        session.execute(insert(Challenge).values(values))
