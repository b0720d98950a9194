"""Days are the partnership's, instants the server's: on both Sundays of the change too."""

from datetime import UTC, date, datetime, timedelta
from operator import eq
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.actions.answering import submit
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.rounds import NewCollection, RoundDetails, add_collection, add_round
from lsp_assess.actions.work import Work
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.errors import Invalid
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, hidden_fields
from tests.integration.coordination.drafted import drafts, sheet, somebody
from tests.trust_run import Figure
from tests.world import World

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""In London 01:00 to 02:00 is skipped on the one, and comes twice on the other."""


def added(world: World, *, closes_on: date) -> UUID:
    wheel = next(hash_ for hash_, pair in shipped().items() if pair[0].name == "progress_wheel")
    new = NewCollection(instrument_hash=wheel, languages=("en",), closes_on=closes_on)
    year = RoundDetails(name=f"Until {closes_on}", starts_on=closes_on, ends_on=closes_on)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        return add_collection(work, add_round(work, year), new)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (SPRING - timedelta(days=1), datetime(2026, 3, 28, 23, 59, tzinfo=UTC)),
        (SPRING, datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
        (AUTUMN - timedelta(days=1), datetime(2026, 10, 24, 22, 59, tzinfo=UTC)),
        (AUTUMN, datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
    ],
)
def test_a_day_ends_a_minute_before_midnight_in_london(
    world: World, clock: SetClock, day: date, ends: datetime, figure: Figure
) -> None:  # trust D11
    clock.instant = datetime(2026, 1, 5, tzinfo=UTC)
    collection_id = added(world, closes_on=day)
    with world.session() as session:
        row = session.execute(select(Collection).where(Collection.id == collection_id)).scalar_one()
    assert row.closes_at == ends
    figure(f"{day} ends at {row.closes_at:%d %B %H:%M} UTC")


@pytest.mark.parametrize(
    ("instant", "today"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 1, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 1, tzinfo=UTC), AUTUMN),
        (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), AUTUMN),
    ],
)
def test_a_deadline_may_be_today_in_london_and_not_yesterday(
    world: World, clock: SetClock, instant: datetime, today: date, figure: Figure
) -> None:  # trust D11
    clock.instant = instant
    with pytest.raises(Invalid, match="deadline_in_the_past"):
        added(world, closes_on=today - timedelta(days=1))
    assert added(world, closes_on=today)
    figure(f"at {instant:%d %B %H:%M} UTC the first day that may be a deadline is {today}")


def test_what_is_sent_in_the_hour_that_comes_twice_keeps_its_order(
    world: World, clock: SetClock, figure: Figure
) -> None:  # trust D11
    collection_id, keys = drafts(world, world.engine, number=1, people=4)
    first = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)  # 01:15 in London, and an hour later 01:15 again
    for place, key in enumerate(keys):
        clock.instant = first + timedelta(minutes=30 * place)
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            work = Work(session=session, actor=somebody(world), clock=clock)
            submit(work, sheet(work, collection_id, key), sending_id=key)
    with world.session() as session:
        sent = session.execute(select(Response.respondent_key_id).order_by(Response.submitted_at)).scalars()
        order = list(sent)
    assert order == keys
    figure(f"{len(order)} sent in the hour that comes twice, {sum(map(eq, order, keys))} in their place")


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_is_two_days_off_moves_nothing(
    world: World, clock: SetClock, desk: Desk, days: int, figure: Figure
) -> None:  # trust D11
    path = "/partnership/organisations/new"
    told = clock.now() + timedelta(days=days)
    form = {
        **hidden_fields(desk.get(path).text),
        "name": "Fire Service",
        "sector": "fire",
        "at": told.isoformat(),
    }
    sent = desk.client.post(
        desk.home + path, data=form, headers={"Date": told.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    )
    assert sent.status_code == 302
    at = [event.at for event in events(world)]
    assert at == [clock.now()]
    figure(f"a clock off by {days} days: {len(at)} written, {sum(each != clock.now() for each in at)} moved")


def events(world: World) -> list[AuditEvent]:
    with world.session() as session:
        added = select(AuditEvent).where(AuditEvent.event == "organisation_added")
        return list(session.execute(added).scalars())
