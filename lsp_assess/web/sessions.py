"""Server-side sessions. Before sign-in a signed cookie is enough; from sign-in on there is a row, found
by the hash of a random id. The id changes when another account takes the session over, and when the
person proves again who they are."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from secrets import token_urlsafe
from typing import cast

from flask import Flask, Request, Response, request, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from lsp_assess.config import SessionLimits
from lsp_assess.database import web_sessions as stored
from lsp_assess.database.base import Json
from lsp_assess.database.models.access import Account
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import Clock
from lsp_assess.web.transactions import session_of

ROW_PREFIX = "s."
ACCOUNT = "_user_id"
PROVED_AT = "fs_paa"  # Flask-Security's moment of the last pass phrase
SEEN_EVERY_SECONDS = 60
UNSTORED = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE)
"""Answers with which nothing is stored, the session neither."""

_tags = TaggedJSONSerializer()


class DatabaseSession(SecureCookieSession):
    """`key` is what the cookie holds, None before sign-in; `owner` the account it was made for by its
    name in the cookie, `account` the same as it stands now. `failure` is
    why it is not known who comes: the request is to be refused before anything else."""

    key: str | None = None
    owner: str | None = None
    account: Account | None = None
    proved_at: float | None = None
    started_at: datetime | None = None
    stale: bool = False
    failure: SQLAlchemyError | None = None

    def is_taken_over(self) -> bool:
        return self.key is None or self.get(ACCOUNT) != self.owner

    def is_elevated(self) -> bool:
        return bool(self.get(PROVED_AT) != self.proved_at)


class DatabaseSessions(SecureCookieSessionInterface):
    session_class = DatabaseSession

    def __init__(self, *, limits: SessionLimits) -> None:
        self.limits = limits

    def open_session(self, app: Flask, request: Request) -> DatabaseSession | None:
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if not cookie.startswith(ROW_PREFIX):
            return cast("DatabaseSession | None", super().open_session(app, request))
        now = _clock(app).now()
        try:
            found = stored.find(session_of(Scope()), hash_of_cookie(cookie))
        except SQLAlchemyError as failure:
            unknown = DatabaseSession()
            unknown.failure = failure
            return unknown
        if found is None:
            return DatabaseSession()
        row, account = found
        if now - row.seen_at > self.limits.idle or now - row.started_at > self.limits.absolute:
            return DatabaseSession()
        session = DatabaseSession(_tags.loads(json.dumps(row.content)))
        session.key, session.owner, session.account = cookie, session.get(ACCOUNT), account
        session.proved_at, session.started_at = session.get(PROVED_AT), row.started_at
        session.stale = (now - row.seen_at).total_seconds() > SEEN_EVERY_SECONDS
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, DatabaseSession)  # noqa: S101
        if response.status_code in UNSTORED:
            return
        if session.get(ACCOUNT) is None:
            if session.key is not None:
                _write(app, _ending(session.key))
            super().save_session(app, session, response)
            return
        response.vary.add("Cookie")
        if session.is_taken_over() or session.is_elevated():
            if response.status_code >= 400:
                return  # what would have let the person in was not kept either
            key = ROW_PREFIX + token_urlsafe(32)
            _write(app, _beginning(session, key, now=_clock(app).now()))
        elif session.key is not None and (session.modified or session.stale):
            key = session.key
            _write(app, _keeping(session, key, now=_clock(app).now()))
        else:
            return
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


def install(app: Flask, *, limits: SessionLimits) -> None:
    """Before everything else that looks at a request."""
    app.session_interface = DatabaseSessions(limits=limits)
    app.before_request(refuse_unknown)


def refuse_unknown() -> None:
    """Who cannot be asked after is not taken for somebody signed out."""
    failure = getattr(session, "failure", None)
    if failure is not None and request.endpoint != "static":
        raise failure


def _beginning(session: DatabaseSession, key: str, *, now: datetime) -> Callable[[Session], None]:
    started_at = now if session.is_taken_over() else session.started_at or now

    def begin(database: Session) -> None:
        if session.key is not None:
            stored.end(database, hash_of_cookie(session.key))
        stored.begin(
            database,
            id_hash=hash_of_cookie(key),
            uniquifier=session[ACCOUNT],
            content=_content(session),
            started_at=started_at,
            seen_at=now,
        )

    return begin


def _keeping(session: DatabaseSession, key: str, *, now: datetime) -> Callable[[Session], None]:
    return lambda database: stored.keep(
        database, id_hash=hash_of_cookie(key), content=_content(session), seen_at=now
    )


def _ending(key: str) -> Callable[[Session], None]:
    return lambda database: stored.end(database, hash_of_cookie(key))


def _content(session: DatabaseSession) -> Json:
    return cast("Json", json.loads(_tags.dumps(dict(session))))


def hash_of_cookie(key: str) -> bytes:
    return sha256(key.encode()).digest()


def _write(app: Flask, change: Callable[[Session], None]) -> None:
    with transaction(_bind(app), Scope()) as database:
        change(database)


def _bind(app: Flask) -> Engine | Connection:
    return cast("Engine | Connection", app.extensions["lsp_bind"])


def _clock(app: Flask) -> Clock:
    return cast("Clock", app.extensions["lsp_clock"])
