"""Attributes of a part, offered and not asked: closed on the page, gone from paper, counted when scored."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.assessment.scores import person_scores
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import answers_from_json, parse
from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering.paper import paper_html
from tests.integration.web.test_answering import _form
from tests.opened import invited, opened, shipped
from tests.world import TODAY, World

EDITION = "lsp_driver_2020"


@pytest.fixture
def home(world: World) -> str:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = opened(session, world, shipped(EDITION))
        invited(session, world, Role.PARTNER, collection)
        collection_id: UUID = collection.id
    return f"/p/{world.slug}/answer/{collection_id}/1"


def disclosure(page: str, part: str) -> str:
    """The opening tag of what holds the attributes of a part."""
    question = page[page.index(f'id="question-{part}_attributes"') :]
    found = re.search(r"<details[^>]*>", question)
    assert found is not None
    return found[0]


def save(partner: FlaskClient, home: str, **answers: str) -> None:
    page = partner.get(f"{home}/section/purpose").text
    sent = partner.post(f"{home}/section/purpose", data=_form(page, **answers))
    assert sent.status_code == 302, sent.text


def test_they_are_closed_until_somebody_has_scored_one(partner: FlaskClient, home: str) -> None:
    assert "open" not in disclosure(partner.get(f"{home}/section/purpose").text, "clear_purpose")
    save(partner, home, **{"clear_purpose_attributes.sound": "40"})
    page = partner.get(f"{home}/section/purpose").text
    assert "open" in disclosure(page, "clear_purpose")
    assert "open" not in disclosure(page, "area_known")


def test_what_is_scored_by_attributes_is_the_score_of_the_part(
    world: World, partner: FlaskClient, home: str
) -> None:
    """Approach (40 + 60)/2 = 50, deployment 80, review 20: 50, and no more than sound, which is 40."""
    given = {
        "sound": "40",
        "integrated": "60",
        "implemented": "80",
        "measured": "20",
        "learned": "--dont_know",
    }
    detailed = {f"clear_purpose_attributes.{name}": score for name, score in given.items()}
    save(partner, home, clear_purpose="90", area_known="65", **detailed)
    partner.post(f"{home}/send", data=_form(partner.get(f"{home}/check").text))
    with world.session() as session:
        response = session.execute(select(Response)).scalar_one()
    instrument = parse(shipped(EDITION), file=EDITION)
    assert response.submission is not None
    answers = answers_from_json(instrument, response.submission, today=TODAY.date()).answers
    scores = person_scores(instrument, answers)
    assert (scores["clear_purpose"], scores["area_known"]) == (40, 65)


def test_a_section_is_done_without_them_and_the_check_does_not_list_what_was_left_alone(
    partner: FlaskClient, home: str
) -> None:
    save(partner, home, clear_purpose="50", area_known="50", plan_with_reasons="50")
    checked = partner.get(f"{home}/check").text
    assert "its attributes" not in checked
    save(partner, home, **{"area_known_attributes.learned": "30"})
    checked = partner.get(f"{home}/check").text
    assert "The area and its people known: its attributes" in checked
    assert "A clear purpose: its attributes" not in checked


def test_paper_asks_one_score_a_part_and_numbers_its_questions_through() -> None:
    html = paper_html(parse(shipped(EDITION), file=EDITION), "Northbridge Partnership", "en")
    assert "A clear purpose" in html
    assert "A clear purpose: its attributes" not in html
