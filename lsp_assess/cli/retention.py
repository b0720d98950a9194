"""`lsp-assess retention`: delete what has outlived its period, and show the periods."""

from datetime import datetime

import click
from sqlalchemy.orm import Session

from lsp_assess.cli.database import configured
from lsp_assess.config import Config
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.retention import run_out
from lsp_assess.database.session import make_engine
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.partnerships.retention import RETENTION, periods_of

SITE = "of no partnership"


@click.group()
def retention() -> None:
    """Delete what has outlived its period, and show the periods."""


@retention.command()
def run() -> None:
    """Delete what has expired today; `serve` does it every day by itself."""
    with configured() as config:
        gone = delete_expired(config, at=SystemClock().now())
    for name, tables in gone.items():
        click.echo(f"{name}: {sum(tables.values())} records deleted")
        for table, rows in sorted(tables.items()):
            click.echo(f"    {table}  {rows}")


@retention.command()
@click.option("--partnership", required=True, help="The partnership's short name.")
def show(partnership: str) -> None:
    """The period of each class of records, in days."""
    with configured() as config:
        engine = make_engine(_migrator(config))
        with Session(engine) as session:
            row = session.query(Partnership).filter_by(slug=partnership).one_or_none()
        engine.dispose()
    if row is None:
        raise click.ClickException(f"There is no partnership “{partnership}”.")
    for class_, days in periods_of(row.kept_days).items():
        rule = RETENTION[class_].runs_from.value.replace("_", " ")
        click.echo(f"{class_.value:20} {'kept' if days is None else f'{days} days from {rule}'}")


def delete_expired(config: Config, *, at: datetime) -> dict[str, dict[str, int]]:
    """How many rows of which table went, by the partnership's short name."""
    engine = make_engine(_migrator(config))
    try:
        gone = run_out(engine, at=at)
        with Session(engine) as session:
            slugs = {row.id: row.slug for row in session.query(Partnership.id, Partnership.slug)}
    finally:
        engine.dispose()
    return {SITE if one is None else slugs[one]: tables for one, tables in gone.items()}


def _migrator(config: Config) -> str:
    if config.databases is None or config.databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: the application may not delete")
    return config.databases.migrator
