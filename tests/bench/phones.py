"""Forty phones in the room that ask, now and then, how many have scored a part again."""

import time
from collections.abc import Sequence
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit
from uuid import UUID

from lsp_assess.actions.rescoring import take_step
from lsp_assess.assessment.rescoring import Step
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.bench.processes import served
from tests.bench.table import Line, percentile
from tests.integration.meeting.again import asked_partners
from tests.world import World, session_cookie

PHONES, EACH = 40, 5
PART = "shared_vision"
LEAST = 4.0
"""Seconds between two looks of one phone, on average and at the most often (`counting.js`)."""


def live_count(urls: Urls, world: World, collection_id: UUID) -> list[Line]:
    """As fast as the server answers, all at once; and what the room asks of it."""
    people = asked_partners(world, collection_id, PHONES)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        take_step(world.work(Role.FACILITATOR, session), collection_id, PART, Step.OPEN)
    cookies = [session_cookie(world.engine, world.clock, account) for account, _ in people]
    path = f"/p/{world.slug}/meeting/{collection_id}/parts/{PART}/again/counted"
    with served(urls) as server:
        _asked(server.url, path, cookies, times=1)
        started, cpu = time.perf_counter(), server.cpu()
        took = _asked(server.url, path, cookies, times=EACH)
        seconds, cpu = time.perf_counter() - started, server.cpu() - cpu
    return [
        Line(
            f"live count: {PHONES} phones at once",
            f"{len(took) / seconds:.0f} requests/s, {1000 * cpu / len(took):.0f} ms of processor a poll",
            f"{PHONES / LEAST:.0f} requests/s asked",
        ),
        Line(
            "live count: a poll among them",
            f"{1000 * percentile(took, 50):.0f} ms, one in twenty {1000 * percentile(took, 95):.0f} ms",
        ),
    ]


def _asked(url: str, path: str, cookies: Sequence[str], *, times: int) -> list[float]:
    """Seconds that each poll took."""
    took: list[float] = []
    phones = [Thread(target=_phone, args=(url, path, cookie, times, took)) for cookie in cookies]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert len(took) == len(cookies) * times, "a phone was not answered"
    return took


def _phone(url: str, path: str, cookie: str, times: int, took: list[float]) -> None:
    split = urlsplit(url)
    connection = HTTPConnection(str(split.hostname), split.port, timeout=60)
    headers = {"Cookie": f"session={cookie}", "Accept": "application/json"}
    for _ in range(times):
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
        took.append(time.perf_counter() - started)
