"""`lsp-assess remind`: write to the owners of actions that are due, and to partners by a round's rule."""

from dataclasses import replace
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.action_reminders import remind_owners
from lsp_assess.actions.round_reminders import remind_partners
from lsp_assess.actions.work import Work
from lsp_assess.cli.database import configured
from lsp_assess.config import Config
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.session import Scope, make_engine, transaction
from lsp_assess.kernel.clock import Clock, SetClock, SystemClock


@click.command()
def remind() -> None:
    """Write to the owners of actions that are due, and to partners who have not answered, by the rules that
    coordinators set; `serve` does it every day by itself."""
    with configured() as config:
        click.echo(f"Reminders sent: {send_reminders(config, at=SystemClock().now())}")


def send_reminders(config: Config, *, at: datetime) -> int:
    """One transaction a partnership, as the application; how many mails."""
    if config.databases is None or config.databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: partnerships cannot be listed")
    migrator, engine = make_engine(config.databases.migrator), make_engine(config.databases.application)
    try:
        with Session(migrator) as outside:
            ids = list(outside.execute(select(Partnership.id)).scalars())
        clock: Clock = SetClock(at)
        sent = 0
        for id_ in ids:
            with transaction(engine, Scope(partnership_id=id_)) as session:
                work = Work(session=session, actor=replace(SYSTEM, partnership_id=id_), clock=clock)
                sent += remind_owners(work, base_url=config.base_url)
                sent += remind_partners(work, base_url=config.base_url)
    finally:
        migrator.dispose()
        engine.dispose()
    return sent
