"""`lsp-assess report`: the comparative report of published rounds, as a PDF."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import click

from lsp_assess.actions.reporting import report_of_rounds
from lsp_assess.actions.work import Work
from lsp_assess.cli.half_written import half_written
from lsp_assess.cli.partnership import working_in
from lsp_assess.cli.problems import said_problem
from lsp_assess.database.rounds import rounds as rounds_of
from lsp_assess.kernel.errors import DomainError
from lsp_assess.rendering.report import render_report
from lsp_assess.rendering.wording import languages


@click.command()
@click.option("--partnership", required=True, help="The partnership's short name.")
@click.option("--rounds", required=True, help="Numbers or names of published rounds, with commas between.")
@click.option("--lang", "language", default="en", show_default=True, type=click.Choice(languages()))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write."
)
def report(partnership: str, rounds: str, language: str, out: Path) -> None:
    """Write the comparative report of chosen rounds."""
    try:
        with working_in(partnership) as work:
            write_report(work, rounds=_chosen(work, rounds), language=language, out=out)
    except DomainError as refused:
        for one in refused.problems:
            click.echo(said_problem(one), err=True)
        raise click.exceptions.Exit(1) from refused
    click.echo(f"{out} ({out.stat().st_size / 1024:.0f} KB)")


def write_report(work: Work, *, rounds: Sequence[UUID], language: str, out: Path) -> None:
    """The file is there whole or not at all. Raises NotFound, Invalid or CannotRender."""
    content = render_report(report_of_rounds(work.session, rounds), language=language)
    with half_written(out) as half:
        half.write_bytes(content)
        half.chmod(0o644)


def _chosen(work: Work, given: str) -> list[UUID]:
    known = sorted(rounds_of(work.session), key=lambda one: one.number)
    by_name = {str(one.number): one.id for one in known} | {one.name.casefold(): one.id for one in known}
    names = [name.strip() for name in given.split(",") if name.strip()]
    unknown = [name for name in names if name.casefold() not in by_name]
    if unknown or not names:
        there = ", ".join(f"{one.number} ({one.name})" for one in known) or "none"
        missing = f"There is no round {', '.join(unknown)}." if unknown else "No round is named."
        raise click.ClickException(f"{missing} There are: {there}.")
    return [by_name[name.casefold()] for name in names]
