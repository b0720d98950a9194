"""Server-side sessions. Before sign-in a signed cookie is enough; from sign-in on there is a row, found
by the hash of a random id that changes whenever another account takes the session over."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, cast

from flask import Flask, Request, Response
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from lsp_assess.config import SessionLimits
from lsp_assess.database.models.access import Account, WebSession
from lsp_assess.database.session import Scope, open_session
from lsp_assess.kernel.clock import Clock

ROW_PREFIX = "s."
ACCOUNT = "_user_id"
SEEN_EVERY_SECONDS = 60

_tags = TaggedJSONSerializer()


class DatabaseSession(SecureCookieSession):
    """`key` is what the cookie holds, None before sign-in; `owner` the account it was made for."""

    key: str | None = None
    owner: str | None = None
    stale: bool = False


class DatabaseSessions(SecureCookieSessionInterface):
    session_class = DatabaseSession

    def __init__(self, *, limits: SessionLimits) -> None:
        self.limits = limits

    def open_session(self, app: Flask, request: Request) -> DatabaseSession | None:
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if not cookie.startswith(ROW_PREFIX):
            return cast("DatabaseSession | None", super().open_session(app, request))
        now = _clock(app).now()
        with open_session(_bind(app), Scope()) as database:
            row = database.get(WebSession, hash_of_cookie(cookie))
        if row is None or now - row.seen_at > self.limits.idle or now - row.started_at > self.limits.absolute:
            return DatabaseSession()
        session = DatabaseSession(_tags.untag(row.content))
        session.key, session.owner = cookie, session.get(ACCOUNT)
        session.stale = (now - row.seen_at).total_seconds() > SEEN_EVERY_SECONDS
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, DatabaseSession)  # noqa: S101
        owner = session.get(ACCOUNT)
        if owner is None:
            if session.key is not None:
                _write(app, lambda database: _forget(database, session.key))
            super().save_session(app, session, response)
            return
        response.vary.add("Cookie")
        if session.key is not None and owner == session.owner and not (session.modified or session.stale):
            return
        previous = session.key if owner != session.owner else None
        key = session.key if owner == session.owner and session.key else ROW_PREFIX + token_urlsafe(32)
        content = _tags.tag(dict(session))
        now = _clock(app).now()

        def store(database: Any) -> None:
            _forget(database, previous)
            _store(database, key, owner, content, now)

        _write(app, store)
        self._send(app, response, key)

    def _send(self, app: Flask, response: Response, key: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            key,
            secure=self.get_cookie_secure(app),
            httponly=self.get_cookie_httponly(app),
            samesite=self.get_cookie_samesite(app),
            path=self.get_cookie_path(app),
        )


def _store(database: Any, key: str, owner: str, content: Any, now: datetime) -> None:
    account = database.execute(select_account(owner)).scalar_one()
    values = {"content": json.loads(json.dumps(content)), "seen_at": now}
    database.execute(
        insert(WebSession)
        .values(id_hash=hash_of_cookie(key), account_id=account, started_at=now, **values)
        .on_conflict_do_update(index_elements=["id_hash"], set_=values)
    )


def _forget(database: Any, key: str | None) -> None:
    if key is not None:
        database.execute(delete(WebSession).where(WebSession.id_hash == hash_of_cookie(key)))


def select_account(uniquifier: str) -> Any:
    return select(Account.id).where(Account.fs_uniquifier == uniquifier)


def hash_of_cookie(key: str) -> bytes:
    return sha256(key.encode()).digest()


def _write(app: Flask, change: Callable[[Any], None]) -> None:
    with open_session(_bind(app), Scope()) as database, database.begin():
        change(database)


def _bind(app: Flask) -> Engine | Connection:
    return cast("Engine | Connection", app.extensions["lsp_bind"])


def _clock(app: Flask) -> Clock:
    return cast("Clock", app.extensions["lsp_clock"])
