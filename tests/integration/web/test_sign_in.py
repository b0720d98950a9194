from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time
from urllib.parse import urljoin

import pytest
from argon2 import low_level
from click.testing import CliRunner
from flask import Flask
from flask_security import verify_password
from sqlalchemy import Engine, select
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from lsp_assess.cli.second_factor import reset
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.pass_phrases import COMMONEST, is_common
from lsp_assess.web.policy_table import POLICY_OF, SETTING_UP
from tests.integration.web.conftest import PHRASE, Credentials
from tests.integration.web.test_every_endpoint import address
from tests.trust_run import Figure, Times
from tests.visitor import Visitor
from tests.world import World

Give = Callable[[Role], Credentials]
SignIn = Callable[[Credentials], Visitor]
NEW = "an umbrella full of quiet ravens"


def test_a_partner_signs_in_with_a_pass_phrase(credentials: Give, sign_in: SignIn) -> None:
    visitor = sign_in(credentials(Role.PARTNER))
    assert visitor.sent_to("/") == "/p/northbridge/"
    assert "Sign out" in visitor.get("/p/northbridge/").text


STRONG = {Role.COORDINATOR: "/p/northbridge/", Role.ADMINISTRATOR: "/administration/"}


@pytest.mark.parametrize("role", STRONG)
def test_whoever_coordinates_or_administers_is_not_in_before_the_code_and_a_code_opens_once(
    role: Role, credentials: Give, visitor: Visitor, figure: Figure
) -> None:  # trust A14
    who = credentials(role)
    door = visitor.post("/account/sign-in", {"email": who.email, "password": who.phrase})
    assert door.startswith("/account/code")
    assert visitor.sent_to(STRONG[role]).startswith("/account/sign-in")
    code = who.key.code()
    visitor.post("/account/code", {"code": code})
    visitor.get(STRONG[role])
    other = Visitor(visitor.client.application)
    other.post("/account/sign-in", {"email": who.email, "password": who.phrase})
    assert "has been used" in other.post("/account/code", {"code": code}, status=200).text
    assert other.sent_to(STRONG[role]).startswith("/account/sign-in")
    figure(f"{role.value}: out with the pass phrase alone, in with the code, out with the same code again")


@pytest.mark.parametrize("role", STRONG)
def test_whoever_coordinates_or_administers_gets_no_further_than_setting_a_second_factor_up(
    role: Role, app: Flask, engine: Engine, world: World, credentials: Give, sign_in: SignIn, figure: Figure
) -> None:  # trust A14
    who = credentials(role)
    with transaction(engine, Scope()) as session:
        account = session.get_one(Account, world.accounts[role])
        account.tf_primary_method = account.tf_totp_secret = None
    visitor = sign_in(who)
    home = STRONG[role].split("/")[1]
    pages = [
        path
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint in set(POLICY_OF) - SETTING_UP
        if (path := address(app, rule)).startswith(f"/{home}/")
    ]
    assert STRONG[role] in pages
    assert {visitor.client.get(path).headers.get("Location") for path in pages} == {"/account/authenticator"}
    figure(f"{role.value} without a second factor: {len(pages)} addresses lead to setting one up")
    page = visitor.post("/account/authenticator", {"setup": "authenticator"}, status=200)
    assert "data:" not in page.response.text
    picture = visitor.client.get("/account/authenticator/code.svg")
    assert picture.mimetype == "image/svg+xml"
    with visitor.client.session_transaction() as session:
        who.key.secret = session["tf_totp_secret"]
    visitor.post("/account/code", {"code": "000000"}, on="/account/", status=200)
    assert visitor.post("/account/code", {"code": who.key.code()}) == "/account/"
    visitor.get(STRONG[role])


def test_a_second_factor_cannot_be_taken_away(credentials: Give, sign_in: SignIn, world: World) -> None:
    visitor = sign_in(credentials(Role.COORDINATOR))
    visitor.post("/account/authenticator", {"setup": "disable"}, status=200)
    with open_session(world.engine, Scope()) as session:
        assert session.get_one(Account, world.accounts[Role.COORDINATOR]).tf_primary_method


