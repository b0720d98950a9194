"""From «Make the report» to the file, through the real queue and a real worker."""

import re
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from random import Random
from time import perf_counter, sleep
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from lsp_assess.config import Config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.models.publications import ReleasedText, ReportJob
from lsp_assess.database.releases import redact
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering import pdf
from tests.trust_run import Figure
from tests.workers import eventually, miss_heartbeats, take_up_again, work_off, worker
from tests.world import World, build_world

Browser = Callable[[UUID], FlaskClient]


def ask(world: World, browser: FlaskClient, *, language: str = "en") -> str:
    """The address of the job."""
    page = browser.get(f"/p/{world.slug}/results/").text
    ticked = re.findall(r'name="release" value="([^"]+)" checked', page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    data = {"csrf_token": token[1], "release": ticked, "language": language}
    sent = browser.post(f"/p/{world.slug}/reports/", data=data)
    assert sent.status_code == 302, sent.text
    return str(sent.location)


def row(world: World) -> ReportJob:
    with world.session() as session:
        return session.execute(select(ReportJob)).scalar_one()


def test_four_clicks_from_signing_in_to_the_report(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config
) -> None:
    results = re.search(r'href="([^"]+/results/)"', evaluator.get(f"/p/{world.slug}/").text)
    assert results  # the first click; the second is the button
    job = ask(world, evaluator)
    assert "Waiting for its turn" in evaluator.get(job).text
    assert evaluator.get(f"{job}/progress").json["ended"] is False
    work_off(config)
    assert evaluator.get(f"{job}/progress").json["ended"] is True
    download = re.search(r'href="([^"]+/file)"', evaluator.get(job).text)
    assert download  # the third
    sent = evaluator.get(download[1])
    assert sent.data.startswith(b"%PDF-")
    assert sent.headers["Content-Disposition"].endswith('.pdf"')
    assert "no-store" in sent.headers["Cache-Control"]


def test_the_file_is_for_who_asked_and_while_they_may(
    world: World, releases: list[UUID], evaluator: FlaskClient, browser_of: Browser, config: Config
) -> None:  # trust A6, A7
    job = ask(world, evaluator)
    work_off(config)
    for role in (Role.SCRUTINY, Role.COORDINATOR):
        for path in (job, f"{job}/progress", f"{job}/file"):
            assert browser_of(world.accounts[role]).get(path).status_code == 404
    other = build_world(world.engine, world.clock, slug="southbank")
    stranger = browser_of(other.accounts[Role.EVALUATOR])
    assert stranger.get(f"{job}/file").status_code == 404
    assert stranger.get(f"{job}/file".replace(world.slug, other.slug)).status_code == 404
    assert evaluator.get(f"{job}/file").status_code == 200
    dismiss(world)
    assert evaluator.get(f"{job}/file").status_code in (403, 404)


def dismiss(world: World) -> None:
    before = world.clock.now().date().replace(day=1)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(
            update(Membership)
            .where(Membership.role == Role.EVALUATOR)
            .values(valid_from=before, valid_to=before)
        )


@pytest.mark.parametrize("edited", ["partnership_id", "account_id"])
def test_a_job_edited_to_another_partnership_or_person_is_refused(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config, edited: str
) -> None:  # trust A10
    ask(world, evaluator)
    other = build_world(world.engine, world.clock, slug="southbank")
    to = {"partnership_id": other.partnership_id, "account_id": other.accounts[Role.EVALUATOR]}[edited]
    with world.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE jobs.procrastinate_jobs"
                " SET args = args || jsonb_build_object(CAST(:key AS text), CAST(:to AS text))"
                " WHERE task_name = 'make_report'"
            ),
            {"key": edited, "to": str(to)},
        )
    work_off(config)
    found = row(world)
    assert (found.status, found.file_hash) == ("queued", None)


def test_a_job_whose_own_row_names_another_is_refused(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config
) -> None:  # trust A10
    ask(world, evaluator)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(ReportJob).values(account_id=world.accounts[Role.SCRUTINY]))
    work_off(config)
    assert row(world).file_hash is None


def test_who_lost_the_role_meanwhile_gets_nothing(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config
) -> None:
    ask(world, evaluator)
    dismiss(world)
    work_off(config)
    found = row(world)
    assert (found.status, found.error, found.file_hash) == ("failed", "role_needed", None)


def test_a_worker_killed_in_mid_report_leaves_no_half_file_and_one_report_is_made(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config, database: Urls, figure: Figure
) -> None:  # trust D16
    job = ask(world, evaluator)
    with worker(database.application, str(config.instance)) as doomed:
        eventually(lambda: row(world).status == "running")
        doomed.send_signal(signal.SIGKILL)
        doomed.wait()
    found = row(world)
    assert (found.status, found.file_hash) == ("running", None)
    assert evaluator.get(f"{job}/file").status_code == 409
    miss_heartbeats(world.engine)
    take_up_again(config)
    with worker(database.application, str(config.instance)):
        eventually(lambda: row(world).status == "done")
    made = evaluator.get(f"{job}/file").data
    assert made.startswith(b"%PDF-")
    half = int(sha256(made).hexdigest() != row(world).file_hash)
    assert half == 0
    figure(f"worker killed once while a report is made: 1 file of {len(made)} bytes, half files {half}")


