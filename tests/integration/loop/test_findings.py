"""The findings of a round: written, changed by two at once, merged, taken out, and turned into actions."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.database.models.action_progress import ActionContributor, ActionEvent, Milestone
from lsp_assess.database.models.findings import Finding
from lsp_assess.database.models.outcomes import Action
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk, day
from tests.integration.loop.ranking import closed, gather, opened, scored
from tests.world import World

DeskOf = Callable[[Role], Desk]
WORDS = {"kind": "improvement", "words": "Data are not shared", "criterion": "leadership"}


def standing(world: World) -> dict[str, str | None]:
    """By the words of each, those of the one it was merged into."""
    with world.session() as session:
        rows = list(session.execute(select(Finding)).scalars())
        by_id = {row.id: row.words for row in rows}
        return {row.words: by_id.get(row.merged_into) if row.merged_into else None for row in rows}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COORDINATOR])
@pytest.mark.parametrize(
    "status", [CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL]
)
def test_findings_are_gathered_once_scoring_is_closed(
    world: World, desk_of: DeskOf, role: Role, status: CollectionStatus
) -> None:
    path = f"/findings/{scored(world, status)}"
    assert desk_of(role).fill(f"{path}/new", **WORDS).status_code == 302
    assert "Data are not shared" in desk_of(role).get(path).text


def test_while_people_score_nothing_is_found(world: World, desk_of: DeskOf) -> None:
    path = f"/findings/{scored(world, CollectionStatus.OPEN)}"
    refused = desk_of(Role.FACILITATOR).fill(f"{path}/new", **WORDS)
    assert refused.status_code == 409
    assert "People may still score" in refused.text
    assert standing(world) == {}


def test_two_facilitators_change_one_finding_and_neither_loses_a_word(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    id_ = gather(world, collection_id)["Data are not shared"]  # trust D8
    path = f"/findings/finding/{id_}"
    first, second = desk_of(Role.FACILITATOR), desk_of(Role.COORDINATOR)
    assert first.send(path, {**WORDS, "words": "Theirs", "version": "1"}).status_code == 302
    stale = second.send(path, {**WORDS, "words": "Mine", "version": "1"})
    assert stale.status_code == 409
    assert "Mine" in stale.text
    assert "Theirs" in stale.text
    assert "Theirs" in standing(world)
    assert second.send(path, {**WORDS, "words": "Mine", "version": "2"}).status_code == 302
    assert "Mine" in standing(world)


def test_merged_findings_stay_under_the_new_one_and_come_back_when_it_is_taken_out(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    ids = gather(world, collection_id)
    desk, path = desk_of(Role.FACILITATOR), f"/findings/{collection_id}"
    two = [str(ids["Data are not shared"]), str(ids["Too many plans"])]
    whole = {"kind": "improvement", "words": "We do not plan together", "criterion": ""}
    assert desk.fill(f"{path}/merge", **whole, merged=two[:1]).status_code == 422
    assert desk.fill(f"{path}/merge", **whole, merged=two).status_code == 302
    assert standing(world)["Too many plans"] == "We do not plan together"
    page = desk.get(path).text
    assert "Merged from 2" in page
    assert desk.get(f"/findings/finding/{two[0]}").status_code == 404
    again = desk.fill(f"{path}/merge", **whole, merged=two)
    assert again.status_code == 422, "what is merged is not offered again"
    with world.session() as session:
        new = session.execute(select(Finding.id).where(Finding.words == whole["words"])).scalar_one()
    assert desk.fill(f"/findings/finding/{new}/remove").status_code == 302
    assert standing(world) == dict.fromkeys(ids)


def test_what_partners_vote_on_is_not_changed_any_more(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    ids = gather(world, collection_id)
    opened(world, collection_id)
    desk, id_ = desk_of(Role.FACILITATOR), ids["Residents chair"]
    for path in (
        f"/findings/finding/{id_}",
        f"/findings/finding/{id_}/remove",
        f"/findings/{collection_id}/new",
    ):
        refused = desk.send(path, {**WORDS, "version": "1"})
        assert refused.status_code == 409, path
        assert "their words stay as they are" in refused.text
    assert standing(world) == dict.fromkeys(ids)


def test_an_empty_list_is_not_ranked(world: World, collection_id: UUID, desk_of: DeskOf) -> None:
    refused = desk_of(Role.FACILITATOR).fill(f"/findings/{collection_id}/rank")
    assert refused.status_code == 409
    assert "There is no finding to rank" in refused.text


def action(world: World, **more: object) -> dict[str, object]:
    return {
        "finding": "Data are not shared", "decision": "Sign a protocol.", "title": "Write the protocol",
        "owner": str(world.organisations[0]), "status": "planned", "light": "", "what_changed": "",
        "contributors": [], "part": "", "objective": "", "indicator": "", **day("due_on", 1, 7, 2026), **more,
    }  # fmt: skip


def test_a_ranked_finding_becomes_an_action_with_who_helps_a_light_and_a_history(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    id_ = gather(world, collection_id)["Data are not shared"]
    desk = desk_of(Role.COORDINATOR)
    opened(world, collection_id)
    assert desk.get(f"/actions/of-finding/{id_}/new").status_code == 409, "before the votes are counted"
    closed(world, collection_id)
    page = desk.get(f"/actions/of-finding/{id_}/new").text
    assert ">Data are not shared</textarea>" in page
    others = [str(one) for one in world.organisations]
    sent = desk.fill(
        f"/actions/of-finding/{id_}/new", **action(world, contributors=others, part="data_sharing")
    )
    assert sent.status_code == 302
    with world.session() as session:
        row = session.execute(select(Action)).scalar_one()
        helping = set(session.execute(select(ActionContributor.organisation_id)).scalars())
    assert (row.finding_id, row.part, row.light) == (id_, "data_sharing", None)
    assert helping == set(world.organisations[1:]), "the owner is no contributor"
    under_way = action(world, status="under_way", light="red", contributors=others[1:2])
    assert desk.fill(f"/actions/{row.id}", **under_way).status_code == 302
    assert desk.fill(f"/actions/{row.id}", **{**under_way, "decision": "Sign it soon."}).status_code == 302
    done = {**under_way, "status": "done", "what_changed": "Signed by all."}
    assert desk.fill(f"/actions/{row.id}", **done).status_code == 302
    with world.session() as session:
        events = [
            (one.status, one.light)
            for one in session.execute(select(ActionEvent).order_by(ActionEvent.status)).scalars()
        ]
    assert sorted(events, key=str) == sorted(
        [("done", None), ("planned", None), ("under_way", "red")], key=str
    )
    for role in (Role.PARTNER, Role.SCRUTINY, Role.RESEARCHER):
        told = desk_of(role).get(f"/actions/milestones/of/{row.id}").text
        for words in ("with Police", "Off track", "Under way", "Signed by all."):
            assert words in told
        assert desk_of(role).get(f"/actions/milestones/of/{row.id}/new").status_code == 403
    assert "Write the protocol" in desk_of(Role.PARTNER).get(f"/findings/{collection_id}").text


def test_milestones_are_ticked_off_and_a_stale_tick_overwrites_nothing(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    desk = desk_of(Role.COORDINATOR)
    id_ = gather(world, collection_id)["Data are not shared"]
    opened(world, collection_id)
    closed(world, collection_id)
    desk.fill(f"/actions/of-finding/{id_}/new", **action(world))
    with world.session() as session:
        action_id = session.execute(select(Action.id)).scalar_one()
    for words, month in (("Signed", 9), ("Drafted", 8)):
        sent = desk.fill(
            f"/actions/milestones/of/{action_id}/new",
            words=words,
            state="not_yet",
            **day("due_on", 1, month, 2026),
        )
        assert sent.status_code == 302
    assert "0 of 2 done; next: Drafted, 1 August 2026" in desk.get("/actions/").text
    with world.session() as session:
        drafted = session.execute(select(Milestone.id).where(Milestone.words == "Drafted")).scalar_one()
    tick = {"words": "Drafted", "state": "done", **day("due_on", 1, 8, 2026), "version": "1"}
    assert desk.send(f"/actions/milestones/{drafted}", tick).status_code == 302  # trust D8
    stale = desk.send(f"/actions/milestones/{drafted}", {**tick, "words": "Mine"})
    assert stale.status_code == 409
    assert "Mine" in stale.text
    assert "1 of 2 done; next: Signed, 1 September 2026" in desk.get("/actions/").text
    assert desk.send(f"/actions/milestones/{drafted}", {**tick, "words": ""}).status_code == 422


def test_an_action_changed_by_two_keeps_what_the_second_typed_beside_what_is_stored(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    id_ = gather(world, collection_id)["Data are not shared"]
    opened(world, collection_id)
    closed(world, collection_id)
    desk = desk_of(Role.COORDINATOR)  # trust D8
    desk.fill(f"/actions/of-finding/{id_}/new", **action(world))
    with world.session() as session:
        path = f"/actions/{session.execute(select(Action.id)).scalar_one()}"
    assert desk.send(path, action(world, decision="Theirs.", version="1")).status_code == 302
    stale = desk.send(path, action(world, decision="Mine.", version="1"))
    assert stale.status_code == 409
    assert "Mine." in stale.text
    assert "Theirs." in stale.text


def test_a_new_round_opens_with_what_became_of_the_last_actions(
    world: World, collection_id: UUID, desk_of: DeskOf
) -> None:
    id_ = gather(world, collection_id)["Data are not shared"]
    opened(world, collection_id)
    closed(world, collection_id)
    desk_of(Role.COORDINATOR).fill(f"/actions/of-finding/{id_}/new", **action(world))
    for role in (Role.PARTNER, Role.FACILITATOR):
        assert "What became of the actions" not in desk_of(role).get("/").text
    scored(world, CollectionStatus.OPEN, number=2)
    for role in (Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR):
        home = desk_of(role).get("/").text
        assert "What became of the actions of Year 1" in home
        assert "0 of 1 settled" in home
