"""Sign-ins of the demonstration: pass phrases and second factors that follow from the secrets of the
installation, so that they are the same at every start, and different on every computer."""

import hmac
from base64 import b32encode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap

from argon2 import PasswordHasher
from passlib.totp import TOTP

from lsp_assess.demonstration.people import partners_in
from lsp_assess.demonstration.staff import SIGNING_IN, STAFF, email_of
from lsp_assess.demonstration.timetable import OPEN_ROUND
from lsp_assess.partnerships.roles import SECOND_FACTOR, Role

LENGTH = 20  # letters of a pass phrase: 100 bits


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of the installation that sign-in rests on; `issuer` is shown by authenticator apps."""

    secret: str = field(repr=False)
    password_salt: str = field(repr=False)
    totp_secrets: Mapping[str, str] = field(repr=False)
    issuer: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """`totp` is there for those who need a second factor."""

    name: str
    role: Role
    email: str
    pass_phrase: str = field(repr=False)
    totp: TOTP | None = field(repr=False)

    def code(self) -> str | None:
        """The second-factor code of this moment."""
        return None if self.totp is None else self.totp.generate().token


def sign_ins(keys: Keys) -> tuple[SignIn, ...]:
    """One or more of each role, in the order in which they are printed."""
    roles = {member.name: member.role for member in STAFF}
    roles |= {partner.name: Role.PARTNER for partner in partners_in(OPEN_ROUND)}
    return tuple(_sign_in(keys, name, roles[name]) for name in SIGNING_IN)


def password_hash(keys: Keys, sign_in: SignIn) -> str:
    """As Flask-Security keeps it: argon2id over the HMAC-SHA-512 of the pass phrase under the salt."""
    digest = hmac.digest(keys.password_salt.encode(), sign_in.pass_phrase.encode(), "sha512")
    return PasswordHasher().hash(b64encode(digest).decode("ascii"))


def _sign_in(keys: Keys, name: str, role: Role) -> SignIn:
    email = email_of(name)
    phrase = b32encode(_derived(keys, "pass phrase", email)).decode("ascii").lower()[:LENGTH]
    totp = None
    if role in SECOND_FACTOR:
        factory = TOTP.using(issuer=keys.issuer, secrets=dict(keys.totp_secrets))
        totp = factory(key=_derived(keys, "second factor", email)[:20], format="raw")
    return SignIn(name, role, email, "-".join(wrap(phrase, 5)), totp)


def _derived(keys: Keys, *words: str) -> bytes:
    return hmac.digest(keys.secret.encode(), "/".join(("demonstration", *words)).encode(), "sha256")
