"""A coordinator closes a collection on its page while people answer and send on theirs."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Semaphore
from time import time
from uuid import UUID

from sqlalchemy import Engine, select

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import hidden_fields
from tests.integration.faults.counting import QUESTIONS, assert_all_there_once, compared, stored, values_of
from tests.integration.faults.crowd import Acknowledged, Crowd, Invited, gathered
from tests.integration.faults.sender import RADIO, Browser, filled_in
from tests.serving import Serving
from tests.trust_run import Figure, Times
from tests.world import World, build_world, session_cookie

PEOPLE = 6
POINTS = (
    "Separate",
    "Between separate and cooperating",
    "Cooperating",
    "Between cooperating and integrated",
    "Integrated",
)
CLOSED = "This questionnaire is closed"


@dataclass
class Ending:
    """The start of everybody at once, and each answer that somebody has had since."""

    start: Barrier = field(default_factory=lambda: Barrier(PEOPLE + 1, timeout=60))
    answers: Semaphore = field(default_factory=lambda: Semaphore(0))


@dataclass(frozen=True)
class Told:
    """What the pages said to somebody: the draft was saved, the sending was taken."""

    value: int
    saved: bool
    taken: Acknowledged | None = None


def answering(crowd: Crowd, browser: Browser, value: int, ending: Ending, *, saved_before: bool) -> Told:
    """Sends what was saved before; or saves new answers first, of which nothing was known before."""
    section, form = f"{crowd.home}/section/wheel", {}
    if saved_before:
        sending = filled_in(browser, crowd.home, str(value))
    else:
        _, page, _ = browser.ask(section)
        form = hidden_fields(page) | dict.fromkeys(RADIO.findall(page), str(value))
    ending.start.wait()
    try:
        if form:
            status, page, _ = browser.ask(section, form)
            ending.answers.release()
            if status != 302:
                assert_given_back(status, page, value)
                return Told(value, saved=False)
            status, page, _ = browser.ask(f"{crowd.home}/check")
            if status != 200:
                return Told(value, saved=True)
            sending = hidden_fields(page)
        began = time()
        status, page, _ = browser.ask(f"{crowd.home}/send", sending)
        if status != 302:
            assert (status, CLOSED in page) == (409, True), page
            return Told(value, saved=True)
        receipt = UUID(sending["sending_id"])
        return Told(value, saved=True, taken=Acknowledged(receipt, value, browser.tries, began, time()))
    finally:
        ending.answers.release()


def assert_given_back(status: int, page: str, value: int) -> None:
    """Each answer stands in the column of what was entered, in words."""
    assert (status, CLOSED in page) == (409, True), page
    entered = f'<td class="govuk-table__cell">{POINTS[value - 1]}</td></tr>'
    assert page.count(entered) == QUESTIONS, page


def close(crowd: Crowd, coordinator: Browser, ending: Ending, after: int) -> set[UUID]:
    """On the coordinator's page, once so many answers are there; who is in at that moment."""
    page = f"/p/{crowd.world.slug}/collections/{crowd.collection_id}/step/close"
    form = hidden_fields(coordinator.ask(page)[1])
    ending.start.wait()
    for _ in range(after):
        ending.answers.acquire()
    status, said, _ = coordinator.ask(page, form)
    assert status == 302, said
    return {key for key, row in held(crowd.world, crowd.collection_id).items() if row.submission}


def held(world: World, collection_id: UUID) -> dict[UUID, Response]:
    with world.session() as session:
        rows = session.execute(select(Response).where(Response.collection_id == collection_id)).scalars()
        return {row.respondent_key_id: row for row in rows}


def reopen(crowd: Crowd) -> None:
    with transaction(crowd.world.engine, Scope(partnership_id=crowd.world.partnership_id)) as session:
        row = session.get_one(Collection, (crowd.world.partnership_id, crowd.collection_id))
        row.status = CollectionStatus.OPEN


def drafted(row: Response | None) -> list[object]:
    return [each["value"] for each in (row.draft if row else {}).values() if "value" in each]


def test_what_people_send_to_a_served_site_while_it_closes_is_in_once_or_refused_and_kept(
    engine: Engine, database: Urls, clock: SetClock, site: Serving, times: Times, figure: Figure
) -> None:  # trust D9
    world, chance = build_world(engine, clock, slug="closing"), Random(18)
    closings, found = times(few=3, full=50), Counter[str]()
    crowd = gathered(world, PEOPLE * closings)
    host = site.address.removeprefix("http://").rstrip("/")
    coordinator = Browser(host, f"session={session_cookie(engine, clock, world.accounts[Role.COORDINATOR])}")
    acknowledged: dict[str, Acknowledged] = {}
    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        for number in range(closings):
            people = crowd.people[PEOPLE * number : PEOPLE * (number + 1)]
            ending = Ending()
            asked = {
                one: pool.submit(
                    answering,
                    crowd,
                    Browser(host, f"session={one.cookie}"),
                    place % 5 + 1,
                    ending,
                    saved_before=place % 2 == 0,
                )
                for place, one in enumerate(people)
            }
            closing = pool.submit(close, crowd, coordinator, ending, chance.randrange(PEOPLE * 3 // 2))
            told: dict[Invited, Told] = {one: answer.result() for one, answer in asked.items()}
            in_time, rows = closing.result(), held(world, crowd.collection_id)
            for one, said in told.items():
                row = rows.get(one.respondent_key_id)
                if said.taken is not None:
                    acknowledged[one.cookie] = said.taken
                found["late"] += bool(row and row.submission and one.respondent_key_id not in in_time)
                found["draft kept"] += said.taken is None and said.saved
                found["given back"] += not said.saved
                if said.saved:
                    assert drafted(row) == [said.value] * QUESTIONS
                else:
                    assert row is None
                assert bool(row and row.submission) == (said.taken is not None)
                if row is not None and row.submission:
                    assert values_of(row) == [said.value] * QUESTIONS
            reopen(crowd)
    count = compared(crowd, acknowledged, stored(database.migrator))
    figure(
        f"{closings} closings of a served site: {count}, late {found['late']}; refused with the draft kept"
        f" {found['draft kept']}, with the answers given back {found['given back']}"
    )
    assert_all_there_once(count)
    assert count.acknowledged == count.stored
    assert found["late"] == 0
    assert found["draft kept"] + found["given back"] == len(crowd.people) - count.acknowledged > 0
