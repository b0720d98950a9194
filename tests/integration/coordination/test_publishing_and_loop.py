from uuid import uuid4

from sqlalchemy import select

from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.publications import Release
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk, day
from tests.integration.publishing.partners import two_rounds
from tests.world import World


def test_a_round_is_published_and_corrected_with_a_reason(world: World, desk: Desk) -> None:
    first, _ = two_rounds(world, [50, 55, 60, 65, 70, 75], [60, 65, 70, 75, 80, 85])
    path = f"/rounds/{first}"
    assert "Everything is final: publish the round" in desk.get(path).text
    assert desk.fill(f"{path}/publish").status_code == 302
    assert desk.fill(f"{path}/publish", reason=" ").status_code == 422
    assert desk.fill(f"{path}/publish", reason="A form was left out").status_code == 302
    page = desk.get(path).text
    assert "Release 1.2" in page
    assert "superseded by a correction" in page
    with world.session() as session:
        assert len(session.execute(select(Release)).scalars().all()) == 2


def test_a_round_that_is_not_final_cannot_be_published(world: World, desk: Desk) -> None:
    first, _ = two_rounds(world, [50] * 6, [60] * 6)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(
            select(Collection).where(Collection.round_id == first)
        ).scalar_one().status = CollectionStatus.OPEN
    assert desk.send(f"/rounds/{first}/publish", {}).status_code == 409
    assert "Publish the round" not in desk.get(f"/rounds/{first}").text


def test_what_came_of_a_finding_is_recorded_until_it_says_what_changed(world: World, desk: Desk) -> None:
    first, _ = two_rounds(world, [50] * 6, [60] * 6)
    form = {
        "finding": "Residents do not know who to ring.", "decision": "One number for all.",
        "title": "Print the number on every bin", "owner": world.organisations[0], "status": "planned",
        "what_changed": "", **day("due_on", 1, 5, 2026),
    }  # fmt: skip
    assert "No action yet" in desk.get(f"/rounds/{first}/actions").text
    assert desk.fill(f"/rounds/{first}/actions/new", **form).status_code == 302
    with world.session() as session:
        action = session.execute(select(Action)).scalar_one()
    assert "due 1 May 2026: overdue" in desk.get(f"/rounds/{first}/actions").text
    path = f"/actions/{action.id}"
    assert "does not" not in desk.fill(path, **{**form, "status": "done"}).text
    assert desk.fill(path, **{**form, "status": "done"}).status_code == 422
    done = {**form, "status": "done", "what_changed": "Calls are up by a third."}
    assert desk.fill(path, **done).status_code == 302
    assert desk.fill(path, **{**done, "owner": str(uuid4())}).status_code == 422
    stale = desk.send(path, {**{k: str(v) for k, v in done.items()}, "version": "1"})
    assert stale.status_code == 409
