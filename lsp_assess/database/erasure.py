"""Rows about somebody deleted, and the names of others' rows freed of them."""

from uuid import UUID

from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from lsp_assess.database.base import Base
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import HeldFile, Mail
from lsp_assess.database.session import SET_SCOPE, scope_of
from lsp_assess.database.subjects import BY_ACCOUNT, Found

KEPT = frozenset({"released_text", "evidence"})
"""Of the one the words are redacted, and the tombstone stays; the other is the partnership's, whoever has
added it."""

FORGET_JOBS = text(
    "DELETE FROM jobs.procrastinate_jobs WHERE args->>'account_id' = :account AND status <> 'doing'"
)


def erase(session: Session, found: Found) -> dict[str, int]:
    """How many rows of which table went. References by an account's id stay where they lead nowhere now."""
    for (table, column), ids in found.named.items():
        if ids and column not in BY_ACCOUNT:
            session.execute(update(table).where(table.c.id.in_(ids)).values({column: None}))
    session.execute(
        delete(HeldFile)
    )  # a file that waits for its confirmation may hold anybody; it is sent again
    gone: dict[str, int] = {}
    for table in reversed(Base.metadata.sorted_tables):
        rows = found.own.get(table, {})
        if rows and table.name not in KEPT and table.schema != "access":
            key = next(column for column in table.primary_key if column.name != "partnership_id")
            session.execute(delete(table).where(key.in_(list(rows))))
            gone[table.fullname] = len(rows)
    session.expire_all()
    return gone


def erase_account(session: Session, account_id: UUID, email: str) -> None:
    """The sign-in with its sessions and passkeys, the mail to it that belongs to no partnership, and what
    waits to be done for it."""
    scope = scope_of(session)
    session.execute(FORGET_JOBS, {"account": str(account_id)})
    session.execute(SET_SCOPE, {"partnership": "", "account": ""})
    session.execute(delete(Mail).where(Mail.to_address == email))
    session.execute(
        SET_SCOPE,
        {"partnership": str(scope.partnership_id or ""), "account": str(scope.account_id or "")},
    )
    session.execute(delete(Account).where(Account.id == account_id))
    session.expire_all()
