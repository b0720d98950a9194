"""The database that a command works on: the configured one, or the embedded one while it is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from lsp_assess.config import Config, Databases, Misconfigured, load_config
from lsp_assess.database.bootstrap import prepare
from lsp_assess.database.embedded import EmbeddedFailed, start_embedded

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
