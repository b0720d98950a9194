"""The page of the research file: for evaluators and coordinators, under an agreement, and written down."""

import csv
import io
from collections.abc import Callable
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.partnerships.agreements import Allows
from lsp_assess.partnerships.roles import Role
from tests.bench.residents import released, surveyed
from tests.world import World

Browser = Callable[[UUID], FlaskClient]


@pytest.fixture
def world(engine: Engine) -> World:
    world = surveyed(engine, (12, 8))
    released(world)
    return world


def agreement(world: World, allows: Allows = Allows.RESEARCH) -> UUID:
    with world.session() as session:
        found = select(SharingAgreement.id).where(SharingAgreement.allows == allows).limit(1)
        return session.execute(found).scalar_one()


def path(world: World, allows: Allows = Allows.RESEARCH) -> str:
    return f"/p/{world.slug}/research/{agreement(world, allows)}/file"


def handed_over(world: World) -> int:
    with world.session() as session:
        counted = select(func.count()).where(AuditEvent.event == "records_handed_over")
        return session.execute(counted).scalar_one()


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.COORDINATOR])
def test_who_evaluates_or_coordinates_takes_the_file_and_it_is_on_record(
    world: World, browser_of: Browser, role: Role
) -> None:  # trust A6
    client = browser_of(world.accounts[role])
    page = client.get(f"/p/{world.slug}/research/").text
    assert "University of Northbridge" in page
    assert page.count('name="round"') == 2
    answer = client.get(f"{path(world)}?round=2")
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as file:
        records = list(csv.DictReader(io.StringIO(file.read("records.csv").decode("utf-8-sig"))))
        assert "DSA-7" in file.read("README.txt").decode()
    assert {record["round"] for record in records} == {"2"}
    assert len(records) == 8
    assert handed_over(world) == 1


@pytest.mark.parametrize("role", [Role.SCRUTINY, Role.PARTNER, Role.FACILITATOR, Role.RESEARCHER])
def test_nobody_else_gets_it(world: World, browser_of: Browser, role: Role) -> None:  # trust A6
    client = browser_of(world.accounts[role])
    assert client.get(f"/p/{world.slug}/research/").status_code == 403
    assert client.get(path(world)).status_code == 403
    assert "research" not in client.get(f"/p/{world.slug}/results/").text
    assert handed_over(world) == 0


def test_without_an_agreement_in_force_for_research_nothing_is_handed_over(
    world: World, browser_of: Browser
) -> None:  # trust C12
    client = browser_of(world.accounts[Role.EVALUATOR])
    assert client.get(path(world, Allows.TAKING_IN)).status_code == 409
    address = path(world)
    with world.session() as session:
        ended = update(SharingAgreement).values(valid_to=world.clock.now().date().replace(year=2012))
        session.execute(ended)
        session.commit()
    assert "No agreement that allows research is in force" in client.get(f"/p/{world.slug}/research/").text
    assert client.get(address).status_code == 409
    assert handed_over(world) == 0


@pytest.mark.parametrize("rounds", ["9", "1&round=9", "x", "٣", "-1", "1e1", "999999999999", "%00"])
def test_a_round_that_is_none_is_refused(world: World, browser_of: Browser, rounds: str) -> None:
    client = browser_of(world.accounts[Role.EVALUATOR])
    assert client.get(f"{path(world)}?round={rounds}").status_code == 422
    assert handed_over(world) == 0
