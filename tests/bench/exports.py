"""Answers out of the database, record by record: `lsp-assess records` against COPY of the same rows."""

import math
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import create_engine, make_url

from lsp_assess.database.bootstrap import Urls
from tests.bench.processes import database, environment
from tests.bench.residents import released, surveyed
from tests.bench.table import REPEATS, Line, middle, over

SIZES = (10_000, 30_000, 100_000)
REFERENCE = (
    "Reference: `COPY` of the same rows (area and stored answers) into a file, by psycopg. Ours is the whole "
    "command as a process of its own, from its start to its end, with codebook and design; memory is the "
    "most that it held."
)


# What wait4 tells of a process is at least what its parent held.
COMMAND = """
import atexit, re
from pathlib import Path
from lsp_assess.cli import main
atexit.register(lambda: print(re.search("VmHWM.*", Path("/proc/self/status").read_text())[0]))
main()
"""
ROWS = """
    COPY (
        SELECT area.code, response.submission FROM answers.response
        JOIN main.area ON area.id = response.area_id
        JOIN main.collection ON collection.id = response.collection_id
        JOIN main.round ON round.id = collection.round_id
        WHERE round.number = {number} ORDER BY response.id
    ) TO STDOUT (FORMAT csv)
"""


@dataclass(frozen=True, slots=True)
class Export:
    seconds: float
    mebibytes: float


def exports() -> tuple[str, list[Line]]:
    with database() as (_, urls), TemporaryDirectory() as folder:
        engine = create_engine(urls.application)
        released(surveyed(engine, SIZES))
        engine.dispose()
        out = Path(folder) / "records.zip"
        ours = [_middle([_export(urls, number, out) for _ in range(REPEATS)]) for number in (1, 2, 3)]
        copied = [middle([_copy(urls, number, out) for _ in range(REPEATS)]) for number in (1, 2, 3)]
    lines = [
        Line(
            f"{size} responses",
            f"{size / mine.seconds:.0f} rows/s, {mine.seconds:.1f} s, {mine.mebibytes:.0f} MiB",
            f"{size / theirs:.0f} rows/s, {theirs:.2f} s",
            over(mine.seconds, theirs),
            "≤ 5 s, < 100 MiB" if size == SIZES[-1] else "",
        )
        for size, mine, theirs in zip(SIZES, ours, copied, strict=True)
    ]
    growth = math.log(ours[-1].seconds / ours[0].seconds) / math.log(SIZES[-1] / SIZES[0])
    return REFERENCE, [*lines, Line("exponent of growth", f"{growth:.2f}", aim="≤ 1.1")]


def _middle(runs: list[Export]) -> Export:
    return Export(middle([run.seconds for run in runs]), max(run.mebibytes for run in runs))


def _export(urls: Urls, number: int, out: Path) -> Export:
    arguments = ("records", "--partnership", "bench", "--rounds", str(number))
    command = (sys.executable, "-c", COMMAND, *arguments, "--agreement", "DSA-7", "--out", str(out))
    environ = environment(urls, port=1, instance=out.parent) | {"LSP_MIGRATOR_DATABASE_URL": urls.migrator}
    started = time.perf_counter()
    said = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Export(time.perf_counter() - started, int(said.split()[-2]) / 1024)


def _copy(urls: Urls, number: int, out: Path) -> float:
    address = make_url(urls.migrator).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, out.open("wb") as file:
        started = time.perf_counter()
        with connection.cursor().copy(ROWS.format(number=number)) as copy:
            for data in copy:
                file.write(data)
        return time.perf_counter() - started
