"""A small partnership for tests, written through the same tables as everything else: one account a role."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from secrets import token_urlsafe
from time import time
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lsp_assess.access.actor import Actor
from lsp_assess.actions.work import Work
from lsp_assess.database.access import areas_of_researcher, entrance
from lsp_assess.database.models.access import Account, WebSession
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.database.models.partnerships import (
    Area,
    Membership,
    Organisation,
    Partnership,
    Person,
    ResearcherArea,
)
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.kernel.clock import Clock, SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.agreements import Allows, LawfulBasis
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.web.sessions import ROW_PREFIX, hash_of_cookie

TODAY = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """`accounts` and `people` by role; ids only, so that nothing is tied to a session."""

    engine: Engine
    clock: SetClock
    slug: str
    partnership_id: UUID
    organisations: list[UUID] = field(default_factory=list)
    areas: list[UUID] = field(default_factory=list)
    accounts: dict[Role, UUID] = field(default_factory=dict)
    people: dict[Role, UUID] = field(default_factory=dict)

    def session(self) -> Session:
        return open_session(self.engine, Scope(partnership_id=self.partnership_id))

    def work(self, role: Role, session: Session) -> Work:
        return Work(session=session, actor=self.actor(role), clock=self.clock)

    def actor(self, role: Role) -> Actor:
        account_id = self.accounts[role]
        with open_session(self.engine, Scope(account_id=account_id)) as outside:
            found = entrance(outside, account_id=account_id, slug=self.slug, on=self.clock.now().date())
        assert found is not None
        if found.actor.researcher_id is None:
            return found.actor
        with self.session() as inside:
            areas = areas_of_researcher(inside, found.actor.researcher_id)
        return Actor(**{**{f: getattr(found.actor, f) for f in Actor.__slots__}, "areas": areas})

    def add_member(self, name: str, role: Role, organisation: UUID | None = None) -> tuple[UUID, UUID]:
        """A person with an account and one membership; (account id, person id)."""
        with transaction(self.engine, Scope(partnership_id=self.partnership_id)) as session:
            return _member(session, self.partnership_id, name, role, organisation)


def build_world(engine: Engine, clock: SetClock, *, slug: str = "northbridge") -> World:
    partnership_id = new_id()
    world = World(engine=engine, clock=clock, slug=slug, partnership_id=partnership_id)
    with transaction(engine, Scope(partnership_id=partnership_id)) as session:
        session.add(
            Partnership(
                id=partnership_id, slug=slug, name=f"{slug.title()} Partnership", matching=Matching.PERSON
            )
        )
        session.flush()
        for name, sector in (
            ("Council", "local_government"),
            ("Police", "police"),
            ("Voluntary Action", "voluntary"),
        ):
            organisation = Organisation(partnership_id=partnership_id, id=new_id(), name=name, sector=sector)
            session.add(organisation)
            world.organisations.append(organisation.id)
        for code in ("W01", "W02"):
            area = Area(
                partnership_id=partnership_id, id=new_id(), code=code, name=f"Ward {code}", type=AreaType.WARD
            )
            session.add(area)
            world.areas.append(area.id)
        session.add_all(_agreements(partnership_id))
        session.flush()
        for role in Role:
            world.accounts[role], world.people[role] = _member(
                session, partnership_id, f"{slug} {role.value}", role, world.organisations[0]
            )
            if role is Role.RESEARCHER:
                _may_work_in(session, world, world.areas[0])
    return world


def _agreements(partnership_id: UUID) -> list[SharingAgreement]:
    """With those whose files lie among the examples, and one for the research file."""
    sources = ("Trafford Data Lab", "City of Somerville, Massachusetts")
    return [
        SharingAgreement(
            partnership_id=partnership_id,
            id=new_id(),
            source=source,
            allows=allows,
            purpose="To compare the partnership’s area with others",
            lawful_basis=LawfulBasis.NOT_PERSONAL,
            valid_from=date(2011, 1, 1),
            signed_by="Chief executives of both",
            reference=reference,
        )
        for source, allows, reference in (
            *((source, Allows.TAKING_IN, "Agreements, file 3") for source in sources),
            ("University of Northbridge", Allows.RESEARCH, "DSA-7"),
        )
    ]


def _member(
    session: Session, partnership_id: UUID, name: str, role: Role, organisation: UUID | None
) -> tuple[UUID, UUID]:
    email = f"{name.replace(' ', '.').lower()}@example.org"
    account = Account(
        id=new_id(),
        email=email,
        fs_uniquifier=token_urlsafe(16),
        tf_primary_method="authenticator" if role in (Role.COORDINATOR, Role.ADMINISTRATOR) else None,
        administrator=role is Role.ADMINISTRATOR,
    )
    person = Person(partnership_id=partnership_id, id=new_id(), account_id=account.id, name=name)
    session.add_all([account, person])
    session.flush()
    session.add(PersonContact(partnership_id=partnership_id, id=person.id, email=email))
    session.add(
        Membership(
            partnership_id=partnership_id,
            person_id=person.id,
            organisation_id=organisation,
            role=role,
            valid_from=date(2024, 1, 1),
        )
    )
    session.flush()
    return account.id, person.id


def _may_work_in(session: Session, world: World, area: UUID) -> None:
    researcher = next(m.id for m in session.query(Membership) if m.role is Role.RESEARCHER)
    session.add(ResearcherArea(partnership_id=world.partnership_id, membership_id=researcher, area_id=area))


def signed_in(app: Flask, engine: Engine, clock: Clock, account_id: UUID) -> FlaskClient:
    """A browser that holds the session cookie of an account, as a finished sign-in leaves it."""
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], session_cookie(engine, clock, account_id))
    return client


def session_cookie(engine: Engine, clock: Clock, account_id: UUID) -> str:
    key = ROW_PREFIX + token_urlsafe(32)
    now = clock.now()
    with transaction(engine, Scope()) as session:
        account = session.get_one(Account, account_id)
        session.add(
            WebSession(
                id_hash=hash_of_cookie(key),
                account_id=account_id,
                content={
                    "_user_id": account.fs_uniquifier,
                    "_fresh": True,
                    "identity": account.fs_uniquifier,
                    "fs_paa": time(),
                },
                started_at=now,
                seen_at=now,
            )
        )
    return key
