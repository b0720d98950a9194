"""`make bench`: every benchmark, or those named; the table goes to docs/bench.md when all ran."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from tests.bench.changes import changes
from tests.bench.completions import completions
from tests.bench.estimation import estimation
from tests.bench.exports import exports
from tests.bench.hosts import hosts
from tests.bench.imports import imports
from tests.bench.level_one import level_one
from tests.bench.pages import pages, starting
from tests.bench.publishing import publishing
from tests.bench.raking import raking
from tests.bench.table import Line, as_markdown

Bench = Callable[[], tuple[str, list[Line]]]
BENCHES: dict[str, Bench] = {
    "completions": completions,
    "exports": exports,
    "publishing": publishing,
    "level_one": level_one,
    "imports": imports,
    "starting": starting,
    "pages": pages,
    "hosts": hosts,
    "changes": changes,
    "estimation": estimation,
    "raking": raking,
}
DOCS = Path(__file__).parents[2] / "docs"


def main(chosen: list[str]) -> None:
    started = time.monotonic()
    sections = {}
    for name in chosen or BENCHES:
        click.echo(f"— {name} …", err=True)
        sections[name] = BENCHES[name]()
    table = as_markdown(sections, minutes=(time.monotonic() - started) / 60)
    click.echo(table)
    if not chosen:
        (DOCS / "bench.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
