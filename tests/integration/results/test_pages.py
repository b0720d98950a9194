"""What an evaluator reads, and what nobody does."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.publications import Release
from lsp_assess.partnerships.roles import Role
from tests.integration.publishing.partners import published
from tests.world import World, build_world

Browser = Callable[[UUID], FlaskClient]


def home(world: World) -> str:
    return f"/p/{world.slug}/results"


def test_before_anything_is_published_the_page_says_who_acts(
    world: World, rounds: tuple[UUID, UUID], evaluator: FlaskClient
) -> None:
    page = evaluator.get(f"{home(world)}/")
    assert page.status_code == 200
    assert "Nothing has been published yet" in page.text
    assert "The coordinator publishes" in page.text
    assert "Year 1" not in page.text
    for path in ("1/", "1/tables/level_one.criteria", "1/csv/level_one.criteria", "1/tables.xlsx"):
        assert evaluator.get(f"{home(world)}/{path}").status_code == 404


def test_only_the_round_that_was_published_is_there(
    world: World, rounds: tuple[UUID, UUID], evaluator: FlaskClient
) -> None:
    # trust C7
    published(world, rounds[0])
    pages = [evaluator.get(f"{home(world)}/").text, evaluator.get(f"{home(world)}/1/").text]
    assert all("Year 1" in page and "Year 2" not in page for page in pages)
    assert evaluator.get(f"{home(world)}/2/").status_code == 404


def test_a_release_lists_every_table_of_it_and_each_opens(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    page = evaluator.get(f"{home(world)}/2/").text
    with world.session() as session:
        document = session.execute(select(Release.document).where(Release.number == 2)).scalar_one()
    stored = {table["heading"]["id"] for table in document["tables"]}
    linked = set(re.findall(r'/results/2/tables/([^"]+)"', page))
    assert linked == stored
    for table in stored:
        assert evaluator.get(f"{home(world)}/2/tables/{table}").status_code == 200


def test_a_table_says_its_finding_base_source_and_how_to_cite_it(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    page = evaluator.get(f"{home(world)}/2/tables/level_one.criteria").text
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert heading
    assert "550 of 1" in heading[1]
    assert "Base:" in page
    assert "Source:" in page
    assert "release 2, published 15 June 2026" in page
    assert 'role="img"' in page
    assert ' style="' not in page


def test_a_correction_says_why_and_the_old_release_points_to_it(
    world: World, rounds: tuple[UUID, UUID], releases: list[UUID], evaluator: FlaskClient
) -> None:
    published(world, rounds[1], reason="Two partners were missing")
    listing = evaluator.get(f"{home(world)}/").text
    assert "Superseded" in listing
    assert "A correction: Two partners were missing" in listing
    old = evaluator.get(f"{home(world)}/2/").text
    assert "This release has been superseded" in old
    assert f'href="{home(world)}/2.2/"' in old
    new = evaluator.get(f"{home(world)}/2.2/").text
    assert "No table changed" in new


@pytest.mark.parametrize("number", ["0", "02", "2.1", "2.0", "9", "x", "2.", "٢"])
def test_a_number_that_no_release_bears_is_not_found(
    world: World, releases: list[UUID], evaluator: FlaskClient, number: str
) -> None:
    assert evaluator.get(f"{home(world)}/{number}/").status_code == 404


def test_a_table_that_is_not_in_the_release_is_not_found(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    for kind in ("tables", "csv", "svg"):
        assert evaluator.get(f"{home(world)}/2/{kind}/level_one.nothing").status_code == 404


def test_somebody_of_another_partnership_finds_nothing(
    world: World, releases: list[UUID], browser_of: Browser
) -> None:  # trust A2
    other = build_world(world.engine, world.clock, slug="southbank")
    stranger = browser_of(other.accounts[Role.EVALUATOR])
    for path in ("", "2/", "2/tables/level_one.criteria", "2/csv/level_one.criteria", "2/tables.xlsx"):
        assert stranger.get(f"{home(world)}/{path}").status_code == 404
        assert stranger.get(f"{home(other)}/{path}").status_code == (404 if path else 200)


def test_a_partner_reads_and_takes_nothing_away(
    world: World, releases: list[UUID], partner: FlaskClient
) -> None:  # trust A6
    page = partner.get(f"{home(world)}/2/tables/level_one.criteria")
    assert page.status_code == 200
    assert "/csv/" not in page.text
    for path in ("csv/level_one.criteria", "svg/level_one.criteria", "tables.xlsx"):
        assert partner.get(f"{home(world)}/2/{path}").status_code == 403
    assert partner.get(f"/p/{world.slug}/reports/").status_code == 403


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
def test_who_does_not_read_releases_is_refused(
    world: World, releases: list[UUID], browser_of: Browser, role: Role
) -> None:
    assert browser_of(world.accounts[role]).get(f"{home(world)}/").status_code == 403
