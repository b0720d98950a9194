"""The database that a command works on: the configured one, or the embedded one while it is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from lsp_assess.config import Config, Databases, Misconfigured, load_config
from lsp_assess.database.bootstrap import prepare
from lsp_assess.database.embedded import EmbeddedFailed, start_embedded
from lsp_assess.database.tenancy import APPLICATION, MIGRATOR

NAME = "lsp_assess"


@contextmanager
def configured(**settings: str) -> Iterator[Config]:
    """The settings of this installation with `databases` filled in; `settings` stand in for what the
    environment does not say."""
    try:
        config = load_config({**settings, **os.environ})
    except Misconfigured as refused:
        raise click.ClickException(str(refused)) from refused
    if config.databases is not None:
        yield config
        return
    try:
        home = config.instance / "postgres"
        server = start_embedded(home)
    except (EmbeddedFailed, OSError) as failed:
        raise click.ClickException(f"The embedded database cannot be used. {failed}") from failed
    try:
        urls = prepare(server.url, database=NAME, password_of=server.password_of)
        yield replace(config, databases=Databases(urls.application, urls.migrator, server.url, home))
    finally:
        server.stop()


def make_roles(config: Config) -> None:
    """Where a superuser's address is given: the roles, with the passwords of their own addresses, and the
    database. The embedded server has them already."""
    databases = config.databases
    if databases is None or databases.bootstrap is None or databases.embedded is not None:
        return
    addresses = [make_url(url) for url in (databases.application, databases.migrator) if url]
    passwords = {str(url.username): str(url.password) for url in addresses}
    if set(passwords) != {APPLICATION, MIGRATOR}:
        raise click.ClickException(
            f"LSP_DATABASE_URL and LSP_MIGRATOR_DATABASE_URL must name {APPLICATION} and {MIGRATOR}"
        )
    try:
        prepare(databases.bootstrap, database=str(addresses[0].database), password_of=passwords.__getitem__)
    except (OperationalError, ProgrammingError) as refused:
        raise click.ClickException(
            f"LSP_BOOTSTRAP_DATABASE_URL: roles and database could not be made. {refused.orig}"
        ) from refused
