"""A partner who prefers paper: the coordinator keys the form in, and the partner sees by whom."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from lsp_assess.actions.questionnaires import shipped as shipped_questionnaires
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Mode, Participant, Response, ResponseStatus
from lsp_assess.instruments import parse
from lsp_assess.instruments.instrument import Kind
from lsp_assess.instruments.items import DateItem, NumberItem, Question
from lsp_assess.instruments.paper import questions_on_paper, values_by_code
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.opened import invited, opened, shipped
from tests.world import World

ANSWERS = {"shared_vision": "60", "senior_commitment": "d"}


@pytest.fixture
def asked(world: World) -> Participant:
    with world.session() as session:
        collection = opened(session, world, shipped("lsp_driver"))
        participant = invited(session, world, Role.PARTNER, collection)
        session.commit()
        session.refresh(participant)
        session.expunge_all()
    return participant


def path(asked: Participant) -> str:
    return f"/collections/{asked.collection_id}/paper/{asked.id}/keyed"


def stored(world: World) -> list[Response]:
    with world.session() as session:
        return list(session.execute(select(Response)).scalars())


def test_a_form_is_keyed_in_the_partners_name_who_sees_by_whom(
    world: World, desk: Desk, asked: Participant, browser_of: Callable[[UUID], FlaskClient]
) -> None:
    assert desk.fill(path(asked), **ANSWERS, agreed="yes").status_code == 302
    (response,) = stored(world)
    assert (response.mode, response.status) == (Mode.PAPER, ResponseStatus.SUBMITTED)
    assert response.respondent_key_id == asked.respondent_key_id
    assert response.submission["shared_vision"] == {"value": 60}
    partner = browser_of(world.accounts[Role.PARTNER])
    page = partner.get(f"/p/{world.slug}/answer/{asked.collection_id}/1/").text
    assert "northbridge coordinator keyed this in from your paper form" in page
    assert "that you had agreed to it" in page
    with world.session() as session:
        events = {event.event: event for event in session.execute(select(AuditEvent)).scalars()}
        [mail] = session.execute(select(Mail)).scalars()
    assert {"form_keyed_for_colleague", "response_submitted"} <= events.keys()
    keyed = events["form_keyed_for_colleague"]
    assert keyed.account_id == world.accounts[Role.COORDINATOR]
    assert (keyed.details["agreed"], keyed.details["participant"]) == (True, str(asked.id))
    assert (response.entered_by, response.agreed_at) == (world.people[Role.COORDINATOR], world.clock.now())
    assert mail.to_address == "northbridge.partner@example.org"
    assert "northbridge coordinator has keyed in your paper form" in mail.body


def code_of(question: Question) -> str:
    match question:
        case DateItem():
            return "14/3/2026"
        case NumberItem(low=low):
            return str(low)
        case _:
            return next(iter(values_by_code(question)), "Words")


ASKED_OF_PARTNERS = sorted(
    one.name for one, _ in shipped_questionnaires().values() if one.kind is not Kind.HOUSEHOLD
)


@pytest.mark.parametrize("name", ASKED_OF_PARTNERS)
def test_every_questionnaire_that_partners_are_asked_is_printed_and_keyed_back(
    world: World, desk: Desk, name: str
) -> None:
    """The household survey is keyed by the number on its form: tests/browser/test_researcher_walk.py."""
    with world.session() as session:
        collection = opened(session, world, shipped(name))
        participant = invited(session, world, Role.PARTNER, collection)
        session.commit()
        session.refresh(participant)
        session.expunge_all()
    instrument = parse(shipped(name), file=f"{name}.yaml")
    assert desk.get(f"/collections/{participant.collection_id}/paper/en").data.startswith(b"%PDF-")
    assert path(participant) in desk.get(f"/collections/{participant.collection_id}").text
    page = desk.get(path(participant)).text
    questions = list(questions_on_paper(instrument))
    fields = {question.name for question in questions}
    assert fields <= set(re.findall(r'name="([^"]+)"', page))
    coded = {question.name: code_of(question) for question in questions}
    sent = desk.fill(path(participant), **coded, agreed="yes")
    assert sent.status_code == 302, re.findall(r'<a href="#[^"]+">[^<]+', sent.text)
    (response,) = stored(world)
    assert response.mode is Mode.PAPER
    keyed = {q: (response.submission or {}).get(q, {}) for q in fields}
    assert {q for q, answer in keyed.items() if "value" not in answer} == set()


def test_without_the_partners_word_nothing_is_stored_and_what_was_keyed_stays(
    world: World, desk: Desk, asked: Participant
) -> None:
    sent = desk.fill(path(asked), **ANSWERS)
    assert sent.status_code == 422
    assert "has not agreed that you key in the form" in sent.text
    assert 'value="60"' in sent.text
    assert stored(world) == []


def test_once_it_is_keyed_the_coordinator_does_not_see_it_again(
    world: World, desk: Desk, asked: Participant
) -> None:
    desk.fill(path(asked), **ANSWERS, agreed="yes")
    page = desk.get(path(asked)).text
    assert "has begun to answer online" in page
    assert 'value="60"' not in page
    assert "Key in a paper form" not in desk.get(f"/collections/{asked.collection_id}").text


def test_what_the_partner_began_is_not_overwritten(world: World, desk: Desk, asked: Participant) -> None:
    desk.fill(path(asked), **ANSWERS, agreed="yes")
    again = desk.send(path(asked), {"sending_id": str(uuid4()), "shared_vision": "20", "agreed": "yes"})
    assert again.status_code == 409
    (response,) = stored(world)
    assert response.submission["shared_vision"] == {"value": 60}


def test_the_same_form_sent_twice_is_one_response(world: World, desk: Desk, asked: Participant) -> None:
    form = {**ANSWERS, "sending_id": str(uuid4()), "agreed": "yes"}
    assert [desk.send(path(asked), form).status_code for _ in range(2)] == [302, 302]
    assert len(stored(world)) == 1


def test_a_closed_questionnaire_takes_no_form(world: World, desk: Desk, asked: Participant) -> None:
    with world.session() as session:
        session.execute(update(Collection).values(status=CollectionStatus.CLOSED))
        session.commit()
    sent = desk.send(path(asked), {**ANSWERS, "sending_id": str(uuid4()), "agreed": "yes"})
    assert sent.status_code == 409
    assert stored(world) == []


def test_a_code_that_is_none_is_named(desk: Desk, asked: Participant) -> None:
    sent = desk.fill(path(asked), shared_vision="61", agreed="yes")
    assert sent.status_code == 422


def test_nobody_else_is_found_by_another_collection(desk: Desk, asked: Participant) -> None:
    assert desk.get(f"/collections/{uuid4()}/paper/{asked.id}/keyed").status_code == 404
    assert desk.get(f"/collections/{asked.collection_id}/paper/{uuid4()}/keyed").status_code == 404


def test_the_form_is_printed_in_the_languages_of_the_collection_only(desk: Desk, asked: Participant) -> None:
    printed = desk.get(f"/collections/{asked.collection_id}/paper/en")
    assert printed.data.startswith(b"%PDF-")
    assert "lsp_driver" in printed.headers["Content-Disposition"]
    assert desk.get(f"/collections/{asked.collection_id}/paper/cy").status_code == 404
