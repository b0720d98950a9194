"""What `serve` sees to by itself while the site runs, since web and worker could not be trusted to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from lsp_assess.config import Config
from lsp_assess.database.embedded import EmbeddedFailed, revive_embedded
from lsp_assess.kernel.clock import Clock

CLEARED_EVERY = timedelta(days=1)
SEALED_EVERY = timedelta(hours=1)
REMINDED_EVERY = timedelta(days=1)
TRIED_AGAIN = timedelta(minutes=1)


@dataclass
class Chore:
    name: str
    command: str
    every: timedelta
    do: Callable[[datetime], object]
    due: datetime | None = None

    def see_to(self, now: datetime) -> None:
        """Whatever goes wrong is told of and tried again: the site goes on, and so do the other chores."""
        if self.due is not None and now < self.due:
            return
        try:
            self.do(now)
            self.due = now + self.every
        except Exception as failed:  # noqa: BLE001  none of them is worth the end of the site
            self.due = now + TRIED_AGAIN
            click.echo(
                f"{self.name} failed: {_kind(failed)}. It is tried again in a minute; "
                f"`lsp-assess {self.command}` shows more.",
                err=True,
            )


def tending(config: Config, *, clock: Clock) -> Callable[[], None]:
    """To be called every few seconds. The database is no child of the supervisor alone, so that it is asked
    after."""
    databases = config.databases
    chores: tuple[Chore, ...] = ()
    if databases is not None and databases.migrator is not None:
        chores = (
            Chore(
                "Deleting what has expired", "retention run", CLEARED_EVERY, lambda now: _clear(config, now)
            ),
            Chore("Sealing the audit log", "audit seal", SEALED_EVERY, lambda now: _seal(config, now)),
            Chore(
                "Reminding owners and partners", "remind", REMINDED_EVERY, lambda now: _remind(config, now)
            ),
        )

    def tend() -> None:
        if databases is not None and databases.embedded is not None:
            try:
                revive_embedded(databases.embedded)
            except (EmbeddedFailed, OSError) as failed:
                click.echo(str(failed), err=True)
                return
        for chore in chores:
            chore.see_to(clock.now())

    return tend


# Each takes a second to import, which whoever waits for the site need not wait for.
def _clear(config: Config, now: datetime) -> None:
    from lsp_assess.cli.retention import delete_expired  # noqa: PLC0415

    delete_expired(config, at=now)


def _seal(config: Config, now: datetime) -> None:
    from lsp_assess.cli.audit import seal_log  # noqa: PLC0415

    seal_log(config, at=now)


def _remind(config: Config, now: datetime) -> None:
    from lsp_assess.cli.reminders import send_reminders  # noqa: PLC0415

    send_reminders(config, at=now)


def _kind(failed: Exception) -> str:
    """Of what the database refused its own name; never its text, which may hold what somebody wrote."""
    return type(failed.orig if isinstance(failed, DBAPIError) else failed).__name__
