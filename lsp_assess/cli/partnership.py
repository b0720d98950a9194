"""Work in one partnership from the command line, by whoever holds the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from sqlalchemy.orm import Session

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.work import Work
from lsp_assess.cli.database import configured
from lsp_assess.config import Databases
from lsp_assess.database import slugs
from lsp_assess.database.session import Scope, make_engine, open_session
from lsp_assess.kernel.clock import SystemClock


@contextmanager
def working_in(slug: str) -> Iterator[Work]:
    """One transaction in the partnership of that short name. Nothing is committed unless the caller
    commits `work.session`."""
    with configured() as config:
        assert config.databases is not None  # noqa: S101  `configured` fills it
        partnership_id = _partnership(config.databases, slug)
        engine = make_engine(config.databases.application)
        try:
            with open_session(engine, Scope(partnership_id=partnership_id)) as session:
                yield Work(session=session, actor=SYSTEM, clock=SystemClock())
        finally:
            engine.dispose()


def _partnership(databases: Databases, slug: str) -> UUID:
    if databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: the partnership cannot be found")
    engine = make_engine(databases.migrator)
    try:
        with Session(engine) as session:
            found = slugs.partnership_id(session, slug)
            known = ", ".join(slugs.slugs(session))
    finally:
        engine.dispose()
    if found is None:
        raise click.ClickException(f"There is no partnership “{slug}”. There are: {known or 'none'}.")
    return found
