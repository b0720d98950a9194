from collections.abc import Callable
from dataclasses import dataclass
from time import time
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy import Engine

from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.models.residents import Household, HouseholdAddress, SampleMember
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.opened import invited, opened, shipped
from tests.visitor import Visitor
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
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


@pytest.fixture
def sample(world: World) -> dict[str, UUID]:
    """Two households in the researcher's ward and one outside it, by reference."""
    of = {"partnership_id": world.partnership_id}
    members: dict[str, UUID] = {}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        rule = {"selection_rule": "kish"}
        collection = opened(session, world, shipped("resident_survey"), settings=rule)
        researcher = next(m.id for m in session.query(Membership) if m.role is Role.RESEARCHER)
        for reference, area in (("1001", 0), ("1002", 0), ("2001", 1)):
            household = Household(**of, id=new_id(), area_id=world.areas[area], reference=reference)
            session.add(household)
            session.flush()
            address = HouseholdAddress(**of, id=household.id, address=f"{reference} Canary Row")
            member = SampleMember(
                **of,
                id=new_id(),
                collection_id=collection.id,
                household_id=household.id,
                researcher_id=researcher,
                probability=0.1,
            )
            session.add_all([address, member])
            members[reference] = member.id
        members["collection"] = collection.id
    return members


@pytest.fixture
def researcher(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.RESEARCHER])


@pytest.fixture
def asked(world: World) -> UUID:
    """The partner of `world` is asked the progress wheel; its collection's id."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = opened(session, world, shipped("progress_wheel"))
        invited(session, world, Role.PARTNER, collection)
        return collection.id


@pytest.fixture
def partner(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.PARTNER])
