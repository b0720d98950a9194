"""`lsp-assess backup`: one moment of the whole site, taken while it runs."""

import shutil
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import click
from sqlalchemy import text

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.work import Work
from lsp_assess.cli.audit import migrator_of
from lsp_assess.cli.backup_folder import (
    DATABASE,
    HEADS,
    NAME,
    Manifest,
    expire,
    fingerprints,
    write_manifest,
    written,
)
from lsp_assess.cli.database import configured
from lsp_assess.config import Config
from lsp_assess.database.audit_seals import heads_at_rest
from lsp_assess.database.dumping import DumpFailed, dump
from lsp_assess.database.session import Scope, make_engine, transaction
from lsp_assess.kernel.clock import SystemClock


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), metavar="DAYS", help="Take away backups that are older.")
def backup(folder: Path, keep: int | None) -> None:
    """Write a backup into FOLDER, best on another machine's disk. It holds every name and every answer:
    keep it as safe as the site. The secrets of the settings are not in it: keep those apart."""
    now = SystemClock().now()
    with configured() as config:
        try:
            made = take_backup(config, folder, at=now)
        except DumpFailed as failed:
            raise click.ClickException(str(failed)) from failed
    click.echo(f"{made}")
    click.echo("Not in it: LSP_SECRET_KEY, LSP_PASSWORD_SALT and LSP_TOTP_SECRETS. Without them nobody can")
    click.echo("sign in to what is restored: keep them somewhere else.")
    for name in expire(folder, before=now - timedelta(days=keep)) if keep is not None else ():
        click.echo(f"Older than {keep} days, taken away: {name}")


def take_backup(config: Config, folder: Path, *, at: datetime) -> Path:
    """Where it is. Everything committed before this was called is in it. Raises DumpFailed."""
    migrator = migrator_of(config)
    name = at.strftime(NAME)
    _record(config, name)
    engine = make_engine(migrator)
    try:
        with (
            written(folder, at=at) as half,
            engine.connect().execution_options(isolation_level="REPEATABLE READ") as moment,
        ):
            with heads_at_rest(engine):
                snapshot = moment.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                if config.audit_head_folder.is_dir():
                    shutil.copytree(config.audit_head_folder, half / HEADS)
            head = moment.execute(text("SELECT version_num FROM migrations.alembic_version")).scalar_one()
            dump(migrator, half / DATABASE, snapshot=snapshot)
            made_at = at.isoformat()
            secrets = fingerprints(config, made_at=made_at)
            write_manifest(half, Manifest(made_at, version("lsp_assess"), head, secrets))
    finally:
        engine.dispose()
    return folder / name


def _record(config: Config, name: str) -> None:
    """All of the data are about to be read: that is noted first."""
    assert config.databases is not None  # noqa: S101  `configured` fills it
    engine = make_engine(config.databases.application)
    with transaction(engine, Scope()) as session:
        work = Work(session=session, actor=SYSTEM, clock=SystemClock())
        work.record("backup_taken", object_kind="backup", object_id=name)
    engine.dispose()
