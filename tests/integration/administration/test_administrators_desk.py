"""An administrator makes partnerships and appoints coordinators, and reads nothing of what they hold."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from lsp_assess.cli.administrator import administrator
from lsp_assess.config import Config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Membership, Partnership, Person
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Matching, Role
from tests.desk import hidden_fields
from tests.visitor import Visitor
from tests.world import World

DESK, NEW = "/administration/", "/administration/partnerships/new"
EASTBRIDGE = {
    "title": "Eastbridge Together",
    "slug": "eastbridge",
    "matching": "seat",
    "name": "Cora Dinnage",
    "email": "Cora@eastbridge.example",
}
Browser = Callable[[UUID], FlaskClient]


@pytest.fixture
def desk(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.ADMINISTRATOR])


def sent(client: FlaskClient, path: str, form: dict[str, str]) -> tuple[int, str]:
    """The form of the page with its hidden fields; status, and where it leads or what it says."""
    answer = client.post(path, data={**hidden_fields(client.get(path).text), **form})
    return answer.status_code, answer.location or answer.text


def made(desk: FlaskClient) -> UUID:
    status, to = sent(desk, NEW, EASTBRIDGE)
    assert status == 302, to
    return UUID(to.rsplit("/", 1)[1])


def test_a_partnership_is_made_with_its_first_coordinator(engine: Engine, desk: FlaskClient) -> None:
    partnership_id = made(desk)
    assert "Eastbridge Together" in desk.get(DESK).text
    assert "Cora Dinnage" in desk.get(f"{DESK}partnerships/{partnership_id}").text
    with transaction(engine, Scope(partnership_id=partnership_id)) as session:
        row = session.execute(select(Partnership)).scalar_one()
        role = session.execute(select(Membership.role)).scalar_one()
        events = set(session.execute(select(AuditEvent.event)).scalars())
    assert (row.slug, row.matching, role) == ("eastbridge", Matching.SEAT, Role.COORDINATOR)
    assert events == {"partnership_made", "account_made", "coordinator_appointed"}


def test_the_coordinator_is_told_by_mail_chooses_a_pass_phrase_and_signs_in(
    app: Flask, config: Config, engine: Engine, desk: FlaskClient
) -> None:
    partnership_id = made(desk)
    with transaction(engine, Scope(partnership_id=partnership_id)) as session:
        mail = session.execute(select(Mail)).scalar_one()
    assert mail.to_address == "cora@eastbridge.example"
    assert f"{config.base_url}/account/pass-phrase/forgotten" in mail.body
    visitor = Visitor(app)
    visitor.post("/account/pass-phrase/forgotten", {"email": mail.to_address}, status=200)
    with transaction(engine, Scope()) as session:
        body = session.execute(select(Mail.body)).scalar_one()
    link = re.findall(r"https?://[^/]+(/account/\S+)", body)[0]
    phrase = "seven ponies under the viaduct"
    visitor.post(link, {"password": phrase, "password_confirm": phrase})
    with transaction(engine, Scope()) as session:
        account = session.execute(select(Account).where(Account.email == mail.to_address)).scalar_one()
    assert account.password is not None


def test_the_home_page_of_a_new_partnership_says_what_it_wants_first(
    engine: Engine, desk: FlaskClient, browser_of: Browser
) -> None:
    made(desk)
    with transaction(engine, Scope()) as session:
        account = session.execute(
            select(Account).where(Account.email == "cora@eastbridge.example")
        ).scalar_one()
        account.tf_primary_method = "authenticator"
    cora = browser_of(account.id)
    home = "/p/eastbridge/"
    assert "Add the organisations that work together" in cora.get(home).text
    path = f"{home}partnership/organisations/new"
    assert sent(cora, path, {"name": "Council", "sector": "council"})[0] == 302
    then = cora.get(home).text
    assert "Add the organisations" not in then
    assert then.index("Add the partners") < then.index("Make the first round")


def test_a_short_name_that_is_taken_or_unfit_is_told_and_nothing_is_left(
    world: World, engine: Engine, desk: FlaskClient
) -> None:
    for slug, told in (
        (world.slug, "Another partnership has the short name"),
        ("East bridge", "single hyphens"),
    ):
        status, page = sent(desk, NEW, {**EASTBRIDGE, "slug": slug})
        assert status == 422
        assert told in page
        assert 'value="Eastbridge Together"' in page
    with transaction(engine, Scope(account_id=world.accounts[Role.ADMINISTRATOR])) as session:
        assert session.execute(select(Partnership.slug)).scalars().all() == [world.slug]
        emails = session.execute(select(Account.email)).scalars().all()
    assert "cora@eastbridge.example" not in emails


def test_somebody_who_is_known_becomes_coordinator_without_becoming_another_person(
    world: World, desk: FlaskClient
) -> None:
    path = f"{DESK}partnerships/{world.partnership_id}/coordinators/new"
    form = {"name": "Whoever", "email": "northbridge.partner@example.org"}
    assert sent(desk, path, form)[0] == 302
    with world.session() as session:
        person = session.get_one(Person, (world.partnership_id, world.people[Role.PARTNER]))
        roles = session.execute(select(Membership.role).where(Membership.person_id == person.id)).scalars()
        assert set(roles) == {Role.PARTNER, Role.COORDINATOR}
    assert person.name == "northbridge partner"
    again = sent(desk, path, form)
    assert again[0] == 422
    assert "has had this role there since" in again[1]


def test_only_administrators_have_the_desk_and_it_opens_no_partnership(
    world: World, desk: FlaskClient, browser_of: Browser
) -> None:
    partnership_id = made(desk)
    assert desk.get("/p/eastbridge/").status_code == 404
    assert desk.get(f"{DESK}partnerships/{uuid4()}").status_code == 404
    for role in set(Role) - {Role.ADMINISTRATOR}:
        client = browser_of(world.accounts[role])
        for path in (DESK, NEW, f"{DESK}partnerships/{partnership_id}"):
            assert client.get(path).status_code == 403, (role, path)


def test_whoever_holds_the_machine_says_who_administers(
    world: World, engine: Engine, database: Urls, browser_of: Browser, config: Config
) -> None:
    environ = {
        "LSP_DATABASE_URL": database.application,
        "LSP_INSTANCE": str(config.instance),
    }
    known = "northbridge.evaluator@example.org"
    assert CliRunner().invoke(administrator, ["add", known.upper()], env=environ).exit_code == 0
    new = CliRunner().invoke(administrator, ["add", "new@example.org"], env=environ)
    assert "/account/pass-phrase/forgotten" in new.output
    assert CliRunner().invoke(administrator, ["remove", "nobody@example.org"], env=environ).exit_code == 1
    with transaction(engine, Scope()) as session:
        who = select(Account.email).where(Account.administrator).order_by(Account.email)
        expected = ["new@example.org", "northbridge.administrator@example.org", known]
        assert list(session.execute(who).scalars()) == expected
    client = browser_of(world.accounts[Role.EVALUATOR])
    assert CliRunner().invoke(administrator, ["remove", known], env=environ).exit_code == 0
    assert client.get(DESK).status_code == 302  # signed out
