import os

import click

from lsp_assess.actions.starting import check_start
from lsp_assess.config import Environment, Misconfigured, load_config
from lsp_assess.jobs.queue import run_worker


@click.command()
def worker() -> None:
    """Do the long work that pages have asked for, until told to stop."""
    try:
        config = load_config(os.environ)
    except Misconfigured as refused:
        raise click.ClickException(str(refused)) from refused
    if config.databases is None:
        raise click.ClickException(
            "LSP_DATABASE_URL is missing; `lsp-assess serve` starts a worker by itself"
        )
    check_start(config.databases.application, must_keep=config.environment is Environment.PRODUCTION)
    run_worker(config)
