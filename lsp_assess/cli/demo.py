"""`lsp-assess demo`: the demonstration partnership, loaded once, and the site to look at it with."""

import sys
from pathlib import Path

import click
from sqlalchemy import Engine

from lsp_assess.cli.database import configured
from lsp_assess.cli.migrate import bring_up_to_date
from lsp_assess.cli.serve import PORT, address, serve_site
from lsp_assess.config import Config, Environment
from lsp_assess.database.session import make_engine
from lsp_assess.demonstration.accounts import Keys, sign_ins
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.kernel.errors import DomainError
from lsp_assess.rendering.wording import say

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
        keys = Keys(config.secret_key, config.password_salt, config.totp_secrets, ISSUER)
        _prepare(config, keys)
        if only_load:
            _announce(config, keys)
        else:
            serve_site(config, port=port, announce=lambda: _announce(config, keys))


def report_place(config: Config) -> Path:
    return config.instance / "demo" / "comparative-report.pdf"


def _prepare(config: Config, keys: Keys) -> None:
    """What is missing of the records, the releases and the report."""
    # What computes and draws takes seconds to import; a second start needs none of it.
    from lsp_assess.demonstration.progress import steps_left  # noqa: PLC0415

    assert config.databases is not None  # noqa: S101  `configured` fills it
    engine = make_engine(config.databases.application)
    try:
        left = steps_left(engine)
        if left:
            _load(engine, keys, left, config.base_url)
        if left or not report_place(config).exists():
            _write_report(engine, report_place(config))
    finally:
        engine.dispose()


def _load(engine: Engine, keys: Keys, left: int, base_url: str) -> None:
    from lsp_assess.demonstration.loading import load  # noqa: PLC0415

    with click.progressbar(
        load(engine, now=SystemClock().now(), keys=keys, base_url=base_url),
        length=left,
        label="Loading the demonstration",
        item_show_func=lambda step: step.name if step is not None else None,
        file=sys.stderr,
    ) as bar:
        for _ in bar:
            pass


def _write_report(engine: Engine, place: Path) -> None:
    from lsp_assess.demonstration.loading import demonstration_report  # noqa: PLC0415
    from lsp_assess.rendering.report import render_report  # noqa: PLC0415

    with click.progressbar(length=1, label="Drawing the comparative report", file=sys.stderr) as bar:
        try:
            content = render_report(demonstration_report(engine))
        except DomainError as refused:
            said = "; ".join(say(one.what) for one in refused.problems)
            raise click.ClickException(f"The report could not be drawn: {said}") from refused
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".part")
        draft.write_bytes(content)
        draft.replace(place)
        bar.update(1)


def _announce(config: Config, keys: Keys) -> None:
    click.echo(f"\nThe site     {config.base_url}")
    click.echo(f"The report   {report_place(config)}\n")
    click.echo(
        "Sign in with one of these. A code lasts 30 seconds: `lsp-assess demo --no-serve` prints new ones."
    )
    for one in sign_ins(keys):
        code = one.code()
        factor = f"   code {code}" if code is not None else ""
        click.echo(f"  {one.role.value:<14}{one.email:<38}{one.pass_phrase}{factor}")
