"""Who may read a story, and how a consent that is taken back takes effect: at once, and everywhere."""

import json
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from lsp_assess.actions.answering import reopen, sheet_for, submit
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.publications import Release, ReleasedText
from lsp_assess.database.models.responses import Consent, Mode, Response, ResponseStatus
from lsp_assess.database.releases import document_of
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.publishing.partners import published
from tests.integration.stories.telling import (
    AGREED,
    ANSWERS,
    BODY,
    TITLE,
    WITNESS,
    ask,
    move,
    story_collection,
    tell,
)
from tests.world import World, build_world

DeskOf = Callable[[Role], Desk]
READERS = (Role.PARTNER, Role.COORDINATOR, Role.FACILITATOR)


def released(world: World) -> list[ReleasedText]:
    with world.session() as session:
        return list(session.execute(select(ReleasedText)).scalars())


def publish_round(world: World, collection_id: UUID, desk_of: DeskOf, story_id: UUID) -> UUID:
    """With the story selected and told in full."""
    move(world, collection_id, CollectionStatus.CLOSED)
    form = {"choice": "selected", "reason": "Well shown.", "version": "0"}
    assert desk_of(Role.COORDINATOR).send(f"/stories/{story_id}/decision", form).status_code == 302
    move(world, collection_id, CollectionStatus.FINAL)
    with world.session() as session:
        round_id = session.execute(select(Round.id)).scalar_one()
    return published(world, round_id)


def test_others_read_the_story_but_nothing_personal(story_id: UUID, desk_of: DeskOf) -> None:
    for role in READERS:
        page = desk_of(role).get(f"/stories/{story_id}").text
        assert BODY in page
        assert "Police" in page
        for personal in ("Canary Teller", "Tess", WITNESS):
            assert personal not in page


def test_a_teller_reads_all_that_they_told(story_id: UUID, teller: tuple[UUID, Desk]) -> None:
    page = teller[1].get(f"/stories/{story_id}").text
    for told in (TITLE, BODY, WITNESS, "Canary Teller"):
        assert told in page


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.EVALUATOR, Role.SCRUTINY])
def test_stories_are_for_partners_and_the_panel(story_id: UUID, desk_of: DeskOf, role: Role) -> None:
    assert desk_of(role).get("/stories/").status_code == 403
    assert desk_of(role).get(f"/stories/{story_id}").status_code == 403


