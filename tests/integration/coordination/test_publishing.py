"""A coordinator asks for a round to be published; the real queue and a real worker do it."""

import re
import signal
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from lsp_assess.config import Config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.partnerships import Collection, Membership
from lsp_assess.database.models.publications import Publication, Release
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.publishing.partners import two_rounds
from tests.trust_run import Figure
from tests.workers import eventually, miss_heartbeats, work_off, worker
from tests.world import World, build_world


@pytest.fixture
def round_id(world: World) -> UUID:
    """Final, and not published."""
    return two_rounds(world, [50, 55, 60, 65, 70, 75], [60, 65, 70, 75, 80, 85])[0]


def releases(world: World) -> int:
    with world.session() as session:
        return session.execute(select(func.count()).select_from(Release)).scalar_one()


def row(world: World) -> Publication:
    with world.session() as session:
        return session.execute(select(Publication)).scalar_one()


def test_a_round_is_published_and_corrected_with_a_reason(
    world: World, desk: Desk, config: Config, round_id: UUID
) -> None:
    path = f"/rounds/{round_id}"
    assert "Everything is final: publish the round" in desk.get(path).text
    assert desk.fill(f"{path}/publish").location.endswith(f"{path}/publishing")
    assert "Waiting for its turn" in desk.get(f"{path}/publishing").text
    assert "is being published" in desk.get(path).text
    assert desk.get(f"{path}/publishing/progress").json["ended"] is False
    work_off(config)
    assert desk.get(f"{path}/publishing/progress").json["ended"] is True
    assert re.search(r"<h1[^>]*>[^<]* is published</h1>", desk.get(f"{path}/publishing").text)
    assert desk.fill(f"{path}/publish", reason=" ").status_code == 422
    assert desk.fill(f"{path}/publish", reason="A form was left out").status_code == 302
    work_off(config)
    page = desk.get(path).text
    assert "Release 1.2" in page
    assert "superseded by a correction" in page
    assert releases(world) == 2


def test_a_round_asked_for_twice_is_published_once(
    world: World, desk: Desk, config: Config, round_id: UUID
) -> None:
    for _ in range(2):
        assert desk.fill(f"/rounds/{round_id}/publish").status_code == 302
    work_off(config)
    assert (releases(world), row(world).status) == (1, "done")


def test_a_round_that_is_not_final_cannot_be_published(world: World, desk: Desk, round_id: UUID) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(
            select(Collection).where(Collection.round_id == round_id)
        ).scalar_one().status = CollectionStatus.OPEN
    assert desk.send(f"/rounds/{round_id}/publish", {}).status_code == 409
    assert "Publish the round" not in desk.get(f"/rounds/{round_id}").text


def test_a_round_reopened_meanwhile_is_refused_and_the_page_says_why(
    world: World, desk: Desk, config: Config, round_id: UUID
) -> None:
    desk.fill(f"/rounds/{round_id}/publish")
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Collection).values(status=CollectionStatus.CLOSED))
    work_off(config)
    page = desk.get(f"/rounds/{round_id}/publishing").text
    assert "could not be published" in page
    assert "Nothing was published, and nothing has changed." in page
    assert releases(world) == 0


def test_who_is_no_longer_coordinator_publishes_nothing(
    world: World, desk: Desk, config: Config, round_id: UUID
) -> None:  # trust A7
    desk.fill(f"/rounds/{round_id}/publish")
    before = world.clock.now().date().replace(day=1)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Membership).values(valid_from=before, valid_to=before))
    work_off(config)
    found = row(world)
    assert (found.status, found.error, releases(world)) == ("failed", "role_needed", 0)


@pytest.mark.parametrize("edited", ["partnership_id", "account_id"])
def test_a_job_edited_to_another_partnership_or_person_is_refused(
    world: World, desk: Desk, config: Config, round_id: UUID, edited: str
) -> None:  # trust A10
    desk.fill(f"/rounds/{round_id}/publish")
    other = build_world(world.engine, world.clock, slug="southbank")
    to = {"partnership_id": other.partnership_id, "account_id": other.accounts[Role.COORDINATOR]}[edited]
    with world.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE jobs.procrastinate_jobs"
                " SET args = args || jsonb_build_object(CAST(:key AS text), CAST(:to AS text))"
                " WHERE task_name = 'publish_round'"
            ),
            {"key": edited, "to": str(to)},
        )
    work_off(config)
    assert (row(world).status, releases(world)) == ("queued", 0)


def test_a_worker_killed_while_it_publishes_leaves_nothing_and_another_publishes_once(
    world: World, desk: Desk, config: Config, database: Urls, round_id: UUID, figure: Figure
) -> None:  # trust D16
    desk.fill(f"/rounds/{round_id}/publish")
    with worker(database.application, str(config.instance)) as doomed:
        eventually(lambda: row(world).status == "running")
        doomed.send_signal(signal.SIGKILL)
        doomed.wait()
    half = releases(world)
    assert (row(world).status, half) == ("running", 0)
    miss_heartbeats(world.engine)
    with worker(database.application, str(config.instance)):
        eventually(lambda: row(world).status == "done")
    assert releases(world) == 1
    figure(
        f"worker killed once while a round is published: {half} releases then, {releases(world)} in the end"
    )
