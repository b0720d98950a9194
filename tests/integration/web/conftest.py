from collections.abc import Callable
from dataclasses import dataclass
from time import time
from uuid import UUID

import pytest
from flask import Flask
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy import Engine

from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.visitor import Visitor
from tests.world import World

PHRASE = "seven ponies under the viaduct"


@dataclass
class Key:
    """An authenticator app: each call shows the next code, as if half a minute went by."""

    app: Flask
    secret: str
    shown: int = 0

    def code(self) -> str:
        codes = self.app.extensions["security"].totp_factory
        source: TOTP = codes._totp.from_source(self.secret)
        offset = (0, 30, -30)[self.shown]  # all that are taken at one moment
        self.shown += 1
        return str(source.generate(int(time()) + offset).token)


@dataclass
class Credentials:
    email: str
    phrase: str
    key: Key


@pytest.fixture
def credentials(app: Flask, engine: Engine, world: World) -> Callable[[Role], Credentials]:
    """Gives the account of a role a pass phrase, and a second factor where the role needs one."""

    def give(role: Role) -> Credentials:
        with app.test_request_context(), transaction(engine, Scope()) as session:
            account = session.get_one(Account, world.accounts[role])
            account.password = hash_password(PHRASE)
            secret = app.extensions["security"].totp_factory.generate_totp_secret()
            if account.tf_primary_method:
                account.tf_totp_secret = secret
            return Credentials(account.email, PHRASE, Key(app, secret))

    return give


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Credentials], Visitor]:
    def come_in(who: Credentials) -> Visitor:
        visitor = Visitor(app)
        where = visitor.post("/account/sign-in", {"email": who.email, "password": who.phrase})
        if where.startswith("/account/code"):
            visitor.post(where, {"code": who.key.code()})
        return visitor

    return come_in


@pytest.fixture
def as_role(app: Flask, world: World, browser_of: Callable[[UUID], object]) -> Callable[[Role], Visitor]:
    """Signed in as the account of a role, without going through the doors."""
    return lambda role: Visitor(app, client=browser_of(world.accounts[role]))
