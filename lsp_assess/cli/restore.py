"""`lsp-assess restore`: a backup put back, and shown to hold."""

import shutil
from datetime import datetime
from pathlib import Path

import click

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.work import Work
from lsp_assess.cli.audit import ENDING, migrator_of, read_heads, tell_chains
from lsp_assess.cli.backup_folder import DATABASE, HEADS, Damaged, Manifest, fingerprints, verified
from lsp_assess.cli.database import configured, make_roles
from lsp_assess.cli.migrate import bring_up_to_date
from lsp_assess.config import Config
from lsp_assess.database import audit_seals
from lsp_assess.database.dumping import DumpFailed, clear, is_filled, is_in_use, load
from lsp_assess.database.migrate import is_known
from lsp_assess.database.session import Scope, make_engine, transaction
from lsp_assess.kernel.clock import SystemClock
from lsp_assess.shipped import shipped_folder


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Take away what is in this installation's database.")
def restore(backup: Path, replace: bool) -> None:
    """Put BACKUP into this installation, which must be stopped, and empty unless --replace is given."""
    with configured() as config:
        make_roles(config)
        try:
            manifest = verified(backup)
            _check_target(config, manifest, replace=replace)
            restore_backup(config, backup, manifest, at=SystemClock().now())
        except (Damaged, DumpFailed) as failed:
            raise click.ClickException(str(failed)) from failed
        click.echo(f"Restored as of {manifest.made_at}. Whoever was signed in has to sign in again.")
        if others := _other_secrets(config, manifest):
            click.echo(f"WARNING: other than when it was made: {', '.join(others)}. Nobody can sign in until")
            click.echo("this installation is given the secrets of that time.")
        _verify(config)


def restore_backup(config: Config, backup: Path, manifest: Manifest, *, at: datetime) -> None:
    """Replaces what is there, migrates it forward, and sets the heads of the audit chains back."""
    migrator = migrator_of(config)
    clear(migrator)
    load(migrator, backup / DATABASE)
    bring_up_to_date(config)
    _set_heads_back(config.audit_head_folder, backup / HEADS, at=at)
    assert config.databases is not None  # noqa: S101  `configured` fills it
    engine = make_engine(config.databases.application)
    with transaction(engine, Scope()) as session:
        work = Work(session=session, actor=SYSTEM, clock=SystemClock())
        work.record("restored", object_kind="backup", object_id=backup.name, made_at=manifest.made_at)
    engine.dispose()


def _check_target(config: Config, manifest: Manifest, *, replace: bool) -> None:
    if not is_known(manifest.migration, scripts=shipped_folder("migrations")):
        raise click.ClickException(
            f"The backup is of a newer version ({manifest.version}): install that one first"
        )
    engine = make_engine(migrator_of(config))
    try:
        if is_in_use(engine):
            raise click.ClickException("The site is running on this database: stop it first")
        if not replace and is_filled(engine):
            raise click.ClickException("There are people in this database: --replace takes them away")
    finally:
        engine.dispose()


def _set_heads_back(folder: Path, kept: Path, *, at: datetime) -> None:
    """What was there is put aside, since it may tell of what happened after the backup."""
    aside = folder / f"before-{at:%Y%m%dT%H%M%SZ}"
    for path in list(folder.glob(f"*{ENDING}")):
        aside.mkdir(exist_ok=True)
        path.rename(aside / path.name)
    if kept.is_dir():
        shutil.copytree(kept, folder, dirs_exist_ok=True)


def _other_secrets(config: Config, manifest: Manifest) -> list[str]:
    ours = fingerprints(config, made_at=manifest.made_at)
    return [name for name, print_ in manifest.secrets.items() if ours.get(name) != print_]


def _verify(config: Config) -> None:
    engine = make_engine(migrator_of(config))
    try:
        tell_chains(audit_seals.verify(engine, read_heads(config.audit_head_folder)))
    finally:
        engine.dispose()