def test_a_story_withdrawn_later_takes_the_file_along(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config
) -> None:  # trust C8
    story = new_id()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.add(
            ReleasedText(
                partnership_id=world.partnership_id,
                release_id=releases[0],
                story_id=story,
                content={},
                content_hash="",
            )
        )
    job = ask(world, evaluator)
    work_off(config)
    assert evaluator.get(f"{job}/file").status_code == 200
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        assert redact(session, story, at=world.clock.now()) == 1
    assert evaluator.get(f"{job}/file").status_code == 409
    assert "has withdrawn consent" in evaluator.get(job).text
    with world.session() as session:
        assert session.execute(select(ReportJob.file)).scalar_one() is None


@pytest.mark.long
def test_a_worker_killed_at_any_point_of_a_report_leaves_one_report_and_no_half_file(
    world: World, releases: list[UUID], evaluator: FlaskClient, config: Config, database: Urls, figure: Figure
) -> None:  # trust D16
    chance, kills, half = Random(16), 0, 0
    job = ask(world, evaluator)
    for most in range(1, 11):
        with worker(database.application, str(config.instance)) as doomed:
            eventually(lambda: queued_as(world) != "todo")
            sleep(chance.uniform(0.0, 0.4 * most))
            doomed.send_signal(signal.SIGKILL)
            doomed.wait()
        status, file = file_of(world)
        half += (file is None) != (status != "done")
        if status == "done":
            break
        kills += 1
        assert evaluator.get(f"{job}/file").status_code == 409
        miss_heartbeats(world.engine)
        take_up_again(config)
    work_off(config)
    status, file = file_of(world)
    assert status == "done"
    assert file is not None
    assert sha256(file).hexdigest() == row(world).file_hash
    assert evaluator.get(f"{job}/file").data == file
    assert half == 0
    assert kills > 2
    figure(f"worker killed {kills} times before one report was done: 1 report, half files {half}")


@pytest.mark.long
def test_a_report_that_is_too_heavy_is_told_of_and_leaves_no_file_and_the_next_one_is_made(
    world: World,
    releases: list[UUID],
    evaluator: FlaskClient,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    figure: Figure,
) -> None:  # trust B7
    job = ask(world, evaluator)
    with monkeypatch.context() as strict, ThreadPoolExecutor(max_workers=1) as aside:
        strict.setattr(pdf, "LEAST_SECONDS", 1)  # to print any report takes more
        strict.setattr(pdf, "CHARACTERS_A_SECOND", pdf.MOST_CHARACTERS)
        began, working = perf_counter(), aside.submit(work_off, config)
        answered = 0
        while not working.done():
            assert evaluator.get(job).status_code == 200
            answered += 1
        working.result()
        took = perf_counter() - began
    found = row(world)
    assert (found.error, found.file_hash) == ("pdf_too_heavy", None)
    assert file_of(world) == ("failed", None)
    assert "The report took more time or memory than it may" in evaluator.get(job).text
    assert evaluator.get(f"{job}/file").status_code == 409
    assert took < 60
    again = ask(world, evaluator)
    assert again != job
    work_off(config)
    assert evaluator.get(f"{again}/file").data.startswith(b"%PDF-")
    figure(f"a report too heavy: told after {took:.0f} s, {answered} pages answered meanwhile; the next made")


def file_of(world: World) -> tuple[str, bytes | None]:
    """Of the only job that there is."""
    with world.session() as session:
        status, file = session.execute(select(ReportJob.status, ReportJob.file)).one()
    return status, file


def queued_as(world: World) -> str:
    with world.engine.connect() as connection:
        asked = text("SELECT status::text FROM jobs.procrastinate_jobs WHERE task_name = 'make_report'")
        return str(connection.execute(asked).scalar_one())


def test_the_same_report_asked_for_twice_is_made_once(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    assert ask(world, evaluator) == ask(world, evaluator)
    assert ask(world, evaluator, language="cy") != ask(world, evaluator)


def test_asking_for_nothing_or_nonsense_is_told_and_writes_nothing(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    page = evaluator.get(f"/p/{world.slug}/reports/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    for data, status in (
        ({}, 422),
        ({"release": "x"}, 422),
        ({"release": str(releases[0]), "language": "xx"}, 422),
        ({"release": str(new_id())}, 404),
    ):
        sent = evaluator.post(f"/p/{world.slug}/reports/", data={"csrf_token": token[1], **data})
        assert sent.status_code == status
    with world.session() as session:
        assert session.execute(select(ReportJob)).first() is None
