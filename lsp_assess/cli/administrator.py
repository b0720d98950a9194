"""For whoever holds the machine: who may make partnerships and appoint their coordinators."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.administration import end_administrator, make_administrator
from lsp_assess.actions.welcome import CHOOSE_PASS_PHRASE
from lsp_assess.actions.work import Work
from lsp_assess.cli.database import configured
from lsp_assess.cli.problems import said_problem
from lsp_assess.database.session import Scope, make_engine, transaction
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.kernel.errors import NotFound


@click.group()
def administrator() -> None:
    """Say who may make partnerships and appoint their coordinators."""


@administrator.command()
@click.argument("email")
def add(email: str) -> None:
    """EMAIL may administer from now on; it needs a pass phrase and an authenticator app to sign in."""
    with _working() as (work, base_url):
        account = make_administrator(work, email=email)
        known = account.password is not None
    click.echo(f"{email} may make partnerships now, at {base_url}/administration/")
    if not known:
        click.echo(f"First a pass phrase has to be chosen: {base_url}{CHOOSE_PASS_PHRASE}")


@administrator.command()
@click.argument("email")
def remove(email: str) -> None:
    """EMAIL may no longer administer, and is signed out."""
    try:
        with _working() as (work, _base_url):
            end_administrator(work, email=email)
    except NotFound as unknown:
        raise click.ClickException("\n".join(map(said_problem, unknown.problems))) from unknown
    click.echo(f"{email} may no longer make partnerships.")


@contextmanager
def _working() -> Iterator[tuple[Work, str]]:
    """One transaction outside the partnerships, and where the site is."""
    with configured() as config:
        assert config.databases is not None  # noqa: S101  `configured` fills it
        engine = make_engine(config.databases.application)
        try:
            with transaction(engine, Scope()) as session:
                yield Work(session=session, actor=SYSTEM, clock=SystemClock()), config.base_url
        finally:
            engine.dispose()
