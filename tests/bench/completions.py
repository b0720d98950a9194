"""Completions: a page of thirty questions asked for and its answers posted, by signed-in partners."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
from sqlalchemy import create_engine, make_url

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from tests.bench.partners import asked_partners
from tests.bench.processes import Server, cpu_of, database, served
from tests.bench.table import REPEATS, Line, middle, over, percentile

AT_ONCE = (1, 4, 16)
EACH, EACH_BARE, WARM = 200, 1000, 20
REFERENCE = (
    "Reference: bare Flask and psycopg on the same server settings (2 workers × 4 threads), serving the same "
    "bytes as the form and inserting the same body. Clients are a process of their own on the same cores."
)


@dataclass(frozen=True, slots=True)
class Load:
    rate: float
    p50: float
    p95: float
    p99: float
    web: float
    both: float


def completions() -> tuple[str, list[Line]]:
    with database() as (server, urls):
        engine = create_engine(urls.application)
        partners = asked_partners(engine, number=REPEATS * len(AT_ONCE) * EACH + 2 * WARM)
        engine.dispose()
        with served(urls) as site:
            first = partners.pop()
            page = urlopen(Request(site.url + first["page"], headers={"Cookie": first["cookie"]})).read()
            driven(site, server, [partners.pop() for _ in range(WARM)], at_once=4)
            ours = {
                n: [driven(site, server, taken(partners, EACH), at_once=n) for _ in range(REPEATS)]
                for n in AT_ONCE
            }
        bare = bare_loads(server, urls, page)
    lines = []
    for n in AT_ONCE:
        lines += compared(n, ours[n], bare[n])
    return REFERENCE, lines


def taken(partners: list[dict[str, str]], number: int) -> list[dict[str, str]]:
    return [partners.pop() for _ in range(number)]


def bare_loads(server: EmbeddedServer, urls: Urls, page: bytes) -> dict[int, list[Load]]:
    kept = server.place.home / "page.html"
    kept.write_bytes(page)
    address = make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE bare (id bigserial PRIMARY KEY, body text, at timestamptz DEFAULT now())"
        )
    os.environ |= {"BENCH_PAGE": str(kept), "BENCH_DATABASE": address}
    with served(urls, application="tests.bench.bare:app") as site:
        same = {"cookie": "none=1", "page": "/form"}
        driven(site, server, [same] * WARM, at_once=4)
        return {
            n: [driven(site, server, [same] * EACH_BARE, at_once=n) for _ in range(REPEATS)] for n in AT_ONCE
        }


def driven(site: Server, server: EmbeddedServer, partners: list[dict[str, str]], *, at_once: int) -> Load:
    postmaster = int((Path(server.place.data) / "postmaster.pid").read_text().split()[0])
    web, base = site.cpu(), cpu_of(postmaster)
    plan = {"url": site.url, "at_once": at_once, "partners": partners}
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    number, spent = len(partners), site.cpu() - web
    return Load(
        rate=number / found["seconds"],
        p50=percentile(found["took"], 50),
        p95=percentile(found["took"], 95),
        p99=percentile(found["took"], 99),
        web=spent / number,
        both=(spent + cpu_of(postmaster) - base) / number,
    )


def compared(at_once: int, ours: list[Load], bare: list[Load]) -> list[Line]:
    def line(what: str, measure: str, unit: str, scale: float = 1, aim: str = "") -> Line:
        mine, theirs = (scale * middle([getattr(load, measure) for load in loads]) for loads in (ours, bare))
        return Line(
            f"{at_once} at once: {what}",
            f"{mine:.1f} {unit}",
            f"{theirs:.1f} {unit}",
            over(mine, theirs),
            aim,
        )

    return [
        line("completions", "rate", "/s", aim="≥ 0.20"),
        line("p50", "p50", "ms", 1000),
        line("p95", "p95", "ms", 1000),
        line("p99", "p99", "ms", 1000),
        line("web processor", "web", "ms", 1000, aim="≤ 15 ms"),
        line("web and database processor", "both", "ms", 1000, aim="≤ 22 ms"),
    ]
