"""The 6 545 rows of Somerville, from the file to stored answers, against COPY of the same file."""

import csv
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, make_url

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.response_imports import import_responses
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.bench.processes import database
from tests.bench.table import REPEATS, Line, middle, over
from tests.world import build_world

PROJECT = Path(__file__).parents[2]
RAW = PROJECT.parent / "shared" / "data" / "residents" / "somerville_2011_2013_2015.csv"
EXAMPLES = PROJECT / "docs" / "examples"
REFERENCE = "Reference: `COPY` of the same file into a table of texts, by psycopg."


def imports() -> tuple[str, list[Line]]:
    if not RAW.is_file():
        return "NOT RUN: ../shared is missing.", []
    with database() as (_, urls):
        ours = middle([_import(urls, slug=f"town-{n}") for n in range(REPEATS)])
        copied = middle([_copy(urls) for _ in range(REPEATS)])
    return REFERENCE, [
        Line("Somerville, 6 545 rows", f"{ours:.1f} s", f"{copied:.2f} s", over(ours, copied), "≤ 10 s")
    ]


def _import(urls: Urls, *, slug: str) -> float:
    engine = create_engine(urls.application)
    world = build_world(engine, SetClock(datetime.now(UTC)), slug=slug)
    started = time.perf_counter()
    with transaction(engine, Scope(partnership_id=world.partnership_id)) as session:
        import_responses(
            world.work(Role.COORDINATOR, session),
            file=Upload(RAW.name, RAW.read_bytes()),
            mapping=Upload("m.yaml", (EXAMPLES / "somerville_responses.yaml").read_bytes()),
            questionnaire=Upload("s.yaml", (EXAMPLES / "somerville_survey.yaml").read_bytes()),
        )
    taken = time.perf_counter() - started
    engine.dispose()
    return taken


def _copy(urls: Urls) -> float:
    address = make_url(urls.migrator).set(drivername="postgresql").render_as_string(hide_password=False)
    with RAW.open(encoding="utf-8", errors="replace", newline="") as file, psycopg.connect(address) as into:
        header = next(csv.reader(file))
        columns = ", ".join(f"c{n} text" for n in range(len(header)))
        started = time.perf_counter()
        into.execute(f"CREATE TEMPORARY TABLE raw ({columns})")
        with into.cursor().copy("COPY raw FROM STDIN (FORMAT csv)") as copy:
            copy.write(file.read())
        return time.perf_counter() - started
