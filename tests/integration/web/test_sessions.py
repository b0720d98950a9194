from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, func, select

from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account, WebSession
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.apps import make_app
from tests.integration.web.conftest import PHRASE, Credentials
from tests.trust_run import Figure
from tests.visitor import Visitor
from tests.world import World

Give = Callable[[Role], Credentials]
SignIn = Callable[[Credentials], Visitor]
DOOR = "/account/sign-in"


def test_a_session_ends_after_an_hour_without_a_request_however_busy_it_was(
    credentials: Give, sign_in: SignIn, clock: SetClock, figure: Figure
) -> None:  # trust A12
    visitor = sign_in(credentials(Role.PARTNER))
    began = clock.instant
    for _ in range(3):
        clock.instant += timedelta(minutes=55)
        visitor.get("/p/northbridge/")
    busy = clock.instant - began
    clock.instant += timedelta(minutes=61)
    assert visitor.sent_to("/p/northbridge/").startswith(DOOR)
    figure(f"by a set clock: in for {busy} with a request every 55 minutes, out after 61 without")


def test_a_session_ends_after_twelve_hours_also_in_use(
    credentials: Give, sign_in: SignIn, clock: SetClock, figure: Figure
) -> None:  # trust A12
    visitor = sign_in(credentials(Role.PARTNER))
    began = clock.instant
    for _ in range(14):
        clock.instant += timedelta(minutes=50)
        visitor.get("/p/northbridge/")
    busy = clock.instant - began
    clock.instant += timedelta(minutes=50)
    assert visitor.sent_to("/p/northbridge/").startswith(DOOR)
    figure(f"by a set clock: in use, in after {busy}, out after {clock.instant - began}")


def lets_in(app: Flask, cookie: str) -> bool:
    other = Visitor(app)
    other.client.set_cookie(other.name, cookie)
    return other.client.get("/p/northbridge/").status_code == 200


def test_the_session_id_changes_at_each_sign_in_and_elevation_and_the_old_ones_open_nothing(
    app: Flask, credentials: Give, visitor: Visitor, figure: Figure
) -> None:  # trust A11
    who = credentials(Role.PARTNER)
    visitor.get(DOOR)
    ids = [visitor.cookie]
    assert ids[0], "the form's token is in it already"
    for _ in range(2):
        for door in (DOOR, "/account/still-you"):
            visitor.post(door, {"email": who.email, "password": PHRASE})
            assert visitor.cookie not in ("", *ids)
            assert not any(lets_in(app, old) for old in ids)
            ids.append(visitor.cookie)
            assert lets_in(app, visitor.cookie)
        visitor.post("/account/sign-out", on="/account/")
    assert not any(lets_in(app, old) for old in ids)
    figure(f"2 sign-ins, 2 elevations, 2 sign-outs: {len(ids)} ids, none of the old ones lets anybody in")


def test_after_sign_out_the_old_id_opens_nothing_and_no_row_is_left(
    credentials: Give, sign_in: SignIn, engine: Engine
) -> None:  # trust A11
    visitor = sign_in(credentials(Role.PARTNER))
    old = visitor.cookie
    assert visitor.post("/account/sign-out", on="/account/") == "/"
    visitor.client.set_cookie(visitor.name, old)
    assert visitor.sent_to("/p/northbridge/").startswith(DOOR)
    with open_session(engine, Scope()) as session:
        assert session.execute(select(func.count()).select_from(WebSession)).scalar_one() == 0


def test_the_database_holds_no_session_id_that_could_be_used(
    credentials: Give, sign_in: SignIn, engine: Engine
) -> None:
    visitor = sign_in(credentials(Role.PARTNER))
    with open_session(engine, Scope()) as session:
        (row,) = session.execute(select(WebSession)).scalars()
    assert visitor.cookie.encode() not in row.id_hash
    assert len(row.id_hash) == 32


def test_a_disabled_account_is_out_at_its_next_request(
    credentials: Give, sign_in: SignIn, engine: Engine, world: World
) -> None:  # trust A11
    visitor = sign_in(credentials(Role.PARTNER))
    with transaction(engine, Scope()) as session:
        session.get_one(Account, world.accounts[Role.PARTNER]).active = False
    assert visitor.sent_to("/p/northbridge/").startswith(DOOR)


def test_over_https_the_cookie_is_bound_to_the_host_and_hidden_from_scripts(
    database: Urls, engine: Engine, clock: SetClock, tmp_path: Path, credentials: Give, figure: Figure
) -> None:  # trust A12
    who = credentials(Role.PARTNER)
    config = load_config(
        {
            "LSP_DATABASE_URL": database.application,
            "LSP_INSTANCE": str(tmp_path / "instance"),
            "LSP_BASE_URL": "https://localhost",
        }
    )
    app = make_app(config, clock=clock, bind=engine)
    client = app.test_client()
    page = client.get(DOOR, base_url="https://localhost")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(
        DOOR,
        base_url="https://localhost",
        data={"email": who.email, "password": who.phrase, "csrf_token": token},
    )
    assert answer.status_code == 302, "a form sent without a Referer is taken"
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if "session" in c]
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-session=s.")
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert all("remember" not in c for c in answer.headers.getlist("Set-Cookie"))
    figure(f"the cookie over https: {name.partition('=')[0]}, {', '.join(sorted(attributes))}")
