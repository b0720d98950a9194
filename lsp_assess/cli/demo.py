"""`lsp-assess demo`: the demonstration partnership, loaded once, and the site to look at it with."""

import os
import sys

import click

from lsp_assess.cli.database import configured
from lsp_assess.cli.migrate import bring_up_to_date
from lsp_assess.cli.serve import PORT, address, serve_site
from lsp_assess.config import Config, Environment
from lsp_assess.database.session import make_engine
from lsp_assess.demonstration.accounts import Keys, sign_ins
from lsp_assess.demonstration.loading import STEPS, is_loaded, load
from lsp_assess.kernel.clock import SystemClock

ISSUER = "lsp_assess"


@click.command()
@click.option("--no-serve", "only_load", is_flag=True, help="Load it, and end.")
@click.option("--port", default=PORT, show_default=True, help="Where on 127.0.0.1 the site answers.")
def demo(only_load: bool, port: int) -> None:
    """Load the demonstration partnership, which a second time does nothing, and serve it."""
    with configured(LSP_BASE_URL=address(port)) as config:
        if config.environment is Environment.PRODUCTION:
            raise click.ClickException("The demonstration is not for an installation in use (production)")
        if config.databases is not None and config.databases.migrator is not None:
            bring_up_to_date(config)
        keys = keys_of(config)
        _load(config, keys)
        if only_load:
            _announce(config, keys)
        else:
            serve_site(config, port=port, announce=lambda: _announce(config, keys))


def keys_of(config: Config) -> Keys:
    return Keys(config.secret_key, config.password_salt, config.totp_secrets, ISSUER)


def _load(config: Config, keys: Keys) -> None:
    assert config.databases is not None  # noqa: S101  `configured` fills it
    engine = make_engine(config.databases.application)
    try:
        if is_loaded(engine):
            return
        steps = load(engine, now=SystemClock().now(), keys=keys)
        with click.progressbar(
            steps,
            length=len(STEPS),
            label="Loading the demonstration",
            item_show_func=lambda step: step.name if step is not None else None,
            file=sys.stderr,
        ) as bar:
            for _ in bar:
                pass
    finally:
        engine.dispose()


def _announce(config: Config, keys: Keys) -> None:
    click.echo(f"The site: {config.base_url}{os.linesep}")
    click.echo("Sign in with (the six digits change every 30 seconds):")
    for one in sign_ins(keys):
        code = one.code()
        factor = f"  code {code}" if code is not None else ""
        click.echo(f"  {one.role.value:<14}{one.email:<38}{one.pass_phrase}{factor}")
