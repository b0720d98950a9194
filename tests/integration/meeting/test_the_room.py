"""What the room sees: the spread without names, once scoring is closed and never before."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import RespondentKey
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.roles import also
from tests.integration.meeting.scored import PART, move, rescored, scored
from tests.integration.stories.telling import story_collection
from tests.world import World

DeskOf = Callable[[Role], Desk]
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"|nonce="[^"]+"|nonce-[^"]+')


def paths(collection_id: UUID) -> tuple[str, ...]:
    at = f"/meeting/{collection_id}"
    return ("/", "/meeting/", at, f"{at}/parts/{PART}", f"{at}/step/begin_consensus")


def seen(desk: Desk, collection_id: UUID) -> list[tuple[int, str]]:
    answers = [desk.get(path) for path in paths(collection_id)]
    return [(answer.status_code, TOKEN.sub("", answer.text)) for answer in answers]


def test_before_scoring_is_closed_every_page_is_the_same_whatever_anybody_scored(
    world: World, desk_of: DeskOf
) -> None:
    # trust A5
    collection_id = scored(world, (20, 35, 50, 50, 65, 90), CollectionStatus.OPEN)
    for role in (Role.FACILITATOR, Role.COORDINATOR, Role.EVALUATOR):
        desk = desk_of(role)
        before = seen(desk, collection_id)
        rescored(world, PART, [{"value": 0}] * 5 + [{"missing": "dont_know"}])
        assert seen(desk, collection_id) == before
        rescored(world, PART, [{"value": 85}] * 6)
    for path in paths(collection_id)[2:4]:
        refused = desk_of(Role.FACILITATOR).get(path)
        assert refused.status_code == 409
        assert "Scoring is not closed yet" in refused.text


def test_only_facilitators_see_the_room(
    world: World, in_session: UUID, desk_of: DeskOf, facilitator: Desk
) -> None:
    for path in paths(in_session)[1:]:
        assert facilitator.get(path).status_code == 200, path
        for role in set(Role) - {Role.FACILITATOR}:
            assert desk_of(role).get(path).status_code == 403, (path, role)


def test_a_coordinator_who_facilitates_too_sees_it(world: World, in_session: UUID, desk_of: DeskOf) -> None:
    also(world, Role.COORDINATOR, Role.FACILITATOR)
    assert desk_of(Role.COORDINATOR).get(f"/meeting/{in_session}").status_code == 200


def test_a_part_shows_all_scores_their_middle_and_the_described_points(
    in_session: UUID, facilitator: Desk
) -> None:
    page = facilitator.get(f"/meeting/{in_session}/parts/{PART}").text
    dots = re.findall(r'<circle class="strip__dot" cx="([0-9.]+)" cy="([-0-9.]+)"', page)
    assert [float(x) / 2 for x, _ in dots] == [20, 35, 50, 50, 65, 90]
    for told in ("6 people", "50", "38.75 to 61.25", "20 to 90", "Wide spread", "75 – Well used"):
        assert told in page
    for statistic in ("Median", "Middle half", "Average distance from the median", "Agreement (rwg)"):
        assert f"<dt>{statistic}</dt>" in page


def test_who_did_not_know_is_counted_and_nobody_is_named(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    # trust A5
    answers = [{"value": score} for score in (20, 35, 50, 65, 90)]
    rescored(world, PART, [*answers, {"missing": "dont_know"}])
    page = facilitator.get(f"/meeting/{in_session}/parts/{PART}").text
    assert "<dt>Don’t know</dt><dd>1 person</dd>" in page
    assert "<dt>Scored</dt><dd>5 people</dd>" in page
    with world.session() as session:
        keys = [str(key) for key in session.execute(select(RespondentKey.id)).scalars()]
    assert [key for key in keys if key in page] == []


@pytest.mark.parametrize(
    "scores",
    [[10, 90, 50, 30], [60] * 6, [60] * 9 + [10]],
    ids=["fewer than five", "all alike", "nearly all alike"],
)
def test_of_a_small_group_and_of_scores_nearly_all_alike_nothing_at_all_is_told(
    world: World, facilitator: Desk, scores: list[int]
) -> None:
    # trust C5
    collection_id = scored(world, scores, CollectionStatus.IN_CONSENSUS)
    pages = [facilitator.get(path).text for path in paths(collection_id)[2:4]]
    assert "Spread not shown" in pages[0]
    assert "strip__dot" not in pages[1]
    for page in pages:
        assert not re.search(r"median \d|people</dd>|Middle half|Wide spread", page)
    others = scored_pages(world, facilitator, collection_id, [{"value": 5}] * len(scores))
    assert others == [TOKEN.sub("", page) for page in pages]


def scored_pages(
    world: World, desk: Desk, collection_id: UUID, answers: list[dict[str, object]]
) -> list[str]:
    """The agenda and the part once everybody has answered otherwise."""
    rescored(world, PART, answers)
    return [TOKEN.sub("", desk.get(path).text) for path in paths(collection_id)[2:4]]


def test_the_agenda_begins_with_what_people_disagree_on_and_ends_with_what_is_not_told(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    close = (50, 55, 50, 55, 60, 60)
    with_values = [{"value": score} for score in close]
    rescored(world, PART, with_values)
    rescored(world, "skills", [{"value": 40}] * 6)
    rescored(world, "communication", [{"value": score} for score in (0, 100, 0, 100, 0, 100)])
    page = facilitator.get(f"/meeting/{in_session}").text
    titles = re.findall(r'<a class="govuk-link" href="[^"]+/parts/([a-z_0-9]+)"', page)
    assert (titles[0], titles[-2], titles[-1]) == ("communication", PART, "skills")
    assert len(titles) == 32
    assert page.count("Wide spread") == 30


def test_previous_and_next_walk_the_agenda_from_end_to_end(in_session: UUID, facilitator: Desk) -> None:
    agenda = facilitator.get(f"/meeting/{in_session}").text
    order = re.findall(r'<a class="govuk-link" href="([^"]+/parts/[a-z_0-9]+)"', agenda)
    page, walked = facilitator.client.get(order[0]).text, [order[0]]
    while found := re.search(r'rel="next" href="([^"]+)"', page):
        walked.append(found[1])
        page = facilitator.client.get(found[1]).text
    assert walked == order
    assert 'rel="prev"' in page


def test_each_look_at_the_spread_is_written_down(world: World, in_session: UUID, facilitator: Desk) -> None:
    # trust C2
    facilitator.get(f"/meeting/{in_session}")
    facilitator.get(f"/meeting/{in_session}/parts/{PART}")
    with world.session() as session:
        events = list(session.execute(select(AuditEvent.event)).scalars())
    assert events.count("spread_seen") == 2


def test_the_facilitator_begins_the_meeting_and_closes_it(world: World, facilitator: Desk) -> None:
    collection_id = scored(world, (20, 35, 50, 50, 65, 90), CollectionStatus.CLOSED)
    assert "Begin the meeting" in facilitator.get("/meeting/").text
    assert facilitator.fill(f"/meeting/{collection_id}/step/begin_consensus").status_code == 302
    assert "is in session" in facilitator.get("/").text
    assert facilitator.fill(f"/meeting/{collection_id}/step/finalise").status_code == 302
    assert "The meeting is closed." in facilitator.get(f"/meeting/{collection_id}").text
    for step in ("open", "reopen", "nonsense"):
        assert facilitator.get(f"/meeting/{collection_id}/step/{step}").status_code == 404


def test_a_questionnaire_without_scores_has_no_meeting(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    stories = story_collection(world)
    move(world, stories, CollectionStatus.CLOSED)
    assert facilitator.get(f"/meeting/{stories}").status_code == 404
    assert facilitator.get(f"/meeting/{in_session}/parts/nothing_of_the_kind").status_code == 404
    assert facilitator.get(f"/meeting/{in_session}/parts/strengths_leadership").status_code == 404


def test_scores_that_were_looked_at_are_not_opened_again_for_one_who_comes_late(
    world: World, facilitator: Desk, desk_of: DeskOf
) -> None:
    # trust A5
    coordinator, reason = desk_of(Role.COORDINATOR), {"reason": "One comes late"}
    collection_id = scored(world, (20, 35, 50, 50, 65, 90), CollectionStatus.CLOSED)
    reopen = f"/collections/{collection_id}/step/reopen"
    assert coordinator.fill(reopen, **reason).status_code == 302
    assert coordinator.fill(f"/collections/{collection_id}/step/close").status_code == 302
    facilitator.get(f"/meeting/{collection_id}/parts/{PART}")
    refused = coordinator.fill(reopen, **reason)
    assert refused.status_code == 409
    assert "whoever answered late would be known" in refused.text
    move(world, collection_id, CollectionStatus.FINAL)
    assert coordinator.fill(reopen, **reason).status_code == 302
    assert coordinator.fill(reopen, **reason).status_code == 409
