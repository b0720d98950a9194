"""Reading answers for estimation, as a role that has no right on contacts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from lsp_assess.database.tenancy import RESEARCH

BEGIN, END = text(f"SET LOCAL ROLE {RESEARCH}"), text("SET LOCAL ROLE NONE")


@contextmanager
def reading_answers(session: Session) -> Iterator[None]:
    """Until it ends, the session may only read, and no name, address or account. An error ends the
    transaction, and with it the role."""
    session.execute(BEGIN)
    yield
    session.execute(END)
