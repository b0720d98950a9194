"""The round closes while somebody types: what was typed is kept, offered to nobody else, and put among the
answers once the questionnaire is open again."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import KeptBody, Response
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, hidden_fields
from tests.opened import invited, opened, shipped
from tests.world import World

CANARY = "zq-typed-while-it-closed"
TYPED = {"shared_vision": "60", "strengths_leadership": CANARY}
TITLE = "Kept for you, and not among your answers"


@pytest.fixture
def collection_id(world: World) -> UUID:
    with world.session() as session:
        collection = opened(session, world, shipped("lsp_driver"))
        invited(session, world, Role.PARTNER, collection)
        session.commit()
        return collection.id


@pytest.fixture
def desk_of(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Callable[[Role], Desk]:
    return lambda role: Desk(browser_of(world.accounts[role]), world.slug)


@pytest.fixture
def partner(desk_of: Callable[[Role], Desk]) -> Desk:
    return desk_of(Role.PARTNER)


def move(desk: Desk, collection_id: UUID, event: str, **answers: str) -> None:
    assert desk.fill(f"/collections/{collection_id}/step/{event}", **answers).status_code == 302


def types_while_it_closes(
    desk_of: Callable[[Role], Desk], collection_id: UUID, *, by_itself: bool = False
) -> int:
    partner = desk_of(Role.PARTNER)
    path = f"/answer/{collection_id}/1/section/leadership"
    form = hidden_fields(partner.get(path).text)
    move(desk_of(Role.COORDINATOR), collection_id, "close")
    headers = {"X-Autosave": "1"} if by_itself else {}
    sent = {**form, **TYPED}
    return partner.client.post(partner.home + path, data=sent, headers=headers).status_code


@pytest.mark.parametrize("by_itself", [False, True], ids=["sent by hand", "saved by the page itself"])
def test_what_was_typed_is_kept_and_offered_once_it_is_open_again(
    world: World, collection_id: UUID, desk_of: Callable[[Role], Desk], partner: Desk, by_itself: bool
) -> None:  # trust D9
    assert types_while_it_closes(desk_of, collection_id, by_itself=by_itself) == 409
    path = f"/answer/{collection_id}/1"
    closed = partner.get(f"{path}/").text
    assert TITLE in closed
    assert CANARY in closed
    assert "Put them among my answers" not in closed
    assert partner.send(f"{path}/kept/take", {}).status_code == 409
    move(desk_of(Role.COORDINATOR), collection_id, "reopen", reason="Somebody was still typing")
    assert "Put them among my answers" in partner.get(f"{path}/").text
    assert partner.send(f"{path}/kept/take", {}).status_code == 302
    assert TITLE not in partner.get(f"{path}/").text
    page = partner.get(f"{path}/section/leadership").text
    assert CANARY in page
    with world.session() as session:
        assert session.execute(select(Response)).scalar_one().draft["shared_vision"] == {"value": 60}
        assert session.execute(select(KeptBody)).all() == []


def test_it_is_offered_to_nobody_else(
    world: World,
    collection_id: UUID,
    desk_of: Callable[[Role], Desk],
    browser_of: Callable[[UUID], FlaskClient],
) -> None:  # trust A5
    with world.session() as session:
        account_id, person_id = world.add_member("Carys Colleague", Role.PARTNER, world.organisations[0])
        world.people[Role.PARTNER], mine = person_id, world.people[Role.PARTNER]
        collection = session.execute(select(Collection)).scalar_one()
        invited(session, world, Role.PARTNER, collection)
        session.commit()
        world.people[Role.PARTNER] = mine
    types_while_it_closes(desk_of, collection_id)
    colleague = Desk(browser_of(account_id), world.slug)
    assert TITLE not in colleague.get(f"/answer/{collection_id}/1/").text
    for role in set(Role) - {Role.PARTNER}:
        desk = desk_of(role)
        for path in ("/", f"/collections/{collection_id}", f"/answer/{collection_id}/1/", "/own-data"):
            assert CANARY not in desk.get(path).text


def test_a_page_that_saves_by_itself_keeps_one_record_of_what_was_typed_last(
    world: World, collection_id: UUID, desk_of: Callable[[Role], Desk], partner: Desk
) -> None:
    path = f"/answer/{collection_id}/1/section/leadership"
    form = hidden_fields(partner.get(path).text)
    move(desk_of(Role.COORDINATOR), collection_id, "close")
    for score in ("60", "65", "70"):
        sent = {**form, "shared_vision": score}
        partner.client.post(partner.home + path, data=sent, headers={"X-Autosave": "1"})
    with world.session() as session:
        [kept] = session.execute(select(KeptBody)).scalars()
    assert kept.body["answers"] == {"shared_vision": {"value": 70}}


def test_she_may_delete_it(
    world: World, collection_id: UUID, desk_of: Callable[[Role], Desk], partner: Desk
) -> None:
    types_while_it_closes(desk_of, collection_id)
    assert partner.send(f"/answer/{collection_id}/1/kept/drop", {}).status_code == 302
    with world.session() as session:
        assert session.execute(select(KeptBody)).all() == []
