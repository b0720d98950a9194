"""`lsp-assess records`: the research file of the resident survey, under an agreement in force."""

from pathlib import Path

import click

from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.records import hand_over_records
from lsp_assess.actions.work import Work
from lsp_assess.cli.half_written import half_written
from lsp_assess.cli.partnership import working_in
from lsp_assess.cli.problems import said_problem
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.kernel.errors import DomainError, NotFound
from lsp_assess.rendering.wording import say


@click.command()
@click.option("--partnership", required=True, help="The partnership's short name.")
@click.option("--rounds", help="Numbers of published rounds, with commas between; all of them otherwise.")
@click.option("--agreement", required=True, help="Where the agreement can be read, as it was recorded.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The ZIP to write."
)
def records(partnership: str, rounds: str | None, agreement: str, out: Path) -> None:
    """Write the research file: records without names or addresses, a codebook, a README."""
    try:
        with working_in(partnership) as work:
            chosen = _agreement(work, agreement)
            with half_written(out) as half, half.open("wb") as file:
                count = hand_over_records(
                    work, agreement_id=chosen.id, rounds=_numbers(rounds), say=say, out=file
                )
            work.session.commit()
    except NotFound as missing:
        raise click.ClickException("No round with a resident survey has been published.") from missing
    except DomainError as refused:
        raise click.ClickException("\n".join(map(said_problem, refused.problems))) from refused
    click.echo(f"{out} ({count} records)")


def _agreement(work: Work, reference: str) -> SharingAgreement:
    known = {one.reference: one for one in research_agreements(work)}
    if reference not in known:
        there = ", ".join(f"“{each}”" for each in known) or "none"
        raise click.ClickException(
            f"No agreement for research that is in force can be read at “{reference}”. There are: {there}."
        )
    return known[reference]


def _numbers(given: str | None) -> list[int] | None:
    if given is None:
        return None
    try:
        return [int(number) for number in given.split(",")]
    except ValueError as wrong:
        raise click.BadParameter(
            f"“{given}” holds something that is not a number", param_hint="--rounds"
        ) from wrong
