"""A question is asked from the page of a part, an action or an indicator; what a flag raises is proposed."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.reports.tables_actions import ActionLight
from tests.desk import Desk, day
from tests.integration.challenge.asked import act, ask_about_action, indicator, questions, the_question
from tests.integration.meeting.scored import PART, move, scored
from tests.integration.publishing.partners import add_round, published
from tests.world import World

DeskOf = Callable[[Role], Desk]
ASKING = (Role.SCRUTINY, Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR)


@pytest.fixture
def round_id(world: World) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return add_round(session, world, 1)


def test_a_flagged_part_raises_a_question_to_the_person_who_leads_it(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    desk = desk_of(Role.FACILITATOR)
    agenda = desk.get(f"/meeting/{in_session}").text
    assert "No question was asked at this meeting yet." in agenda
    path = f"/challenge/meetings/{in_session}/parts/{PART}"
    assert f"{path}?flag=1" in agenda
    assert f"{path}?flag=1" in desk.get(f"/meeting/{in_session}/parts/{PART}").text
    page = desk.get(f"{path}?flag=1").text
    assert "The partners see “1 Leadership: Shared vision” very differently." in page
    due = day("reply_by", 13, 7, 2026)
    refused = desk.fill(path, words="What would show who is right?", lead="", **due)
    assert refused.status_code == 422
    assert "Choose who leads this part" in refused.text
    assert "What would show who is right?" in refused.text
    lead = str(world.people[Role.PARTNER])
    asked = desk.fill(path, words="What would show who is right?", lead=lead, **due)
    assert asked.status_code == 302
    row = the_question(world)
    assert (row.part, row.collection_id, row.flagged) == (PART, in_session, True)
    assert (row.lead_person_id, row.lead_id) == (world.people[Role.PARTNER], world.organisations[0])
    assert (row.asked_as, row.asking_id, row.asked_on) == (Role.FACILITATOR, None, date(2026, 6, 15))
    assert "Question asked" in desk.get(f"/meeting/{in_session}").text


def test_a_red_action_raises_a_question_to_its_owner(world: World, round_id: UUID, desk_of: DeskOf) -> None:
    action_id = act(world, round_id, light=ActionLight.RED)
    desk, path = desk_of(Role.COORDINATOR), f"/challenge/actions/{action_id}"
    assert "1 action off track has no question" in desk.get("/").text
    log = desk.get("/challenge/").text
    assert "Flags without a question" in log
    assert f"{path}?flag=1" in log
    assert path in desk.get(f"/actions/milestones/of/{action_id}").text
    page = desk.get(f"{path}?flag=1").text
    assert "“Light the path” is off track. What holds it up" in page
    assert "Council leads this, and answers." in page
    assert desk.fill(path, words="What holds it up?", **day("reply_by", 1, 7, 2026)).status_code == 302
    row = the_question(world)
    assert (row.action_id, row.lead_id, row.flagged) == (action_id, world.organisations[0], True)
    assert row.round_id == round_id
    assert row.reply_by == date(2026, 7, 1)
    assert "Flags without a question" not in desk.get("/challenge/").text


def test_a_red_indicator_raises_a_question_to_its_lead(world: World, round_id: UUID, desk_of: DeskOf) -> None:
    indicator_id = indicator(world, 80)
    desk, path = desk_of(Role.COORDINATOR), f"/challenge/indicators/{indicator_id}"
    assert f"{path}?flag=1" in desk.get("/challenge/").text
    assert path in desk.get(f"/indicators/{indicator_id}").text
    assert "“People in work” stands on red" in desk.get(f"{path}?flag=1").text
    assert desk.fill(path, words="What lies behind it?", **day("reply_by", 1, 7, 2026)).status_code == 302
    row = the_question(world)
    assert (row.indicator_id, row.lead_id, row.flagged) == (indicator_id, world.organisations[0], True)
    assert "Flags without a question" not in desk.get("/challenge/").text


def test_what_is_not_red_is_not_flagged_and_may_be_asked_about(
    world: World, round_id: UUID, desk_of: DeskOf
) -> None:
    green, amber = indicator(world, 101), act(world, round_id, light=ActionLight.AMBER)
    desk = desk_of(Role.SCRUTINY)
    assert "Flags without a question" not in desk_of(Role.COORDINATOR).get("/challenge/").text
    for path in (f"/challenge/indicators/{green}", f"/challenge/actions/{amber}"):
        assert desk.fill(path, words="How?", **day("reply_by", 1, 7, 2026)).status_code == 302
    assert [row.flagged for row in questions(world)] == [False, False]


@pytest.mark.parametrize("role", ASKING)
def test_whoever_may_ask_signs_by_role_a_partner_by_organisation(
    world: World, round_id: UUID, desk_of: DeskOf, role: Role
) -> None:
    path = f"/challenge/actions/{act(world, round_id)}"
    assert desk_of(role).fill(path, words="Why so late?", **day("reply_by", 1, 7, 2026)).status_code == 302
    row = the_question(world)
    assert (row.asked_as, row.flagged) == (role, False)
    log = desk_of(Role.COORDINATOR).get("/challenge/").text
    assert "Why so late?" in log
    assert f"{'Council' if role is Role.PARTNER else role.value.title()}, 15 June 2026" in log
    assert f"northbridge {role.value}" not in log, "nobody is named who asks"


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.RESEARCHER])
def test_others_neither_read_nor_ask(world: World, round_id: UUID, desk_of: DeskOf, role: Role) -> None:
    action_id = act(world, round_id)
    desk = desk_of(role)
    asked = ask_about_action(world, action_id)
    for path in ("/challenge/", f"/challenge/actions/{action_id}", f"/challenge/{asked}"):
        assert desk.get(path).status_code == 403
    assert desk.send(f"/challenge/actions/{action_id}", {"words": "Q"}).status_code == 403
    assert "Ask a question" not in desk.get(f"/actions/milestones/of/{action_id}").text
    assert len(questions(world)) == 1


def test_a_reply_date_that_is_over_is_refused_and_nothing_typed_is_lost(
    world: World, round_id: UUID, desk_of: DeskOf
) -> None:
    path = f"/challenge/actions/{act(world, round_id)}"
    refused = desk_of(Role.PARTNER).fill(path, words="Why so late?", **day("reply_by", 14, 6, 2026))
    assert refused.status_code == 422
    assert "Choose today or a later day" in refused.text
    assert "Why so late?" in refused.text
    assert questions(world) == []
    today = desk_of(Role.PARTNER).fill(path, words="Why?", **day("reply_by", 15, 6, 2026))
    assert today.status_code == 302


def test_nobody_learns_by_asking_that_a_part_is_flagged(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    """A partner's question about a part bears no flag, however the scores lie."""  # trust A5
    path, lead = f"/challenge/meetings/{in_session}/parts/{PART}", str(world.people[Role.PARTNER])
    asked = desk_of(Role.PARTNER).fill(path, words="Q", lead=lead, **day("reply_by", 1, 7, 2026))
    assert asked.status_code == 302
    assert not the_question(world).flagged
    assert "Raised by a flag" not in desk_of(Role.PARTNER).get("/challenge/").text


