"""A report is asked for, drawn by a worker, and handed to who asked for it."""

from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from lsp_assess.actions.reporting import (
    JobStatus,
    report_file,
    report_of_rounds,
    report_progress,
    request_report,
)
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.models.publications import ReportJob
from lsp_assess.database.session import Scope, transaction
from lsp_assess.jobs.reports import make
from lsp_assess.kernel.errors import Conflict, Denied, NotFound
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.integration.publishing.partners import published, two_rounds
from tests.world import World

SPREAD = [20, 30, 40, 50, 60, 70]


@pytest.fixture
def releases(world: World) -> list[UUID]:
    first, second = two_rounds(world, SPREAD, [30, 40, 50, 60, 70, 80])
    return [published(world, first), published(world, second)]


def ask(world: World, releases: list[UUID], role: Role = Role.EVALUATOR) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return request_report(world.work(role, session), release_ids=releases, language="en")


def run(world: World, job_id: UUID, *, role: Role = Role.EVALUATOR) -> None:
    make(
        world.engine,
        partnership_id=world.partnership_id,
        account_id=world.accounts[role],
        job_id=job_id,
        clock=world.clock,
    )


def fetch(world: World, job_id: UUID, role: Role = Role.EVALUATOR) -> bytes:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return report_file(world.work(role, session), job_id=job_id).content


def status(world: World, job_id: UUID) -> JobStatus:
    with world.session() as session:
        return report_progress(world.work(Role.EVALUATOR, session), job_id=job_id).status


def test_a_report_is_drawn_and_handed_to_who_asked(world: World, releases: list[UUID]) -> None:
    job_id = ask(world, releases)
    with pytest.raises(Conflict):
        fetch(world, job_id)
    run(world, job_id)
    assert status(world, job_id) is JobStatus.DONE
    assert fetch(world, job_id).startswith(b"%PDF-")
    with pytest.raises(NotFound):
        fetch(world, job_id, Role.SCRUTINY)


def test_asking_enqueues_in_the_same_transaction(world: World, releases: list[UUID]) -> None:
    job_id = ask(world, releases)
    with world.session() as session:
        arguments = session.execute(
            text("SELECT args FROM jobs.procrastinate_jobs WHERE task_name = 'make_report'")
        ).scalar_one()
    assert arguments == {
        "partnership_id": str(world.partnership_id),
        "account_id": str(world.accounts[Role.EVALUATOR]),
        "job_id": str(job_id),
    }


def test_a_role_taken_away_meanwhile_stops_the_job(world: World, releases: list[UUID]) -> None:
    job_id = ask(world, releases)
    yesterday = world.clock.now().date().replace(day=1)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(
            update(Membership)
            .where(Membership.role == Role.EVALUATOR)
            .values(valid_from=yesterday, valid_to=yesterday)
        )
    run(world, job_id)
    with world.session() as session:
        row = session.execute(select(ReportJob).where(ReportJob.id == job_id)).scalar_one()
        assert (row.status, row.error, row.file) == ("failed", "role_needed", None)


# trust A10
def test_a_job_whose_requester_was_edited_is_refused_and_left_alone(
    world: World, releases: list[UUID]
) -> None:
    job_id = ask(world, releases)
    run(world, job_id, role=Role.SCRUTINY)
    assert status(world, job_id) is JobStatus.QUEUED
    with world.session() as session:
        refused = session.execute(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.event == "report_job_refused")
        ).scalar_one()
    assert refused == 1


def test_a_job_taken_up_again_makes_one_report(world: World, releases: list[UUID]) -> None:
    job_id = ask(world, releases)
    run(world, job_id)
    before = fetch(world, job_id)
    run(world, job_id)
    assert fetch(world, job_id) == before
    with world.session() as session:
        made = session.execute(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.event == "report_made")
        ).scalar_one()
    assert made == 1


def test_a_report_of_what_is_not_there_is_refused_when_it_is_asked_for(world: World) -> None:
    with pytest.raises(NotFound):
        ask(world, [new_id()])
    with world.session() as session, pytest.raises(NotFound):
        report_of_rounds(session, [new_id()])


def test_an_administrator_cannot_ask_for_a_report(world: World, releases: list[UUID]) -> None:
    with pytest.raises(Denied):
        ask(world, releases, Role.ADMINISTRATOR)
