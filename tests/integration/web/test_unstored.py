"""What people see while nothing can be stored: the database of these tests takes nobody in for a while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, make_url, text

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, hidden_fields
from tests.world import World

TYPED = "O'Brien said: <b>two words</b>"


@pytest.fixture
def desk(world: World, browser_of: Callable[[UUID], FlaskClient]) -> Desk:
    """The coordinator's."""
    return Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)


@contextmanager
def away(embedded: EmbeddedServer, database: Urls, engine: Engine) -> Iterator[None]:
    name = make_url(database.application).database
    superuser = create_engine(embedded.url, isolation_level="AUTOCOMMIT")
    with superuser.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
            superuser.dispose()


def test_a_form_comes_back_with_all_that_was_entered_and_is_taken_once_that_is_possible(
    desk: Desk, embedded: EmbeddedServer, database: Urls, engine: Engine
) -> None:  # trust D3
    path = "/partnership/organisations/new"
    form = {**hidden_fields(desk.get(path).text), "name": TYPED, "sector": "health"}
    with away(embedded, database, engine):
        refused = desk.client.post(desk.home + path, data=form)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in refused.headers
    assert "Nothing is lost" in refused.text
    assert hidden_fields(refused.text) == form
    assert "<b>two words" not in refused.text
    assert desk.client.post(desk.home + path, data=form).status_code == 302


def test_a_page_says_that_the_records_are_away_and_nobody_is_signed_out(
    desk: Desk, embedded: EmbeddedServer, database: Urls, engine: Engine
) -> None:  # trust D3
    with away(embedded, database, engine):
        page = desk.get("/")
    assert page.status_code == 503
    assert "cannot reach its records" in page.text
    assert "Set-Cookie" not in page.headers
    assert desk.get("/").status_code == 200


def test_a_pass_phrase_is_not_given_back(
    desk: Desk, embedded: EmbeddedServer, database: Urls, engine: Engine
) -> None:
    form = {**hidden_fields(desk.client.get("/account/pass-phrase").text), "password": TYPED}
    with away(embedded, database, engine):
        refused = desk.client.post("/account/pass-phrase", data=form)
    assert refused.status_code == 503
    assert "two words" not in refused.text


def test_saving_by_itself_is_told_in_a_sentence(
    desk: Desk, embedded: EmbeddedServer, database: Urls, engine: Engine
) -> None:
    with away(embedded, database, engine):
        refused = desk.client.post(desk.home + "/", headers={"X-Autosave": "1"})
    assert refused.status_code == 503
    assert refused.json is not None
    assert "could not be saved" in refused.json["message"]
