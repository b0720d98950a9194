"""Each named partner votes on the stories of others; how the votes lie is seen once nobody votes any more."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import Response
from lsp_assess.database.models.stories import Story, StoryGrade
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.stories.telling import TITLE, move, tell
from tests.world import World

DeskOf = Callable[[Role], Desk]
VOTE = {"contribution": "3", "evidence": "1"}


def votes(world: World) -> list[tuple[int, int]]:
    with world.session() as session:
        rows = session.execute(select(StoryGrade)).scalars()
        return [(row.contribution, row.evidence) for row in rows]


def vote(desk: Desk, story_id: UUID, **form: str) -> int:
    page = desk.get(f"/stories/{story_id}")
    assert page.status_code == 200
    version = page.text.split('name="version" value="')[1].split('"')[0]
    return desk.send(f"/stories/{story_id}/grade", {**VOTE, "version": version, **form}).status_code


def test_a_partner_reads_votes_and_may_vote_anew(world: World, story_id: UUID, desk_of: DeskOf) -> None:
    desk = desk_of(Role.PARTNER)
    listing = desk.get("/stories/").text
    assert TITLE in listing
    assert "Told for Police · Ward W01" in listing
    page = desk.get(f"/stories/{story_id}").text
    assert "3 – Much smaller or later without us" in page
    assert "2 – A document" in page
    assert vote(desk, story_id) == 302
    assert "Contribution 3, evidence 1" in desk.get("/stories/").text
    assert vote(desk, story_id, evidence="4") == 302
    assert votes(world) == [(3, 4)]
    with world.session() as session:
        events = session.execute(select(AuditEvent.event)).scalars().all()
    assert events.count("story_graded") == 2


def test_nobody_votes_on_a_story_of_their_own(
    world: World, story_id: UUID, teller: tuple[UUID, Desk]
) -> None:
    desk = teller[1]
    page = desk.get(f"/stories/{story_id}").text
    assert "This is your story." in page
    assert "Your vote" not in page
    refused = desk.send(f"/stories/{story_id}/grade", {**VOTE, "version": "0"})
    assert refused.status_code == 403
    assert "You told this story" in refused.text
    assert votes(world) == []


def test_a_stale_vote_overwrites_nothing(world: World, story_id: UUID, desk_of: DeskOf) -> None:
    desk = desk_of(Role.PARTNER)  # trust D8
    first = {**VOTE, "version": "0"}
    assert desk.send(f"/stories/{story_id}/grade", first).status_code == 302
    assert desk.send(f"/stories/{story_id}/grade", {**first, "evidence": "4"}).status_code == 409
    assert votes(world) == [(3, 1)]


@pytest.mark.parametrize("wrong", [{"contribution": "5"}, {"evidence": "-1"}, {"contribution": "", "x": "1"}])
def test_a_grade_outside_the_scale_is_refused_beside_its_question(
    world: World, story_id: UUID, desk_of: DeskOf, wrong: dict[str, str]
) -> None:
    sent = desk_of(Role.PARTNER).send(f"/stories/{story_id}/grade", {**VOTE, "version": "0", **wrong})
    assert sent.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in sent.text
    assert votes(world) == []


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (CollectionStatus.OPEN, 302),
        (CollectionStatus.CLOSED, 302),
        (CollectionStatus.IN_CONSENSUS, 409),
        (CollectionStatus.FINAL, 409),
    ],
)
def test_votes_are_taken_until_the_panel_meets(
    world: World,
    story_id: UUID,
    collection_id: UUID,
    desk_of: DeskOf,
    status: CollectionStatus,
    answer: int,
) -> None:
    move(world, collection_id, status)
    sent = desk_of(Role.PARTNER).send(f"/stories/{story_id}/grade", {**VOTE, "version": "0"})
    assert sent.status_code == answer
    assert len(votes(world)) == (answer == 302)


def test_only_partners_vote(world: World, story_id: UUID, desk_of: DeskOf) -> None:
    for role in (Role.COORDINATOR, Role.FACILITATOR, Role.RESEARCHER, Role.EVALUATOR, Role.SCRUTINY):
        assert desk_of(role).send(f"/stories/{story_id}/grade", VOTE).status_code == 403
    assert votes(world) == []


@pytest.fixture
def vote_of_many(
    world: World, browser_of: Callable[[UUID], FlaskClient]
) -> Callable[[UUID, list[str]], None]:
    def cast(story_id: UUID, contributions: list[str]) -> None:
        for place, contribution in enumerate(contributions):
            account_id, _ = world.add_member(f"Rater {place}", Role.PARTNER, world.organisations[2])
            desk = Desk(browser_of(account_id), world.slug)
            assert vote(desk, story_id, contribution=contribution, evidence=str(place % 3)) == 302

    return cast


def test_how_five_voted_is_seen_without_names_once_voting_is_over_and_not_before(
    world: World,
    story_id: UUID,
    collection_id: UUID,
    desk_of: DeskOf,
    vote_of_many: Callable[[UUID, list[str]], None],
) -> None:
    vote_of_many(story_id, ["0", "1", "3", "3", "4"])
    path = f"/stories/{story_id}"
    for status in (CollectionStatus.OPEN, CollectionStatus.CLOSED):
        move(world, collection_id, status)
        for role in (Role.PARTNER, Role.COORDINATOR, Role.FACILITATOR):
            assert "median" not in desk_of(role).get(path).text
    move(world, collection_id, CollectionStatus.IN_CONSENSUS)
    for role in (Role.PARTNER, Role.COORDINATOR, Role.FACILITATOR):
        page = desk_of(role).get(path).text
        assert "What the partnership contributed: median 3" in page
        assert "5 people have voted" in page
        assert "Rater" not in page


@pytest.mark.parametrize("contributions", [["0", "1", "3", "4"], ["3", "3", "3", "3", "3"]])
def test_votes_of_a_few_or_all_alike_stay_unseen(
    world: World,
    story_id: UUID,
    collection_id: UUID,
    desk_of: DeskOf,
    vote_of_many: Callable[[UUID, list[str]], None],
    contributions: list[str],
) -> None:
    vote_of_many(story_id, contributions)  # trust C5
    move(world, collection_id, CollectionStatus.FINAL)
    page = desk_of(Role.COORDINATOR).get(f"/stories/{story_id}").text
    assert "median" not in page
    assert "single votes cannot be told from it" in page


def test_a_voter_is_told_that_the_story_was_changed_since(
    world: World, story_id: UUID, desk_of: DeskOf
) -> None:
    desk = desk_of(Role.PARTNER)
    vote(desk, story_id)
    assert "has changed" not in desk.get(f"/stories/{story_id}").text
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = session.get_one(Response, (world.partnership_id, story_id))
        row.submitted_at = world.clock.now().replace(hour=23)
    assert "has changed the story since you voted" in desk.get(f"/stories/{story_id}").text
    assert "Its teller has changed it since." in desk.get("/stories/").text


def test_the_panels_decision_is_recorded_with_its_reason_and_the_story_kept_either_way(
    world: World, story_id: UUID, collection_id: UUID, desk_of: DeskOf, teller: tuple[UUID, Desk]
) -> None:
    desk, path = desk_of(Role.COORDINATOR), f"/stories/{story_id}/decision"
    move(world, collection_id, CollectionStatus.IN_CONSENSUS)
    assert desk.fill(path, choice="not_selected", reason=" ").status_code == 422
    assert desk.fill(path, choice="not_selected", reason="Nothing but the teller's word.").status_code == 302
    for reader in (desk, teller[1]):
        page = reader.get(f"/stories/{story_id}").text
        assert "Not selected." in page
        assert "Nothing but the teller&#39;s word." in page
    stale = {"choice": "selected", "reason": "A witness came.", "version": "0"}
    assert desk.send(path, stale).status_code == 409
    assert desk.fill(path, choice="selected", reason="A witness came.").status_code == 302
    with world.session() as session:
        row = session.execute(select(Story)).scalar_one()
    assert (row.decision, row.decision_reason) == ("selected", "A witness came.")


@pytest.mark.parametrize("status", [CollectionStatus.OPEN, CollectionStatus.FINAL])
def test_nothing_is_decided_while_stories_may_change_nor_once_they_are_final(
    world: World, story_id: UUID, collection_id: UUID, desk_of: DeskOf, status: CollectionStatus
) -> None:
    move(world, collection_id, status)
    form = {"choice": "selected", "reason": "Well shown.", "version": "0"}
    assert desk_of(Role.COORDINATOR).send(f"/stories/{story_id}/decision", form).status_code == 409
    move(world, collection_id, CollectionStatus.CLOSED)
    assert desk_of(Role.PARTNER).send(f"/stories/{story_id}/decision", form).status_code == 403


def test_a_first_vote_does_not_make_a_decision_stale(
    world: World, story_id: UUID, collection_id: UUID, desk_of: DeskOf
) -> None:
    move(world, collection_id, CollectionStatus.CLOSED)
    vote(desk_of(Role.PARTNER), story_id)
    form = {"choice": "selected", "reason": "Well shown.", "version": "0"}
    assert desk_of(Role.COORDINATOR).send(f"/stories/{story_id}/decision", form).status_code == 302


def test_a_title_of_sixty_letters_and_a_strange_one_are_shown_as_written(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    title = "<script>alert(1)</script> O'Brien Łukasz 🎉 " + "x" * 20  # trust B4
    tell(world, collection_id, teller[0], title=title)
    page = desk_of(Role.PARTNER).get("/stories/").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
