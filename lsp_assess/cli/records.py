"""`lsp-assess records`: the answers to one questionnaire in one round, for research under an agreement."""

from pathlib import Path

import click

from lsp_assess.actions.records import hand_over_records
from lsp_assess.cli.half_written import half_written
from lsp_assess.cli.partnership import working_in
from lsp_assess.kernel.errors import NotFound


@click.command()
@click.option("--partnership", required=True, help="The partnership's short name.")
@click.option("--round", "round_number", required=True, type=int, help="The round's number.")
@click.option("--questionnaire", required=True, help="The questionnaire's name, such as resident_survey.")
@click.option("--agreement", required=True, help="Reference of the written agreement; it is recorded.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The CSV to write."
)
def records(partnership: str, round_number: int, questionnaire: str, agreement: str, out: Path) -> None:
    """Write the answers record by record: closed questions only, no names, no addresses."""
    try:
        with (
            working_in(partnership) as work,
            half_written(out) as half,
            half.open("w", encoding="utf-8", newline="") as file,
        ):
            count = hand_over_records(
                work,
                round_number=round_number,
                instrument=questionnaire,
                agreement=agreement,
                out=file,
            )
            work.session.commit()
    except NotFound as missing:
        raise click.ClickException(
            f"Round {round_number} has no questionnaire “{questionnaire}”."
        ) from missing
    click.echo(f"{out} ({count} records)")
