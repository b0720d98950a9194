"""A successor in a seat is compared with the predecessor, or counted apart, as the coordinator states; and
never sees what the predecessor answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.actions.asking import invite_partners
from lsp_assess.actions.members import NewMember, add_member, hand_over
from lsp_assess.actions.personal_data import everything_about_me
from lsp_assess.actions.release_partners import driver_of
from lsp_assess.actions.release_reading import read_rounds
from lsp_assess.actions.work import Work
from lsp_assess.assessment.change import part_change
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Collection, Membership, Partnership, Person, Round
from lsp_assess.database.models.responses import Mode, Participant, Response, ResponseStatus
from lsp_assess.database.release_data import RoundRow
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk, day
from tests.opened import opened, shipped
from tests.world import World

CANARY = "zq-the-predecessor-wrote"
BASE = "https://example.org"
MATCHINGS = pytest.mark.parametrize("matching", list(Matching))


@dataclass
class Chair:
    """Ann held it and answered 70 in the first round; the second is open."""

    world: World
    membership_id: UUID
    first: UUID
    second: UUID

    def work(self, session) -> Work:  # type: ignore[no-untyped-def]
        return self.world.work(Role.COORDINATOR, session)


@pytest.fixture
def chair(world: World, matching: Matching) -> Chair:
    with world.session() as session:
        session.get_one(Partnership, world.partnership_id).matching = matching
        work = world.work(Role.COORDINATOR, session)
        ann = NewMember(
            name="Ann",
            email="ann@example.org",
            role=Role.PARTNER,
            since=date(2026, 6, 1),
            organisation_id=world.organisations[1],
            seat="Chair",
        )
        membership_id = add_member(work, ann)
        closes = world.clock.now() + timedelta(days=10)
        first = opened(session, world, shipped("lsp_driver"), closes_at=closes)
        invite_partners(work, first.id, base_url=BASE, only=[person(session, "Ann").id])
        answered(session, world, first, "Ann", {"value": 70})
        first.status = CollectionStatus.FINAL
        second = opened(session, world, shipped("lsp_driver"), number=2, closes_at=closes)
        session.commit()
        return Chair(world, membership_id, first.id, second.id)


def person(session, name: str) -> Person:  # type: ignore[no-untyped-def]
    return session.execute(select(Person).where(Person.name == name)).scalar_one()


def answered(session, world: World, collection: Collection, name: str, score: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    asked = session.execute(
        select(Participant).where(
            Participant.collection_id == collection.id, Participant.person_id == person(session, name).id
        )
    ).scalar_one()
    session.add(
        Response(
            partnership_id=world.partnership_id,
            id=new_id(),
            collection_id=collection.id,
            respondent_key_id=asked.respondent_key_id,
            organisation_id=asked.organisation_id,
            instrument_hash=collection.instrument_hash,
            mode=Mode.ONLINE,
            status=ResponseStatus.SUBMITTED,
            draft={},
            submission={"shared_vision": score, "strengths_leadership": {"value": f"{CANARY} {name}"}},
            started_at=world.clock.now(),
            submitted_at=world.clock.now(),
        )
    )
    session.flush()


def succeed(chair: Chair, *, same: bool) -> None:
    """Bob follows Ann, is asked in the second round and scores 40."""
    world = chair.world
    with world.session() as session:
        work = chair.work(session)
        hand_over(
            work,
            chair.membership_id,
            version=session.get_one(Membership, (world.partnership_id, chair.membership_id)).version,
            name="Bob",
            email="bob@example.org",
            first_day=date(2026, 6, 15),
            same_respondent=same,
        )
        invite_partners(work, chair.second, base_url=BASE, only=[person(session, "Bob").id])
        session.commit()


def matched(chair: Chair) -> int:
    """How many scored the part in both rounds, as the release reckons it."""
    world = chair.world
    with world.session() as session:
        second = session.get_one(Collection, (world.partnership_id, chair.second))
        answered(session, world, second, "Bob", {"value": 40})
        rounds = session.execute(select(Round).order_by(Round.number)).scalars()
        rows = [RoundRow(one.id, one.number, one.name, one.starts_on, one.ends_on) for one in rounds]
        driver = driver_of(session, read_rounds(session, rows, today=world.clock.now().date()))
        assert driver is not None
        before, after = (one.people for one in driver.rounds)
        return part_change("shared_vision", before, after, threshold=5).matched


@MATCHINGS
def test_a_successor_who_counts_as_the_same_respondent_is_matched(chair: Chair) -> None:
    succeed(chair, same=True)
    assert matched(chair) == 1


@MATCHINGS
def test_a_successor_who_counts_apart_joins_and_the_predecessor_leaves(chair: Chair) -> None:
    succeed(chair, same=False)
    assert matched(chair) == 0


@MATCHINGS
@pytest.mark.parametrize("same", [True, False])
def test_the_successor_never_sees_what_the_predecessor_answered(
    chair: Chair, browser_of: Callable[[UUID], FlaskClient], same: bool
) -> None:  # trust A5
    succeed(chair, same=same)
    world = chair.world
    with world.session() as session:
        account_id = session.execute(
            select(Account.id).where(Account.email == "bob@example.org")
        ).scalar_one()
    bob = Desk(browser_of(account_id), world.slug)
    page = bob.get(f"/answer/{chair.second}/1/section/leadership")
    assert page.status_code == 200
    assert CANARY not in page.text
    assert "Your answers in Round 1" not in page.text
    for path in ("/", f"/answer/{chair.first}/1/", f"/answer/{chair.first}/1/results"):
        assert CANARY not in bob.get(path).text


@MATCHINGS
@pytest.mark.parametrize("same", [True, False])
def test_what_is_held_about_each_is_their_own(chair: Chair, same: bool) -> None:  # trust C9
    succeed(chair, same=same)
    matched_in_second = chair.world
    with matched_in_second.session() as session:
        second = session.get_one(Collection, (matched_in_second.partnership_id, chair.second))
        answered(session, matched_in_second, second, "Bob", {"value": 40})
        for name, other in (("Ann", "Bob"), ("Bob", "Ann")):
            theirs = person(session, name)
            work = chair.work(session)
            actor = type(work.actor)(
                **{
                    **{each: getattr(work.actor, each) for each in type(work.actor).__slots__},
                    "person_id": theirs.id,
                    "account_id": theirs.account_id,
                }
            )
            held = str(everything_about_me(Work(session, actor, work.clock)).own)
            assert f"{CANARY} {name}" in held
            assert f"{CANARY} {other}" not in held


def test_the_coordinator_states_it_and_it_stands_on_record(world: World, desk: Desk) -> None:
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        ann = NewMember(
            name="Ann",
            email="ann@example.org",
            role=Role.PARTNER,
            since=date(2026, 6, 1),
            organisation_id=world.organisations[1],
            seat="Chair",
        )
        membership_id = add_member(work, ann)
        session.commit()
    path = f"/partnership/people/{membership_id}/successor"
    form = {"name": "Bob", "email": "bob@example.org", **day("first_day", 20, 6, 2026)}
    refused = desk.fill(path, **form)
    assert refused.status_code == 422
    assert "Choose with whose" in refused.text
    assert desk.fill(path, **form, same_respondent="apart").status_code == 302
    with world.session() as session:
        joined = session.execute(
            select(Membership.id).where(Membership.same_respondent.is_(False))
        ).scalar_one()
    assert "Ann, counted apart" in desk.get(f"/partnership/people/{joined}").text
