"""For whoever holds the machine: somebody has lost the telephone with their authenticator app."""

import click

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.second_factor import forget
from lsp_assess.actions.work import Work
from lsp_assess.cli.database import configured
from lsp_assess.cli.problems import said_problem
from lsp_assess.database.session import Scope, make_engine, transaction
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.kernel.errors import NotFound


@click.command()
@click.argument("email")
def reset(email: str) -> None:
    """Take the authenticator app and the recovery codes off the account of EMAIL. First make sure that it
    is really its owner who asks."""
    with configured() as config:
        assert config.databases is not None  # noqa: S101  `configured` fills it
        engine = make_engine(config.databases.application)
        try:
            with transaction(engine, Scope()) as session:
                forget(Work(session=session, actor=SYSTEM, clock=SystemClock()), email=email)
        except NotFound as unknown:
            raise click.ClickException("\n".join(map(said_problem, unknown.problems))) from unknown
        finally:
            engine.dispose()
    click.echo("Done. A new app is set up at the next sign-in.")