@pytest.mark.parametrize("status", [CollectionStatus.OPEN, CollectionStatus.CLOSED])
@pytest.mark.parametrize("role", ASKING)
def test_before_the_spread_is_disclosed_no_part_is_asked_about(
    world: World, desk_of: DeskOf, role: Role, status: CollectionStatus
) -> None:
    collection_id = scored(world, (20, 35, 50, 50, 65, 90), status)  # trust A5
    desk = desk_of(role)
    assert desk.get(f"/challenge/meetings/{collection_id}").status_code == 404
    assert desk.get(f"/challenge/meetings/{collection_id}/parts/{PART}").status_code == 404
    assert "Nothing was asked yet, and no meeting was held" in desk.get("/challenge/").text


def test_scrutiny_asks_about_parts_once_the_round_is_published(
    world: World, in_session: UUID, desk_of: DeskOf
) -> None:
    path = f"/challenge/meetings/{in_session}/parts/{PART}"
    scrutiny, partner = desk_of(Role.SCRUTINY), desk_of(Role.PARTNER)
    lead = str(world.people[Role.PARTNER])
    partner.fill(path, words="Only for the table", lead=lead, **day("reply_by", 1, 7, 2026))
    asked = f"/challenge/{the_question(world).id}"
    for refused in (path, asked, f"/challenge/meetings/{in_session}"):
        assert scrutiny.get(refused).status_code == 404
    assert "Only for the table" not in scrutiny.get("/challenge/").text
    agreed = {"score": "50", "rationale": "R", "version": "0"}
    desk_of(Role.FACILITATOR).send(f"/meeting/{in_session}/parts/{PART}", agreed)
    move(world, in_session, CollectionStatus.FINAL)
    published(world, the_question(world).round_id)
    assert "Only for the table" in scrutiny.get("/challenge/").text
    assert scrutiny.get(asked).status_code == 200
    assert scrutiny.fill(path, words="Q", lead=lead, **day("reply_by", 1, 7, 2026)).status_code == 302


def test_before_the_reveal_the_log_is_the_same_whatever_anybody_scored(world: World, desk_of: DeskOf) -> None:
    collection_id = scored(world, (50,) * 6, CollectionStatus.CLOSED)  # trust A5
    seen = [desk_of(role).get(path).text for role in ASKING for path in ("/", "/challenge/")]
    move(world, collection_id, CollectionStatus.OPEN)
    move(world, collection_id, CollectionStatus.CLOSED)
    again = [desk_of(role).get(path).text for role in ASKING for path in ("/", "/challenge/")]
    assert [len(page) for page in seen] == [len(page) for page in again]


def test_before_the_first_round_there_is_nothing_to_ask_in(world: World, desk_of: DeskOf) -> None:
    path = f"/challenge/indicators/{indicator(world, 80)}"
    refused = desk_of(Role.PARTNER).fill(path, words="Q", **day("reply_by", 1, 7, 2026))
    assert refused.status_code == 409
    assert "There is no round yet" in refused.text


def test_an_event_says_that_somebody_asked_and_no_word_of_it(
    world: World, round_id: UUID, desk_of: DeskOf
) -> None:
    path = f"/challenge/actions/{act(world, round_id)}"
    desk_of(Role.SCRUTINY).fill(path, words="CANARY", **day("reply_by", 1, 7, 2026))
    with world.session() as session:
        found = session.execute(select(AuditEvent).where(AuditEvent.event == "challenge_asked")).scalar_one()
        assert session.execute(select(func.count()).select_from(AuditEvent)).scalar_one() > 1
    assert found.account_id == world.accounts[Role.SCRUTINY]
    assert "CANARY" not in str(found.details)  # trust C2
