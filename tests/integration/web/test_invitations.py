import logging
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from gunicorn.config import Config as Settings
from sqlalchemy import Engine, create_engine, select, text

from lsp_assess.actions.invitations import VALID_FOR, invite
from lsp_assess.cli import gunicorn_settings
from lsp_assess.cli.serve import web_server
from lsp_assess.config import Config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import WebSession
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.models.residents import Invitation
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.jobs.links import send
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.apps import make_app
from tests.opened import invited, opened, shipped
from tests.trust_run import Figure, Times
from tests.visitor import Visitor
from tests.world import World

BASE = "http://localhost"


@dataclass
class Asked:
    """Somebody who was invited: their link as it stands in the mail."""

    collection_id: UUID
    participant_id: UUID
    link: str

    @property
    def token(self) -> str:
        return self.link.rsplit("/", 1)[1]


def ask(world: World, role: Role) -> Asked:
    """Open the progress wheel and send the person of `role` an invitation by mail."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        closes = world.clock.now() + timedelta(days=30)
        collection = opened(session, world, shipped("progress_wheel"), closes_at=closes)
        participant = invited(session, world, role, collection)
        invite(world.work(Role.COORDINATOR, session), participant_id=participant.id, base_url=BASE)
        (mail,) = session.execute(select(Mail)).scalars()
        link = next(word for word in mail.body.split() if word.startswith(BASE)).removeprefix(BASE)
    return Asked(collection.id, participant.id, link)


@pytest.fixture
def asked(world: World) -> Asked:
    return ask(world, Role.PARTNER)


def test_a_link_leads_to_the_questionnaire_and_works_once(asked: Asked, visitor: Visitor, app: Flask) -> None:
    assert "invites you to answer" in visitor.get(asked.link).heading  # trust A16
    where = visitor.post(asked.link)
    assert where == f"/p/northbridge/answer/{asked.collection_id}/1/"
    visitor.get(where)
    other = Visitor(app)
    assert "used already" in other.get(asked.link, status=409).text


def test_looking_at_a_link_uses_nothing_up(
    asked: Asked, app: Flask, engine: Engine, times: Times, figure: Figure
) -> None:
    looks = times(few=5, full=100)  # trust A16: mail scanners look
    for _ in range(looks):
        Visitor(app).get(asked.link)
    visitor = Visitor(app)
    visitor.post(asked.link)
    with open_session(engine, Scope()) as session:
        sessions = len(session.execute(select(WebSession)).scalars().all())
    assert sessions == 1
    figure(f"{looks} looks at a link, then pressed: {sessions} session")


def test_of_twenty_who_press_at_once_one_gets_in(
    asked: Asked, config: Config, database: Urls, world: World, figure: Figure
) -> None:  # trust A16
    engine = create_engine(database.application, pool_size=60)
    app = make_app(config, clock=world.clock, bind=engine)
    app.config["WTF_CSRF_ENABLED"] = False
    together = Barrier(20)

    def press(client: FlaskClient) -> int:
        together.wait()
        return client.post(asked.link).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(press, [app.test_client() for _ in range(20)]))
    engine.dispose()
    assert statuses == [302] + [409] * 19
    redeemed = text("SELECT count(*) FROM operations.audit_event WHERE event = 'invitation_redeemed'")
    with world.session() as session:
        events = session.execute(redeemed).scalar_one()
    assert events == 1
    figure(
        f"{len(statuses)} at once: {statuses.count(302)} in, {statuses.count(409)} refused, {events} event"
    )


def test_a_link_is_too_old_after_its_time(asked: Asked, visitor: Visitor, clock: SetClock) -> None:
    clock.instant += VALID_FOR - timedelta(minutes=1)  # trust A16
    visitor.get(asked.link)
    clock.instant += timedelta(minutes=2)
    visitor.get(asked.link, status=409)


def test_the_database_keeps_a_hash_of_a_long_token(asked: Asked, world: World, figure: Figure) -> None:
    bits = len(urlsafe_b64decode(f"{asked.token}=")) * 8  # trust A16
    assert bits == 256
    with world.session() as session:
        (kept,) = session.execute(select(Invitation)).scalars()
    assert asked.token not in str(vars(kept))
    assert len(kept.token_hash) == 64
    figure(f"a token of {bits} bits, kept as a hash of {len(kept.token_hash) * 4}")


def test_a_link_does_not_open_in_another_partnership(asked: Asked, visitor: Visitor) -> None:
    visitor.get(f"/invitation/{new_id()}/{asked.token}", status=409)


@pytest.mark.parametrize(
    ("role", "desk"),
    [(Role.COORDINATOR, "/p/northbridge/partnership"), (Role.ADMINISTRATOR, "/administration/")],
)
def test_whoever_coordinates_or_administers_and_comes_by_a_link_may_answer_and_no_more(
    role: Role, desk: str, world: World, visitor: Visitor
) -> None:  # trust A14
    invited = ask(world, role)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        also = Membership(role=Role.PARTNER, person_id=world.people[role], valid_from=date(2024, 1, 1))
        also.partnership_id = world.partnership_id
        session.add(also)
    visitor.get(visitor.post(invited.link))
    page = visitor.get(desk, status=403)
    assert "needs more than that" in page.text
    for path in ("/account/authenticator", "/account/recovery-codes", "/account/still-you"):
        visitor.get(path, status=403)
    assert "came by a link" in visitor.get("/account/").text


def test_who_came_by_a_link_and_then_signs_in_is_whole(
    world: World, visitor: Visitor, credentials: object
) -> None:
    invited, who = ask(world, Role.COORDINATOR), credentials(Role.COORDINATOR)  # type: ignore[operator]
    visitor.post(invited.link)
    visitor.post("/account/sign-out", on="/account/")
    visitor.post("/account/sign-in", {"email": who.email, "password": who.phrase})
    visitor.post("/account/code", {"code": who.key.code()})
    visitor.get("/p/northbridge/")


def test_a_new_link_is_mailed_to_who_is_invited_and_the_answer_tells_nothing(
    asked: Asked, world: World, app: Flask, engine: Engine
) -> None:
    pages = []
    for email in ("Northbridge.Partner@example.org ", "nobody@example.org"):
        pages.append(Visitor(app).post("/new-link", {"email": email}, status=200).text)
    assert pages[0] == pages[1]
    send(engine, account_id=world.accounts[Role.PARTNER], base_url=BASE)
    with world.session() as session:
        mails = session.execute(select(Mail).order_by(Mail.written_at)).scalars().all()
    link = next(word for word in mails[-1].body.split() if word.startswith(BASE)).removeprefix(BASE)
    assert link != asked.link
    Visitor(app).get(link)


def test_no_token_is_logged_even_when_the_page_breaks(
    asked: Asked, app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:  # trust A17
    app.config["PROPAGATE_EXCEPTIONS"] = False
    caplog.set_level(logging.DEBUG)
    Visitor(app).get(asked.link)

    def broken(*_args: object, **_more: object) -> bool:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("lsp_assess.web.invitations.usable", broken)
    Visitor(app).get(asked.link, status=500)
    assert "invitations.show" in caplog.text
    assert asked.token not in caplog.text


def test_no_log_of_addresses_is_kept() -> None:  # trust A17
    assert [option for option in web_server(8000) if "access" in option] == []
    assert not hasattr(gunicorn_settings, "accesslog")
    assert Settings().accesslog is None
