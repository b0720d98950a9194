"""One write that succeeds for every endpoint of accounts and their sessions, and the events it leaves. An
endpoint that stands neither here nor in `tests/integration/matrix/writes.py` fails
`test_every_write_is_listed`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Flask
from flask_security.recoverable import generate_reset_password_token

from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.integration.web.conftest import PHRASE, Credentials
from tests.integration.web.test_invitations import ask
from tests.visitor import Visitor
from tests.world import World

NEW = "an umbrella full of quiet ravens"


@dataclass(frozen=True)
class Doors:
    app: Flask
    world: World
    credentials: Callable[[Role], Credentials]
    sign_in: Callable[[Credentials], Visitor]


@dataclass(frozen=True)
class Act:
    """What a visitor sends; `on` is the page with the token, where it is another."""

    visitor: Visitor
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    on: str | None = None
    status: int = 302

    def send(self, *, status: int) -> None:
        self.visitor.post(self.path, self.fields, on=self.on, status=status)


@dataclass(frozen=True)
class Write:
    """Without events it writes nothing that stays: only the session knows of it. `ends`: the session ends
    even where that cannot be recorded."""

    prepared: Callable[[Doors], Act]
    events: tuple[str, ...] = ()
    ends: bool = False


def half_signed_in(doors: Doors, who: Credentials) -> Visitor:
    visitor = Visitor(doors.app)
    visitor.post("/account/sign-in", {"email": who.email, "password": who.phrase})
    return visitor


def redeemed(doors: Doors) -> Act:
    return Act(Visitor(doors.app), ask(doors.world, Role.PARTNER).link)


def link_asked(doors: Doors) -> Act:
    email = doors.credentials(Role.PARTNER).email
    return Act(Visitor(doors.app), "/new-link", {"email": email}, status=200)


def pass_phrase_changed(doors: Doors) -> Act:
    fields = {"password": PHRASE, "new_password": NEW, "new_password_confirm": NEW}
    return Act(doors.sign_in(doors.credentials(Role.PARTNER)), "/account/pass-phrase", fields)


def pass_phrase_forgotten(doors: Doors) -> Act:
    email = doors.credentials(Role.PARTNER).email
    return Act(Visitor(doors.app), "/account/pass-phrase/forgotten", {"email": email}, status=200)


def pass_phrase_reset(doors: Doors) -> Act:
    doors.credentials(Role.PARTNER)
    with doors.app.test_request_context(), transaction(doors.world.engine, Scope()) as session:
        token = generate_reset_password_token(session.get_one(Account, doors.world.accounts[Role.PARTNER]))
    both = {"password": NEW, "password_confirm": NEW}
    return Act(Visitor(doors.app), f"/account/pass-phrase/forgotten/{token}", both)


def signed_in(doors: Doors) -> Act:
    who = doors.credentials(Role.PARTNER)
    return Act(Visitor(doors.app), "/account/sign-in", {"email": who.email, "password": who.phrase})


def signed_out(doors: Doors) -> Act:
    return Act(doors.sign_in(doors.credentials(Role.PARTNER)), "/account/sign-out", on="/account/")


def code_given(doors: Doors) -> Act:
    who = doors.credentials(Role.COORDINATOR)
    return Act(half_signed_in(doors, who), "/account/code", {"code": who.key.code()})


def recovery_codes_made(doors: Doors) -> Act:
    visitor = doors.sign_in(doors.credentials(Role.COORDINATOR))
    fields = {"generate_new_codes": "y"}
    return Act(visitor, "/account/recovery-codes", fields, on="/account/", status=200)


def recovery_code_used(doors: Doors) -> Act:
    who = doors.credentials(Role.COORDINATOR)
    made = doors.sign_in(who).post("/account/recovery-codes", {"generate_new_codes": "y"}, status=200)
    code = next(word for word in made.text.split() if word.count("-") == 2 and len(word) == 14)
    return Act(half_signed_in(doors, who), "/account/recovery", {"code": code})


def second_factor_begun(doors: Doors) -> Act:
    visitor = doors.sign_in(doors.credentials(Role.PARTNER))
    return Act(visitor, "/account/authenticator", {"setup": "authenticator"}, status=200)


def shown_again_who(doors: Doors) -> Act:
    who = doors.credentials(Role.PARTNER)
    return Act(doors.sign_in(who), "/account/still-you", {"password": who.phrase})


ACCOUNT_WRITES: Mapping[str, Write] = {
    "invitations.link_asked": Write(link_asked, ("new_links_asked",)),
    "invitations.redeem": Write(redeemed, ("invitation_redeemed", "signed_in")),
    "security.change_password": Write(pass_phrase_changed, ("signed_in", "pass_phrase_changed")),
    "security.forgot_password": Write(pass_phrase_forgotten, ("pass_phrase_link_sent",)),
    "security.login": Write(signed_in, ("signed_in",)),
    "security.logout": Write(signed_out, ("signed_out",), ends=True),
    "security.mf_recovery": Write(recovery_code_used, ("recovery_code_used", "signed_in")),
    "security.mf_recovery_codes": Write(recovery_codes_made, ("recovery_codes_made", "recovery_codes_seen")),
    "security.reset_password": Write(pass_phrase_reset, ("pass_phrase_changed",)),
    "security.two_factor_setup": Write(second_factor_begun),
    "security.two_factor_token_validation": Write(code_given, ("signed_in",)),
    "security.verify": Write(shown_again_who),
}
