"""The points of a release, taken apart on one page: total, criterion, part, attribute."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from tests.integration.publishing.partners import published, rounds_of, source_of
from tests.world import World

SCORES = [20, 30, 40, 50, 60, 70]


def by_attributes(world: World, part: str, **attributes: int) -> None:
    """Everybody scores the part by its attributes, each as far above the score of the part as is said."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for response in session.execute(select(Response)).scalars():
            score = (response.submission or {})[part]["value"]
            detailed = {
                f"{part}_attributes.{name}": {"value": score + more} for name, more in attributes.items()
            }
            response.submission = {**(response.submission or {}), **detailed}


@pytest.fixture
def page(world: World, evaluator: FlaskClient) -> str:
    (round_,) = rounds_of(world, (source_of("lsp_driver_2020"), SCORES))
    by_attributes(world, "clear_purpose", sound=0, integrated=10, implemented=20)
    published(world, round_)
    return words(evaluator.get(f"/p/{world.slug}/results/1/points").text)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_total_is_made_of_criteria_and_they_of_parts(page: str) -> None:
    """Medians 45 everywhere but for a clear purpose, which is capped by its soundness at the same 45."""
    assert "450 of 1 000" in page.replace("\u2009", " ").replace("\u202f", " ")
    assert "Purpose and plan 45 of 100" in page
    assert re.search(r"A clear purpose 45 15(\.0)? 33\.3 33\.3", page)


def test_below_a_part_that_was_scored_by_attributes_stand_their_medians(page: str) -> None:
    assert "Attributes: A clear purpose" in page
    assert re.search(r"Sound 45 6 Integrated 55 6 Implemented 65 6", page)
    assert "Attributes: The area" not in page


def test_a_release_leads_to_its_points_and_what_was_never_published_has_none(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    assert evaluator.get(f"/p/{world.slug}/results/1/points").status_code == 200
    assert evaluator.get(f"/p/{world.slug}/results/7/points").status_code == 404
    assert "How the points are made up, from the total" in evaluator.get(f"/p/{world.slug}/results/1/").text


def test_each_criterion_of_the_framework_is_a_file_of_its_own(
    world: World, releases: list[UUID], evaluator: FlaskClient
) -> None:
    shown = evaluator.get(f"/p/{world.slug}/results/2/").text
    assert "Evidence for another framework" in shown
    for criterion in (
        "strategic",
        "inclusive",
        "action_focused",
        "performance_managed",
        "efficient",
        "learning",
    ):
        table = f"level_one.framework.accreditation.{criterion}"
        assert table in shown
        csv = evaluator.get(f"/p/{world.slug}/results/2/csv/{table}")
        assert csv.status_code == 200
        assert "Score by the medians" in csv.text