def test_a_story_without_consent_to_its_use_is_kept_for_nobody_but_its_teller(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    story_id = tell(world, collection_id, teller[0], consents={**AGREED, "use": "no"})  # trust A5
    vote = {"contribution": "3", "evidence": "1", "version": "0"}
    for role in READERS:
        assert desk_of(role).get(f"/stories/{story_id}").status_code == 404
        assert TITLE not in desk_of(role).get("/stories/").text
    assert desk_of(Role.PARTNER).send(f"/stories/{story_id}/grade", vote).status_code == 404
    assert "No consent to use" in desk_of(Role.COORDINATOR).get("/stories/").text
    assert teller[1].get(f"/stories/{story_id}").status_code == 200
    assert TITLE in teller[1].get("/stories/").text


def test_a_draft_is_nobodys_to_read(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    key_id = ask(world, collection_id, teller[0])
    draft_id = new_id()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = session.get_one(Collection, (world.partnership_id, collection_id))
        session.add(
            Response(
                partnership_id=world.partnership_id, id=draft_id, collection_id=collection_id,
                respondent_key_id=key_id, instrument_hash=collection.instrument_hash, mode=Mode.ONLINE,
                status="draft", draft={"story_title": {"value": TITLE}}, started_at=world.clock.now(),
            )
        )  # fmt: skip
    for role in READERS:
        assert desk_of(role).get(f"/stories/{draft_id}").status_code == 404
        assert TITLE not in desk_of(role).get("/stories/").text
    mine = teller[1].get("/stories/").text
    assert TITLE in mine
    assert f"/answer/{collection_id}/1/" in mine
    assert f"/answer/{collection_id}/2/" in mine


def test_a_story_of_another_partnership_does_not_exist(
    story_id: UUID, desk_of: DeskOf, engine: Engine, clock: SetClock
) -> None:
    other = build_world(engine, clock, slug="southbridge")  # trust A2
    foreign = story_collection(other)
    theirs = tell(other, foreign, other.people[Role.PARTNER], title="Canary of the south")
    for role in READERS:
        desk = desk_of(role)
        assert desk.get(f"/stories/{theirs}").status_code == 404
        assert desk.send(f"/stories/{theirs}/consents/use/withdraw", {}).status_code == 404
        assert "Canary of the south" not in desk.get("/stories/").text
        assert Desk(desk.client, other.slug).get(f"/stories/{theirs}").status_code == 404
        assert Desk(desk.client, other.slug).get(f"/stories/{story_id}").status_code == 404


def test_consent_taken_back_by_the_teller_removes_the_story_everywhere_at_once(
    world: World, story_id: UUID, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    first = publish_round(world, collection_id, desk_of, story_id)  # trust C8
    assert BODY in json.dumps([row.content for row in released(world)])
    reader = desk_of(Role.EVALUATOR)
    shown = reader.get(f"/results/1/stories/{story_id}")
    assert BODY in shown.text, shown.status_code
    back = teller[1].fill(f"/stories/{story_id}/consents/use/withdraw")
    assert back.status_code == 302
    assert "Consent withdrawn" in teller[1].get(back.location.removeprefix(teller[1].home)).text
    for role in READERS:
        assert desk_of(role).get(f"/stories/{story_id}").status_code == 404
        assert TITLE not in desk_of(role).get("/stories/").text
    assert TITLE not in reader.get(f"/results/1/stories/{story_id}").text
    (row,) = released(world)
    assert (row.release_id, row.content) == (first, None)
    assert len(row.content_hash) == 64
    with world.session() as session:
        release = session.execute(select(Release)).scalar_one()
        assert document_of(release).sha256 == release.content_hash
        publications = session.execute(text("SELECT document::text FROM publications.release")).scalar_one()
        audit = session.execute(
            select(AuditEvent).where(AuditEvent.event == "consent_withdrawn")
        ).scalar_one()
    assert TITLE not in publications
    assert audit.details == {"consent": "use", "releases": 1}


def test_a_later_release_does_not_tell_a_story_that_was_withdrawn(
    world: World, story_id: UUID, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    publish_round(world, collection_id, desk_of, story_id)
    teller[1].fill(f"/stories/{story_id}/consents/use/withdraw")
    with world.session() as session:
        round_id = session.execute(select(Round.id)).scalar_one()
    published(world, round_id, reason="A story was withdrawn")
    assert [row.content for row in released(world)] == [None]


def test_the_coordinator_takes_a_consent_back_on_request_and_nobody_else_may(
    world: World, story_id: UUID, desk_of: DeskOf
) -> None:
    path = f"/stories/{story_id}/consents/use/withdraw"
    for role in (Role.PARTNER, Role.FACILITATOR):
        assert desk_of(role).get(path).status_code == 403
        assert desk_of(role).send(path, {}).status_code == 403
    assert desk_of(Role.PARTNER).get(f"/stories/{story_id}").status_code == 200
    assert desk_of(Role.COORDINATOR).fill(path).status_code == 302
    assert desk_of(Role.PARTNER).get(f"/stories/{story_id}").status_code == 404
    assert "Consent withdrawn" in desk_of(Role.COORDINATOR).get("/stories/").text


def test_words_that_may_not_be_quoted_go_from_releases_but_the_panel_still_reads(
    world: World, story_id: UUID, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    publish_round(world, collection_id, desk_of, story_id)
    assert teller[1].fill(f"/stories/{story_id}/consents/quotation/withdraw").status_code == 302
    assert [row.content for row in released(world)] == [None]
    assert BODY in desk_of(Role.PARTNER).get(f"/stories/{story_id}").text
    with world.session() as session:
        round_id = session.execute(select(Round.id)).scalar_one()
    published(world, round_id, reason="It may not be quoted")
    words = json.dumps([row.content for row in released(world)])
    assert TITLE in words
    assert BODY not in words


def test_a_consent_that_changes_no_release_leaves_its_text(
    world: World, story_id: UUID, collection_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    publish_round(world, collection_id, desk_of, story_id)
    assert teller[1].fill(f"/stories/{story_id}/consents/recontact/withdraw").status_code == 302
    assert BODY in json.dumps([row.content for row in released(world)])


@pytest.mark.parametrize("to", ["photograph", "linking", "canary"])
def test_what_was_not_given_cannot_be_taken_back(story_id: UUID, teller: tuple[UUID, Desk], to: str) -> None:
    assert teller[1].get(f"/stories/{story_id}/consents/{to}/withdraw").status_code == 404


def resend(session: Session, world: World, story_id: UUID, **answers: str) -> None:
    row = session.get_one(Response, (world.partnership_id, story_id))
    collection = session.get_one(Collection, (world.partnership_id, row.collection_id))
    work = world.work(Role.PARTNER, session)
    sheet = sheet_for(
        work, collection=collection, respondent_key_id=row.respondent_key_id, response=row, mode=Mode.ONLINE
    )
    reopen(work, sheet)
    row.draft = {**row.draft, **{name: {"value": value} for name, value in answers.items()}}
    session.flush()
    submit(work, sheet, sending_id=new_id())


def test_sending_again_does_not_give_back_a_consent_that_was_taken_back(
    world: World, story_id: UUID, teller: tuple[UUID, Desk], desk_of: DeskOf
) -> None:
    teller[1].fill(f"/stories/{story_id}/consents/use/withdraw")
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        resend(session, world, story_id, what_changed="Something else.")
    assert desk_of(Role.PARTNER).get(f"/stories/{story_id}").status_code == 404
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        resend(session, world, story_id, consent_use="yes")
    assert desk_of(Role.PARTNER).get(f"/stories/{story_id}").status_code == 200


def test_a_story_that_was_reopened_and_not_sent_again_counts_as_it_was_sent(
    world: World, story_id: UUID, collection_id: UUID, desk_of: DeskOf
) -> None:
    """ADR 0006."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = session.get_one(Response, (world.partnership_id, story_id))
        row.status = ResponseStatus.DRAFT
        row.draft = {**row.draft, "what_changed": {"value": "Half a sent"}}
    assert BODY in desk_of(Role.PARTNER).get(f"/stories/{story_id}").text
    publish_round(world, collection_id, desk_of, story_id)
    words = json.dumps([row.content for row in released(world)])
    assert BODY in words
    assert "Half a sent" not in words


def test_a_no_sent_after_a_release_unpublishes_like_taking_back(
    world: World, story_id: UUID, collection_id: UUID, desk_of: DeskOf
) -> None:
    publish_round(world, collection_id, desk_of, story_id)
    move(world, collection_id, CollectionStatus.OPEN)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        resend(session, world, story_id, consent_use="no")
    assert [row.content for row in released(world)] == [None]
    with world.session() as session:
        held = session.execute(select(Consent).where(Consent.kind == "use")).scalar_one()
    assert not held.given


def test_empty_pages_say_what_will_be_there(desk_of: DeskOf) -> None:
    page = desk_of(Role.PARTNER).get("/stories/").text
    for words in (
        "No stories are gathered at the moment",
        "No story waits for your vote",
        "not sent a story",
    ):
        assert words in page
    assert "No story has been sent yet" in desk_of(Role.COORDINATOR).get("/stories/").text
    assert "Tell a story" not in page


def test_who_is_asked_gets_a_new_sheet_beside_what_was_sent(
    world: World, collection_id: UUID, teller: tuple[UUID, Desk]
) -> None:
    tell(world, collection_id, teller[0])
    page = teller[1].get("/stories/").text
    assert f"/answer/{collection_id}/2/" in page
    assert ANSWERS["story_title"] in page
    sheet = teller[1].get(f"/answer/{collection_id}/2/")
    assert sheet.status_code == 200
    assert "0 of 5 sections done" in sheet.text
