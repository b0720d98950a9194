"""How often a secret may be guessed. Counts stand in the database, so that every worker sees them; keys
are hashes, so that the table names nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import cast

from flask import Flask, request, session
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_security import current_user
from limits.storage import Storage
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from lsp_assess.database import rate_counts
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import Clock


class Counts(Storage):
    """Flask-Limiter's storage. Each count is a transaction of its own: a failed try must be remembered
    although the request changes nothing."""

    STORAGE_SCHEME = ["lsp"]  # noqa: RUF012  Flask-Limiter finds the class by it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: object) -> None:
        super().__init__(uri, wrap_exceptions)
        self._app = cast("Flask", options["app"])

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = self._clock.now()
        with transaction(self._bind, Scope()) as database:
            count = rate_counts.count_up(
                database, key=key, amount=amount, window=timedelta(seconds=expiry), now=now
            )
            if count == amount:
                rate_counts.forget_expired(database, now=now)
        return count

    def get(self, key: str) -> int:
        with transaction(self._bind, Scope()) as database:
            return rate_counts.counted(database, key=key, now=self._clock.now())

    def get_expiry(self, key: str) -> float:
        with transaction(self._bind, Scope()) as database:
            return (rate_counts.ends_at(database, key=key) or self._clock.now()).timestamp()

    def check(self) -> bool:
        return True  # without its database the site is down anyway

    def reset(self) -> int | None:
        raise NotImplementedError

    def clear(self, key: str) -> None:
        with transaction(self._bind, Scope()) as database:
            rate_counts.forget(database, key=key)

    @property
    def _bind(self) -> Engine | Connection:
        return cast("Engine | Connection", self._app.extensions["lsp_bind"])

    @property
    def _clock(self) -> Clock:
        return cast("Clock", self._app.extensions["lsp_clock"])


def by_address() -> str:
    return _hashed(request.remote_addr or "nowhere")


def by_email() -> str:
    return _hashed(request.form.get("email", "").strip().casefold())


def by_address_and_email() -> str:
    return f"{by_address()}-{by_email()}"


def by_account() -> str:
    """Whoever is signed in, or has given the pass phrase and owes the second factor."""
    owner = current_user.fs_uniquifier if current_user.is_authenticated else session.get("tf_user_id")
    return _hashed(str(owner)) if owner else by_address()


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Limit:
    """`scope` is shared by endpoints that take the same secret."""

    often: str
    key: Callable[[], str]
    scope: str | None = None


SECOND_FACTOR = Limit("10 per 15 minutes", by_account, scope="second_factor")
PASS_PHRASE = Limit("10 per 15 minutes", by_account, scope="pass_phrase")
# A council's partners may all come from one address.
LETTERS = (Limit("5 per hour", by_email), Limit("100 per hour", by_address))

LIMITS: Mapping[str, tuple[Limit, ...]] = MappingProxyType(
    {
        "security.login": (
            Limit("10 per 15 minutes", by_address_and_email),
            Limit("50 per hour", by_email),
            Limit("300 per hour", by_address),
        ),
        "security.two_factor_token_validation": (SECOND_FACTOR,),
        "security.mf_recovery": (SECOND_FACTOR,),
        "security.verify": (PASS_PHRASE,),
        "security.change_password": (PASS_PHRASE,),
        "security.forgot_password": LETTERS,
        "invitations.link_asked": LETTERS,
    }
)


def install(app: Flask) -> None:
    """After the views are registered: wraps those in the table."""
    limiter = Limiter(
        by_address, app=app, storage_uri="lsp://", storage_options=cast("dict[str, str | int]", {"app": app})
    )
    app.extensions["lsp_limiter"] = limiter
    for endpoint, limits in LIMITS.items():
        for limit in limits:
            decorate = limiter.limit(limit.often, key_func=limit.key, methods=["POST"], scope=limit.scope)
            app.view_functions[endpoint] = cast(
                "Callable[..., ResponseReturnValue]", decorate(app.view_functions[endpoint])
            )
