"""`lsp-assess audit`: seal the audit log, and show that what was sealed is whole."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from lsp_assess.cli.database import configured
from lsp_assess.config import Config
from lsp_assess.database import audit_seals
from lsp_assess.database.audit_seals import Chain, Head
from lsp_assess.database.session import make_engine
from lsp_assess.kernel.clock import SystemClock

ENDING = ".heads"


@click.group()
def audit() -> None:
    """Seal the audit log, and verify it."""


@audit.command()
def seal() -> None:
    """Seal what has been recorded since the last time; `serve` does it every hour by itself."""
    with configured() as config:
        heads = seal_log(config, at=SystemClock().now())
    click.echo(f"Chains sealed: {len(heads)}. Their heads are in {config.audit_head_folder}")


@audit.command()
def verify() -> None:
    """Compare every seal with its events and with the heads kept outside the database."""
    with configured() as config:
        engine = make_engine(migrator_of(config))
        try:
            chains = audit_seals.verify(engine, read_heads(config.audit_head_folder))
        finally:
            engine.dispose()
    tell_chains(chains)


def tell_chains(chains: Sequence[Chain]) -> None:
    """Ends the command with 1 where one is broken."""
    for chain in chains:
        verdict = f"BROKEN: {chain.fault}" if chain.fault else "whole"
        counted = f"{chain.seals} seals, {chain.events} events, {chain.unsealed} not sealed yet"
        click.echo(f"{chain.name}  {counted}  {verdict}")
    broken = sum(chain.fault is not None for chain in chains)
    click.echo(f"Chains: {len(chains)}, broken: {broken}")
    if broken:
        raise SystemExit(1)


def seal_log(config: Config, *, at: datetime) -> list[Head]:
    """Seal, and keep the heads outside the database before anybody is told."""
    engine = make_engine(migrator_of(config))
    try:
        with audit_seals.heads_at_rest(engine):
            heads = audit_seals.seal(engine, at=at)
            keep_heads(config.audit_head_folder, heads, at=at)
    finally:
        engine.dispose()
    return heads


def keep_heads(folder: Path, heads: Iterable[Head], *, at: datetime) -> None:
    """A line more in the file of each chain, and on the disk when this returns."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for head in heads:
        with (folder / f"{head.chain}{ENDING}").open("a", encoding="utf-8") as file:
            file.write(json.dumps({**asdict(head), "sealed_at": at.isoformat()}) + "\n")
            file.flush()
            os.fsync(file.fileno())


def read_heads(folder: Path) -> dict[str, Head]:
    """The last line of each chain's file."""
    found = {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        last = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
        found[path.stem] = Head(path.stem, last["number"], last["last_event"], last["hash"])
    return found


def migrator_of(config: Config) -> str:
    if config.databases is None or config.databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: the application may not do this")
    return config.databases.migrator