def test_a_lost_app_is_taken_off_and_its_sessions_end(
    credentials: Give, sign_in: SignIn, database: Urls, tmp_path: Path
) -> None:
    who = credentials(Role.COORDINATOR)
    visitor = sign_in(who)
    environ = {"LSP_DATABASE_URL": database.application, "LSP_INSTANCE": str(tmp_path / "instance")}
    unknown = CliRunner().invoke(reset, ["nobody@example.org"], env=environ)
    assert "Nobody signs in here" in unknown.output
    assert CliRunner().invoke(reset, [who.email.upper()], env=environ).exit_code == 0
    assert visitor.sent_to("/p/northbridge/").startswith("/account/sign-in")
    assert sign_in(who).sent_to("/p/northbridge/") == "/account/authenticator"


def test_a_recovery_code_opens_once(credentials: Give, sign_in: SignIn, app: Flask) -> None:
    who = credentials(Role.COORDINATOR)
    page = sign_in(who).post("/account/recovery-codes", {"generate_new_codes": "y"}, status=200)
    codes = [word for word in page.text.split() if word.count("-") == 2 and len(word) == 14]
    assert len(codes) == 10
    for expected in (302, 200):
        visitor = Visitor(app)
        visitor.post("/account/sign-in", {"email": who.email, "password": who.phrase})
        visitor.post("/account/recovery", {"code": codes[0]}, status=expected)


def test_the_eleventh_bad_try_is_refused_and_the_victims_session_lives(
    app: Flask, credentials: Give, sign_in: SignIn, clock: SetClock
) -> None:  # trust A15
    who = credentials(Role.PARTNER)
    victim, thief = sign_in(who), Visitor(app)
    for _ in range(9):  # the victim's own sign-in, from the same address, was the first
        thief.post("/account/sign-in", {"email": who.email, "password": "a wrong pass phrase"}, status=200)
    refused = thief.post("/account/sign-in", {"email": who.email, "password": who.phrase}, status=429)
    assert "Wait a few minutes" in refused.text
    victim.get("/p/northbridge/")
    clock.instant += timedelta(minutes=16)
    thief.post("/account/sign-in", {"email": who.email, "password": who.phrase})


