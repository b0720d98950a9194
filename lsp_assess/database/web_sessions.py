"""Signed-in browsers, known by the hash of what their cookie holds."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from lsp_assess.database.base import Json
from lsp_assess.database.models.access import Account, WebSession


def find(session: Session, id_hash: bytes) -> tuple[WebSession, Account] | None:
    """With the account that it was made for: the next thing that a request asks for."""
    row = session.execute(FOUND, {"id_hash": id_hash}).one_or_none()
    return None if row is None else (row[0], row[1])


def begin(
    session: Session,
    *,
    id_hash: bytes,
    uniquifier: str,
    content: Json,
    started_at: datetime,
    seen_at: datetime,
) -> None:
    account_id = session.execute(select(Account.id).where(Account.fs_uniquifier == uniquifier)).scalar_one()
    session.add(
        WebSession(
            id_hash=id_hash, account_id=account_id, content=content, started_at=started_at, seen_at=seen_at
        )
    )


def keep(session: Session, *, id_hash: bytes, content: Json, seen_at: datetime) -> None:
    """Nothing where the row is gone: a request that was still under way does not undo a sign-out."""
    session.execute(
        update(WebSession).where(WebSession.id_hash == id_hash).values(content=content, seen_at=seen_at)
    )


def end(session: Session, id_hash: bytes) -> None:
    session.execute(delete(WebSession).where(WebSession.id_hash == id_hash))


def end_all_of(session: Session, account: Account) -> None:
    session.execute(delete(WebSession).where(WebSession.account_id == account.id))


FOUND = (
    select(WebSession, Account)
    .join(Account, Account.id == WebSession.account_id)
    .where(WebSession.id_hash == bindparam("id_hash"))
)
