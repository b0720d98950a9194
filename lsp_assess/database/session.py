"""Sessions that see one partnership, or none. PostgreSQL enforces it by row-level security."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, SessionTransaction

SET_SCOPE = text(
    "SELECT set_config('app.partnership_id', :partnership, true),"
    " set_config('app.account_id', :account, true)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a session sees. Without a partnership: an account's own memberships, and no more."""

    partnership_id: UUID | None = None
    account_id: UUID | None = None


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    return create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)


def open_session(bind: Engine | Connection, scope: Scope) -> Session:
    """A session of one partnership. To switch, open another; it commits only when told to."""
    session = Session(bind, expire_on_commit=False, join_transaction_mode="create_savepoint")
    session.info["scope"] = scope
    event.listen(session, "after_begin", _set_scope)
    return session


def scope_of(session: Session) -> Scope:
    scope = session.info["scope"]
    assert isinstance(scope, Scope)  # noqa: S101  only `open_session` makes sessions
    return scope


def see_as(session: Session, scope: Scope) -> None:
    """Outside partnerships: from now on the session sees the memberships of this account too. One that is
    open needs no other connection for it. Never into a partnership, whose rows another must not hold."""
    assert scope.partnership_id is None and scope_of(session).partnership_id is None  # noqa: S101, PT018
    if scope_of(session) == scope:
        return
    session.info["scope"] = scope
    if session.in_transaction():
        _tell(session.connection(), scope)


@contextmanager
def transaction(bind: Engine | Connection, scope: Scope) -> Iterator[Session]:
    """One session, committed at the end, rolled back on any error."""
    with open_session(bind, scope) as session, session.begin():
        yield session


def _set_scope(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    _tell(connection, scope_of(session))


def _tell(connection: Connection, scope: Scope) -> None:
    # Always both, the empty string included: a pooled connection must not remember anybody.
    connection.execute(
        SET_SCOPE,
        {
            "partnership": str(scope.partnership_id or ""),
            "account": str(scope.account_id or ""),
        },
    )
