"""Partners are reminded by the rule of the round, by a set clock, and never more than it says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from lsp_assess.actions.asking import remind
from lsp_assess.actions.round_reminders import Rule, remind_partners, set_rule
from lsp_assess.cli.tending import tending
from lsp_assess.config import Config, Databases
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Collection, Membership, Round
from lsp_assess.database.models.responses import Mode, Participant, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.opened import invited, opened, shipped
from tests.world import World

BASE = "https://example.org"


@pytest.fixture
def asked(world: World) -> Participant:
    """The questionnaire closes in twenty days, on 5 July 2026."""
    with world.session() as session:
        closes = world.clock.now() + timedelta(days=20)
        participant = invited(
            session, world, Role.PARTNER, opened(session, world, shipped("lsp_driver"), closes_at=closes)
        )
        session.commit()
        session.refresh(participant)
        session.expunge_all()
    return participant


@pytest.fixture
def send(world: World) -> Callable[[], int]:
    def sent() -> int:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            return remind_partners(world.work(Role.COORDINATOR, session), base_url=BASE)

    return sent


def rule(world: World, *, before: int = 10, every: int = 3, most: int = 3) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = session.execute(select(Round)).scalars().first()
        assert row is not None
        set_rule(
            world.work(Role.COORDINATOR, session),
            row.id,
            Rule(before=before, every=every, most=most),
            version=row.version,
        )


def days(world: World, n: int) -> None:
    world.clock.instant += timedelta(days=n)


def on_each_day(world: World, send: Callable[[], int], n: int) -> list[int]:
    """The days from today on which a mail was sent."""
    found = []
    for day in range(n):
        found += [day] * send()
        days(world, 1)
    return found


def change(world: World, statement: object) -> None:
    with world.session() as session:
        session.execute(statement)  # type: ignore[call-overload]
        session.commit()


def answered(world: World, asked: Participant) -> Response:
    now = world.clock.now()
    return Response(
        partnership_id=world.partnership_id,
        id=new_id(),
        collection_id=asked.collection_id,
        respondent_key_id=asked.respondent_key_id,
        instrument_hash="",
        mode=Mode.ONLINE,
        status=ResponseStatus.SUBMITTED,
        draft={},
        submission={},
        started_at=now,
        submitted_at=now,
    )


def test_the_first_comes_so_many_days_before_closing_the_others_so_many_apart_and_no_more_than_set(
    world: World, asked: Participant, send: Callable[[], int]
) -> None:
    rule(world, before=10, every=3, most=3)
    assert on_each_day(world, send, 25) == [10, 13, 16]


def test_without_a_rule_nobody_is_reminded(world: World, asked: Participant, send: Callable[[], int]) -> None:
    assert on_each_day(world, send, 25) == []


def test_whoever_has_sent_their_answers_is_not_reminded_nor_who_has_left(
    world: World, asked: Participant, send: Callable[[], int]
) -> None:
    rule(world, before=20)
    with world.session() as session:
        response = answered(world, asked)
        response.instrument_hash = session.execute(select(Collection.instrument_hash)).scalar_one()
        session.add(response)
        session.commit()
    assert send() == 0
    change(world, update(Response).values(submission=None))
    of_partners = update(Membership).where(Membership.role == Role.PARTNER)
    change(world, of_partners.values(valid_to=world.clock.now().date() - timedelta(days=1)))
    assert send() == 0


@pytest.mark.parametrize("status", [CollectionStatus.DRAFT, CollectionStatus.CLOSED])
def test_nobody_is_reminded_of_what_is_not_open(
    world: World, asked: Participant, send: Callable[[], int], status: CollectionStatus
) -> None:
    rule(world, before=20)
    change(world, update(Collection).values(status=status))
    assert send() == 0


def test_two_questionnaires_of_a_round_make_one_mail_and_count_together(
    world: World, asked: Participant, send: Callable[[], int]
) -> None:
    with world.session() as session:
        other = opened(
            session,
            world,
            shipped("progress_wheel"),
            number=2,
            closes_at=world.clock.now() + timedelta(days=15),
        )
        other.round_id = session.execute(select(Round.id).where(Round.number == 1)).scalar_one()
        invited(session, world, Role.PARTNER, other)
        session.commit()
    rule(world, before=10, every=2, most=2)
    assert on_each_day(world, send, 25) == [5, 7]


def test_a_reminder_by_hand_counts_and_once_there_were_so_many_none_is_sent_by_hand(
    world: World, asked: Participant, send: Callable[[], int]
) -> None:
    rule(world, before=10, every=3, most=2)

    def by_hand() -> tuple[int, list[str]]:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            mailed = remind(world.work(Role.COORDINATOR, session), asked.collection_id, base_url=BASE)
            return mailed.sent, [each.code for each in mailed.left_out]

    assert by_hand() == (1, [])
    assert on_each_day(world, send, 15) == [10]
    assert by_hand() == (0, ["reminded_enough"])


def test_two_who_remind_at_once_send_one_mail(
    world: World, asked: Participant, send: Callable[[], int]
) -> None:
    rule(world, before=20)
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: send(), range(4)))
    assert sorted(sent) == [0, 0, 0, 1]
    with world.session() as session:
        assert len(session.execute(select(Mail)).all()) == 1
        events = list(session.execute(select(AuditEvent.event)).scalars())
    assert events.count("participant_invited") == 1


def test_the_site_reminds_by_itself_every_day(
    config: Config, database: Urls, world: World, asked: Participant
) -> None:
    rule(world, before=20, every=7, most=6)
    site = replace(config, databases=Databases(database.application, database.migrator, None, None))
    tend = tending(site, clock=world.clock)
    for _ in range(15):
        tend()
        days(world, 1)
    with world.session() as session:
        assert len(session.execute(select(Mail)).all()) == 3


def test_the_coordinator_sets_the_rule_and_nobody_else(
    world: World, desk: Desk, asked: Participant, browser_of: Callable[[UUID], FlaskClient]
) -> None:
    with world.session() as session:
        path = f"/rounds/{session.execute(select(Round.id)).scalar_one()}"
    assert "none are sent by themselves" in desk.get(path).text
    for wrong in ("7", "-1", "many"):
        assert desk.fill(f"{path}/reminders", remind_most=wrong).status_code == 422
    form = {"remind_before": "7", "remind_every": "2", "remind_most": "3"}
    assert desk.fill(f"{path}/reminders", **form).status_code == 302
    assert "from 7 days before the closing date, one every 2 days, at most 3" in desk.get(path).text
    for role in (Role.PARTNER, Role.FACILITATOR, Role.EVALUATOR):
        refused = Desk(browser_of(world.accounts[role]), world.slug).get(f"{path}/reminders")
        assert refused.status_code == 403