def test_codes_cannot_be_guessed_from_many_browsers(app: Flask, credentials: Give) -> None:  # trust A15
    who = credentials(Role.COORDINATOR)
    statuses = []
    for _ in range(2):
        thief = Visitor(app)
        thief.post("/account/sign-in", {"email": who.email, "password": who.phrase})
        statuses += [
            thief.client.post(
                "/account/code",
                data={"code": "000000", "csrf_token": thief.get("/account/code").fields["csrf_token"]},
            ).status_code
            for _ in range(6)
        ]
    assert statuses == [200] * 10 + [429] * 2


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a pass phrase is hashed, which is what takes the time: to keep it or to compare it."""
    done: list[str] = []

    def counting(name: str) -> Callable[..., object]:
        whole = getattr(low_level, name)

        def count(*args: object, **more: object) -> object:
            done.append(name)
            return whole(*args, **more)

        return count

    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(low_level, name, counting(name))
    return done


@pytest.mark.parametrize("door", ["/account/sign-in", "/account/pass-phrase/forgotten"])
def test_known_unknown_and_disabled_accounts_answer_alike_after_the_same_work(
    door: str, app: Flask, credentials: Give, world: World, hashed: list[str], figure: Figure
) -> None:  # trust A15
    known, disabled = credentials(Role.PARTNER), credentials(Role.FACILITATOR)
    with transaction(world.engine, Scope()) as session:
        session.get_one(Account, world.accounts[Role.FACILITATOR]).active = False
    texts, work = set(), set()
    for email in (known.email, "nobody@example.org", disabled.email):
        hashed.clear()
        visitor = Visitor(app)
        page = visitor.post(door, {"email": email, "password": "a wrong pass phrase"}, status=200)
        texts.add(page.text.replace(email, ""))
        work.add(len(hashed))
    assert len(texts) == 1
    assert work == {1}
    figure(f"{door}: known, unknown and disabled alike in words, and in hashes made (1)")


@pytest.mark.parametrize("door", ["/account/sign-in", "/account/pass-phrase/forgotten", "/new-link"])
def test_known_unknown_and_disabled_accounts_answer_after_as_much_work_of_the_processor(
    door: str,
    app: Flask,
    clock: SetClock,
    credentials: Give,
    world: World,
    times: Times,
    figure: Figure,
) -> None:  # trust A15
    known, disabled = credentials(Role.PARTNER), credentials(Role.FACILITATOR)
    with transaction(world.engine, Scope()) as session:
        session.get_one(Account, world.accounts[Role.FACILITATOR]).active = False
    emails = [known.email, "nobody@example.org", disabled.email]
    took = {email: list[float]() for email in emails}
    for turn in range(times(few=3, full=20)):
        clock.instant += timedelta(hours=2)  # as many tries as one likes
        for email in emails[turn % 3 :] + emails[: turn % 3]:
            visitor = Visitor(app)
            token = visitor.get(door).fields["csrf_token"]
            began = process_time()
            form = {"email": email, "password": "a wrong pass phrase", "csrf_token": token}
            assert visitor.client.post(door, data=form).status_code == 200
            took[email].append(process_time() - began)
    middle = [median(took[email]) * 1000 for email in emails]
    apart = max(middle) - min(middle)
    said = ", ".join(f"{each:.1f}" for each in middle)
    figure(f"{door}: known, unknown, disabled took {said} ms of the processor, {apart:.1f} apart")
    assert apart < max(5.0, max(middle) * times(few=30, full=15) / 100)


def test_a_forgotten_pass_phrase_is_set_by_a_link_that_works_once_and_ends_every_session(
    app: Flask, credentials: Give, sign_in: SignIn, engine: Engine
) -> None:  # trust A11
    who = credentials(Role.PARTNER)
    old, visitor = sign_in(who), Visitor(app)
    known = visitor.post("/account/pass-phrase/forgotten", {"email": who.email}, status=200)
    unknown = visitor.post("/account/pass-phrase/forgotten", {"email": "nobody@example.org"}, status=200)
    assert known.text.replace(who.email, "") == unknown.text.replace("nobody@example.org", "")
    with open_session(engine, Scope()) as session:
        (mail,) = session.execute(select(Mail)).scalars()
    assert mail.to_address == who.email
    link = next(word for word in mail.body.split() if "://" in word).split("localhost", 1)[1]
    both = {"password": NEW, "password_confirm": NEW}
    assert visitor.post(link, both) == "/account/sign-in"
    assert old.sent_to("/p/northbridge/").startswith("/account/sign-in")
    assert visitor.sent_to(link) == "/account/pass-phrase/forgotten"
    who.phrase = NEW
    sign_in(who).get("/p/northbridge/")


def test_changing_the_pass_phrase_ends_the_other_sessions_and_not_this_one(
    credentials: Give, sign_in: SignIn
) -> None:
    who = credentials(Role.PARTNER)
    other, here = sign_in(who), sign_in(who)
    before = here.cookie
    fields = {"password": PHRASE, "new_password": NEW, "new_password_confirm": NEW}
    assert here.post("/account/pass-phrase", fields) == "/account/"
    here.get("/p/northbridge/")
    assert here.cookie != before
    assert other.sent_to("/p/northbridge/").startswith("/account/sign-in")


def test_a_long_pass_phrase_counts_to_its_last_character(
    app: Flask, engine: Engine, world: World, credentials: Give, sign_in: SignIn, figure: Figure
) -> None:  # trust A13
    phrase = "Łukasz and eleven geese walked " * 4 + "home"
    visitor = sign_in(credentials(Role.PARTNER))
    visitor.post(
        "/account/pass-phrase",
        {"password": PHRASE, "new_password": phrase, "new_password_confirm": phrase},
    )
    with app.test_request_context(), open_session(engine, Scope()) as session:
        hashed = session.get_one(Account, world.accounts[Role.PARTNER]).password
        assert hashed is not None
        assert hashed.startswith("$argon2id$")
        assert verify_password(phrase, hashed)
        assert not verify_password(phrase[:-1], hashed)
        figure(f"{len(phrase)} characters open, {len(phrase) - 1} do not; {hashed.split('$')[1]}")


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "password1234",
        "passwordpassword",
        "aaaaaaaaaaaaaaaa",
        "northbridge.partner@example.org",
        "1234567890123",
    ],
)
def test_a_pass_phrase_that_is_easy_to_guess_is_refused(
    weak: str, credentials: Give, sign_in: SignIn
) -> None:
    visitor = sign_in(credentials(Role.PARTNER))  # trust A13
    fields = {"password": PHRASE, "new_password": weak, "new_password_confirm": weak}
    page = visitor.post("/account/pass-phrase", fields, status=200)
    assert "There is a problem" in page.text


def test_the_three_thousand_commonest_pass_phrases_are_known_by_heart(figure: Figure) -> None:  # trust A13
    commonest = FREQUENCY_LISTS["passwords"][:COMMONEST]
    assert len(set(commonest)) == 3000
    known = sum(is_common(each.upper()) for each in commonest)
    assert known == len(commonest)
    figure(f"{len(set(commonest))} commonest pass phrases: {known} refused")


FOREIGN = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://localhost@evil.example/",
    "\thttps://evil.example/",
    "/\t/evil.example/",
    "//localhost@evil.example/",
    "https://localhost.evil.example/",
    "http:///evil.example/",
    "//evil.example%2F@localhost/",
    "data:text/html,<script>alert(1)</script>",
    "/%09/evil.example/",
    "////evil.example/%2F..",
)


def test_next_leads_only_to_ourselves(
    credentials: Give, app: Flask, clock: SetClock, figure: Figure
) -> None:  # trust B3
    who, led = credentials(Role.PARTNER), list[str]()
    for foreign in FOREIGN:
        clock.instant += timedelta(minutes=16)  # as many tries as one likes
        visitor = Visitor(app)
        response = visitor.client.post(
            "/account/sign-in",
            query_string={"next": foreign},
            data={
                "email": who.email,
                "password": who.phrase,
                "csrf_token": visitor.get("/account/sign-in").fields["csrf_token"],
            },
        )
        # As browsers read it, which take a backslash for a slash.
        there = response.headers.get("Location", "/").replace("\\", "/")
        led.append(urljoin("http://localhost/account/sign-in", there))
        assert led[-1].startswith("http://localhost/"), foreign
    came_in = sum(not each.startswith("http://localhost/account/sign-in") for each in led)
    figure(f"{len(FOREIGN)} foreign addresses in next=: {came_in} signed in, 0 led elsewhere")


def test_next_leads_to_the_page_that_was_asked_for(credentials: Give, visitor: Visitor) -> None:
    who = credentials(Role.PARTNER)
    door = visitor.sent_to("/p/northbridge/?lang=cy")
    assert visitor.post(door, {"email": who.email, "password": who.phrase}) == "/p/northbridge/?lang=cy"


def test_each_step_of_a_sign_in_is_in_the_audit_log(
    credentials: Give, sign_in: SignIn, engine: Engine
) -> None:
    visitor = sign_in(credentials(Role.PARTNER))  # trust C2
    visitor.post("/account/sign-out", on="/account/")
    with open_session(engine, Scope()) as session:
        events = [e.event for e in session.execute(select(AuditEvent).order_by(AuditEvent.id)).scalars()]
    assert events == ["signed_in", "signed_out"]


def test_a_program_gets_no_token_in_place_of_a_session(credentials: Give, visitor: Visitor) -> None:
    who = credentials(Role.PARTNER)
    token = visitor.get("/account/sign-in").fields["csrf_token"]
    answer = visitor.client.post(
        "/account/sign-in?include_auth_token",
        json={"email": who.email, "password": who.phrase},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert "authentication_token" not in answer.text
