"""The lead answers once, on her own page; what is overdue and what was never asked is listed."""

from collections.abc import Callable
from uuid import UUID

import pytest

from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
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
from tests.integration.publishing.partners import add_round
from tests.world import World

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def action_id(world: World) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        round_id = add_round(session, world, 1)
    return act(world, round_id)


def test_the_lead_finds_the_question_on_her_home_page_and_answers_it(
    world: World, action_id: UUID, desk_of: DeskOf
) -> None:
    path = f"/challenge/{ask_about_action(world, action_id)}"
    lead = desk_of(Role.PARTNER)
    home = lead.get("/").text
    assert "Answer a question" in home
    assert "Why?" in home
    assert "13 July 2026" in home
    assert path in home
    assert lead.fill(path, words="").status_code == 422
    assert lead.fill(path, words="The posts come in May.").status_code == 302
    row = the_question(world)
    assert (row.answer, row.answering_id) == ("The posts come in May.", world.organisations[0])
    assert "Answer a question" not in lead.get("/").text
    for role in (Role.SCRUTINY, Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR):
        log = desk_of(role).get("/challenge/").text
        assert "The posts come in May." in log
        assert "Council, 15 June 2026" in log
        assert "Answered in time" in log


def test_the_person_who_leads_a_part_is_named_only_until_she_has_answered(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    asked = ask_about_part(world, in_session)
    assert "northbridge partner (Council)" in desk_of(Role.FACILITATOR).get("/challenge/").text
    assert f"/challenge/{asked}" in desk_of(Role.PARTNER).get("/").text
    answered(world, asked, "All of us.")
    assert the_question(world).lead_person_id is None
    assert "northbridge partner" not in desk_of(Role.FACILITATOR).get("/challenge/").text


def test_nobody_else_answers(world: World, action_id: UUID, desk_of: DeskOf) -> None:
    path = f"/challenge/{ask_about_action(world, action_id)}"
    for role in (Role.SCRUTINY, Role.FACILITATOR):
        desk = desk_of(role)
        assert "Record the answer" not in desk.get(path).text
        refused = desk.send(path, {"words": "A", "version": "1"})
        assert refused.status_code == 403
    assert the_question(world).answer is None


def test_the_coordinator_writes_an_answer_down_and_signs_as_coordinator(
    world: World, action_id: UUID, desk_of: DeskOf
) -> None:
    path = f"/challenge/{ask_about_action(world, action_id)}"
    assert desk_of(Role.COORDINATOR).fill(path, words="By telephone: in May.").status_code == 302
    assert the_question(world).answering_id is None
    assert "Coordinator, 15 June 2026" in desk_of(Role.PARTNER).get(path).text


def test_an_answer_stands_and_what_came_after_it_is_not_lost(
    world: World, action_id: UUID, desk_of: DeskOf
) -> None:
    asked = ask_about_action(world, action_id)
    answered(world, asked, "First.")
    late = desk_of(Role.COORDINATOR).send(f"/challenge/{asked}", {"words": "Second.", "version": "1"})
    assert late.status_code == 409
    assert "has been answered meanwhile" in late.text
    assert "Second." in late.text
    assert the_question(world).answer == "First."


def test_what_nobody_answers_is_overdue_the_day_after(world: World, action_id: UUID, desk_of: DeskOf) -> None:
    asked = ask_about_action(world, action_id, days=10, ago=10)
    desk = desk_of(Role.COORDINATOR)
    assert "Waiting for its answer" in desk.get("/challenge/").text
    assert "question is overdue" not in desk.get("/").text
    world.clock.instant = world.clock.instant.replace(day=16)
    for role in (Role.COORDINATOR, Role.SCRUTINY, Role.PARTNER):
        assert "1 question is overdue" in desk_of(role).get("/challenge/").text
    desk = desk_of(Role.COORDINATOR)
    assert "1 question is overdue" in desk.get("/").text
    assert "1 question without an answer" in desk_of(Role.SCRUTINY).get("/").text
    answered(world, asked, "Sorry.")
    log = desk.get("/challenge/").text
    assert "Answered late" in log
    assert "question is overdue" not in log


def test_a_meeting_at_which_nothing_was_asked_is_listed(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    log = desk_of(Role.PARTNER).get("/challenge/").text
    assert "Nothing was asked at this meeting yet." in log
    assert "Meetings without a challenge" not in log, "it is not over"
    agreed = {"score": "50", "rationale": "R", "version": "0"}
    desk_of(Role.FACILITATOR).send(f"/meeting/{in_session}/parts/{PART}", agreed)
    move(world, in_session, CollectionStatus.FINAL)
    log = desk_of(Role.PARTNER).get("/challenge/").text
    assert "Meetings without a challenge" in log
    assert (
        "Nothing was asked at this meeting."
        in desk_of(Role.PARTNER).get(f"/challenge/meetings/{in_session}").text
    )
    ask_about_part(world, in_session)
    assert "Meetings without a challenge" not in desk_of(Role.PARTNER).get("/challenge/").text


def test_a_question_about_an_action_may_be_one_of_a_meeting(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    ask_about_action(world, act(world, round_of(world)), by=Role.PARTNER, meeting_id=in_session)
    page = desk_of(Role.PARTNER).get(f"/challenge/meetings/{in_session}").text
    assert "Why?" in page
    assert "Light the path" in page


def test_the_coordinator_strikes_words_and_the_log_says_so(
    world: World, action_id: UUID, desk_of: DeskOf
) -> None:
    asked = ask_about_action(world, action_id)
    answered(world, asked, "Ask the woman who gave 20.")
    path = f"/challenge/{asked}/words"
    assert desk_of(Role.PARTNER).get(path).status_code == 403
    struck = {"words": "Why?", "answered": "Ask us."}
    assert desk_of(Role.COORDINATOR).fill(path, **struck).status_code == 302
    page = desk_of(Role.PARTNER).get(f"/challenge/{asked}").text
    assert "gave 20" not in page
    assert "Ask us." in page
    assert "The coordinator changed the words on 15 June 2026." in page
    row = the_question(world)
    assert row.answered_on is not None
    stale = desk_of(Role.COORDINATOR).send(path, {**struck, "version": "1"})
    assert stale.status_code == 409


def test_a_reader_who_is_struck_while_she_types_keeps_what_she_typed(
    world: World, action_id: UUID, desk_of: DeskOf
) -> None:
    asked = ask_about_action(world, action_id)
    desk_of(Role.COORDINATOR).fill(f"/challenge/{asked}/words", words="Why, please?")
    stale = desk_of(Role.PARTNER).send(f"/challenge/{asked}", {"words": "In May.", "version": "1"})
    assert stale.status_code == 409
    assert "In May." in stale.text
    assert "Why, please?" in stale.text
