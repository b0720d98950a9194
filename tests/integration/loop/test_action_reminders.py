"""The people of an owner are reminded of what is due, by a set clock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.actions.action_reminders import remind_owners, set_reminders
from lsp_assess.actions.loop import ActionDetails, add_action
from lsp_assess.cli.tending import tending
from lsp_assess.config import Config, Databases
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.tables_actions import ActionStatus
from tests.desk import Desk
from tests.integration.publishing.partners import add_round
from tests.world import World

Remind = Callable[[], int]


@pytest.fixture
def remind(world: World) -> Remind:
    def send() -> int:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            return remind_owners(world.work(Role.COORDINATOR, session), base_url="https://example.org")

    return send


def allow(world: World, most: int) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = session.get_one(Partnership, world.partnership_id)
        set_reminders(world.work(Role.COORDINATOR, session), most, version=row.version)


def act(world: World, title: str, due: date, *, owner: int = 0, status: str = "under_way") -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        round_id = add_round(session, world, len(list(session.execute(select(Action)).scalars())) + 1)
        details = ActionDetails(
            finding="F",
            decision="D",
            title=title,
            owner_id=world.organisations[owner],
            due_on=due,
            status=ActionStatus(status),
            what_changed="W",
        )
        return add_action(world.work(Role.COORDINATOR, session), round_id, details)


def mails(world: World) -> list[tuple[str, str]]:
    with world.session() as session:
        rows = session.execute(select(Mail).order_by(Mail.written_at)).scalars()
        return [(row.to_address, row.body) for row in rows]


def days(world: World, n: int) -> None:
    world.clock.instant += timedelta(days=n)


def test_the_owners_people_are_written_to_on_the_day_and_not_before(world: World, remind: Remind) -> None:
    """Today is 15 June 2026."""
    allow(world, 3)
    act(world, "Write the protocol", date(2026, 6, 16))
    assert remind() == 0
    days(world, 1)
    assert remind() == 1
    [(to, body)] = mails(world)
    assert to == "northbridge.partner@example.org", "a partner of the Council; not its coordinator"
    assert "- Write the protocol (due 16 June 2026)" in body
    assert "https://example.org/p/northbridge/actions/" in body


def test_nobody_gets_more_than_one_a_week_nor_more_about_one_action_than_was_set(
    world: World, remind: Remind
) -> None:
    allow(world, 2)
    act(world, "First", date(2026, 6, 15))
    sent = []
    for today in range(1, 30):
        if today == 3:
            act(world, "Second", date(2026, 6, 16))
        sent.append(remind())
        days(world, 1)
    assert [place for place, n in enumerate(sent) if n] == [0, 7, 14]
    told = ["".join(word[0] for word in ("First", "Second") if word in body) for _, body in mails(world)]
    assert told == ["F", "FS", "S"]


def test_two_actions_that_are_due_make_one_mail(world: World, remind: Remind) -> None:
    allow(world, 1)
    for title in ("First", "Second"):
        act(world, title, date(2026, 6, 1))
    assert remind() == 1
    assert all(title in mails(world)[0][1] for title in ("First", "Second"))


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_settled_is_not_reminded_of(world: World, remind: Remind, status: str) -> None:
    allow(world, 3)
    act(world, "Settled", date(2026, 6, 1), status=status)
    assert remind() == 0


def test_without_the_coordinators_word_nobody_is_reminded(world: World, remind: Remind) -> None:
    act(world, "Late", date(2026, 6, 1))
    assert remind() == 0
    assert mails(world) == []


def test_whoever_has_left_the_owner_is_not_written_to(world: World, remind: Remind) -> None:
    allow(world, 3)
    act(world, "Late", date(2026, 6, 1), owner=1)
    assert remind() == 0, "the Police has nobody here"
    world.add_member("Pat Police", Role.PARTNER, world.organisations[1])
    assert remind() == 1
    assert mails(world)[0][0] == "pat.police@example.org"


def test_an_event_says_that_somebody_was_reminded_and_no_word_of_the_mail(
    world: World, remind: Remind
) -> None:
    allow(world, 3)
    act(world, "CANARY", date(2026, 6, 1))
    remind()
    with world.session() as session:
        found = session.execute(select(AuditEvent).where(AuditEvent.event == "owner_reminded")).scalar_one()
    assert found.object_id == str(world.people[Role.PARTNER])
    assert "CANARY" not in str(found.details)  # trust C2


def test_two_who_remind_at_once_send_one_mail(world: World, remind: Remind) -> None:
    allow(world, 3)
    act(world, "Late", date(2026, 6, 1))
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: remind(), range(4)))
    assert sorted(sent) == [0, 0, 0, 1]
    assert len(mails(world)) == 1


def test_the_site_reminds_every_day_by_itself(config: Config, database: Urls, world: World) -> None:
    allow(world, 3)
    act(world, "Write the protocol", date(2026, 6, 16))
    site = replace(config, databases=Databases(database.application, database.migrator, None, None))
    tend = tending(site, clock=world.clock)
    for _ in range(10):
        tend()
        days(world, 1)
    assert len(mails(world)) == 2


def test_the_coordinator_sets_how_often_and_nobody_else(
    world: World, browser_of: Callable[[UUID], object], desk_of: Callable[[Role], Desk]
) -> None:
    desk = desk_of(Role.COORDINATOR)
    assert "none are sent" in desk.get("/actions/").text
    for wrong in ("13", "-1", "many"):
        assert desk.fill("/actions/reminders", action_reminders=wrong).status_code == 422
    assert desk.fill("/actions/reminders", action_reminders="3").status_code == 302
    assert "at most 3 about one action" in desk.get("/actions/").text
    for role in (Role.PARTNER, Role.FACILITATOR, Role.EVALUATOR):
        assert desk_of(role).get("/actions/reminders").status_code == 403
