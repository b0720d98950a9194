"""`lsp-assess estimate`: survey figures from a file, by the same code as those that are published.

It needs no database and no settings. Rows are never dropped: missing answers, `--where` and `--by` are
domains, which weigh zero elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pandas as pd

from lsp_assess.cli.estimate_asked import Asked, parsed
from lsp_assess.cli.estimate_data import Data, read_data
from lsp_assess.cli.estimate_design import DESIGN_OPTIONS, Stated
from lsp_assess.cli.estimate_shown import Line, as_csv, as_json, as_table, change_line, estimate_line
from lsp_assess.cli.problems import said_problem
from lsp_assess.estimation import Design, EstimationRefused, Level, round_changes
from lsp_assess.estimation.refusal import refuse
from lsp_assess.kernel.errors import DomainError
from lsp_assess.rendering.wording import say

REFUSED = 2


@dataclass(frozen=True, slots=True)
class AskedFor(click.ParamType[Any]):
    """One or several of a kind, with commas between."""

    name: str

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return [parsed(self.name, one.strip()) for one in value.split(",") if one.strip()]
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


class Condition(click.ParamType[Any]):
    name = "column=code|code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        column, _, codes = value.partition("=")
        if not (column and codes):
            self.fail("a condition is written column=code|code", param, ctx)
        return column, tuple(codes.split("|"))


ASKED = {
    "mean": "Means of columns of numbers: q1,q2",
    "share": "Share of the answers with one of these codes: q1=4|5. Without codes, of each that occurs.",
    "distribution": "Every point of a scale, least favourable first, with top, bottom, net and mean:"
    " q1=1|2|3|4|5",
    "net": "Favourable less unfavourable answers: q1=4|5:1|2",
    "median": "Medians of columns of numbers, with Woodruff's interval.",
    "total": "Weighted totals of columns of numbers.",
    "ratio": "Ratios of two totals: q1/q2",
}


def _options(command: Callable[..., None]) -> Callable[..., None]:
    asked = [
        click.option(f"--{kind}", kind, multiple=True, type=AskedFor(kind), help=said)
        for kind, said in ASKED.items()
    ]
    rest: tuple[Callable[[Any], Any], ...] = (
        *DESIGN_OPTIONS,
        *asked,
        click.option("--by", multiple=True, help="Columns whose values divide the sample: ward,sex"),
        click.option("--rounds", help="Column of the round, where rounds are stacked."),
        click.option("--change", help="The same; the last round is compared with each before it."),
        click.option(
            "--where",
            "conditions",
            multiple=True,
            type=Condition(),
            help="Only of these: column=code|code. The rest stay in the design.",
        ),
        click.option(
            "--format",
            "form",
            default="table",
            show_default=True,
            type=click.Choice(["table", "csv", "json"]),
            help="CSV and JSON hold every digit.",
        ),
    )
    for decorate in reversed(rest):
        command = decorate(command)
    return command


@click.command()
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_options
def estimate(
    data: Path,
    by: tuple[str, ...],
    rounds: str | None,
    change: str | None,
    conditions: tuple[tuple[str, tuple[str, ...]], ...],
    form: str,
    **chosen: Any,
) -> None:
    """Estimate figures of a survey from DATA, a CSV file with a header, one row an interview.

    A missing answer is an empty cell, or a code that begins with a point (.refused).
    """
    asked: list[Asked] = [one for kind in ASKED for group in chosen.pop(kind) for one in group]
    if not asked:
        raise click.UsageError(f"Nothing is asked: name one of {', '.join(f'--{kind}' for kind in ASKED)}.")
    stated = Stated(rounds=change or rounds, **chosen)
    stated.check()
    dimensions = [name.strip() for group in by for name in group.split(",") if name.strip()]
    if change is not None:
        dimensions = list(dict.fromkeys((change, *dimensions)))
    with _refused():
        columns = [name for one in asked for name in one.columns]
        wanted = {*columns, *dimensions, *stated.numbers, *stated.labels, *(name for name, _ in conditions)}
        read = read_data(data, wanted=wanted)
        design = stated.design(_frame(read, asked, stated, dimensions, conditions))
        made = _made(asked, design, dimensions, change)
    if form == "json":
        click.echo(as_json(made.estimates, made.changes, made.notes))
    elif form == "csv":
        click.echo(as_csv(made.estimates, made.changes), nl=False)
        for note in made.notes:
            click.echo(note, err=True)
    else:
        click.echo(as_table(made.estimates, made.changes, made.notes))


@contextmanager
def _refused() -> Iterator[None]:
    """What is wrong with a file or its design, in words."""
    try:
        yield
    except DomainError as refused:
        for one in refused.problems:
            click.echo(said_problem(one), err=True)
        raise click.exceptions.Exit(REFUSED) from refused


def _frame(
    read: Data,
    asked: Sequence[Asked],
    stated: Stated,
    dimensions: Sequence[str],
    conditions: Sequence[tuple[str, tuple[str, ...]]],
) -> pd.DataFrame:
    """Who does not meet the conditions has no answers, and stays."""
    answers = pd.DataFrame({key: column for one in asked for key, column in one.prepared(read).items()})
    for column, codes in conditions:
        answers = answers.where(read.where(column, codes), None)
    divided = {name: read.labels(name) for name in (*stated.labels, *dimensions)}
    numbers = {name: read.numbers(name) for name in stated.numbers if name not in divided}
    return pd.concat([pd.DataFrame({**divided, **numbers}), answers], axis=1)


@dataclass(frozen=True, slots=True)
class _Made:
    """`notes` are what goes for all of it, and rounds that could not be compared."""

    estimates: list[Line]
    changes: list[Line]
    notes: list[str]


def _made(asked: Sequence[Asked], design: Design, by: Sequence[str], change: str | None) -> _Made:
    made = _Made([], [], [say(caveat) for caveat in design.caveats])
    levels = [] if change is None else _levels(design, change)
    for one in asked:
        found = one.made(design, by)
        estimates = found if isinstance(found, tuple) else found.estimates
        made.estimates.extend(estimate_line(one.name, one.statistic(e.statistic), e) for e in estimates)
        if isinstance(found, tuple):
            made.notes.extend([f"{one.name}: the change of a median is not estimated."] if levels else [])
            continue
        for earlier in levels[:-1]:
            try:
                changes = round_changes(found, earlier=earlier, later=levels[-1], rounds=str(change))
            except EstimationRefused as nothing:
                made.notes.extend(f"{one.name}: {say(each.what)}" for each in nothing.problems)
                continue
            made.changes.extend(
                change_line(one.name, one.statistic(c.statistic), c, earlier, levels[-1]) for c in changes
            )
    return made


def _levels(design: Design, rounds: str) -> list[Level]:
    """Oldest first. Raises where there is nothing to compare."""
    levels: list[Level] = sorted(design.frame[rounds].unique().tolist())
    if len(levels) < 2:
        only = str(levels[0])
        raise refuse("rounds_share_nothing", column=rounds, earlier=only, later=only)
    return levels
