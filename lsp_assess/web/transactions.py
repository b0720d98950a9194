"""The request's database sessions: one without a partnership, one of the partnership entered."""

from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from lsp_assess.actions.work import Work
from lsp_assess.database.session import Scope, open_session, see_as
from lsp_assess.kernel.clock import Clock
from lsp_assess.web.who import current_account_id, current_actor

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def bind() -> Engine | Connection:
    return cast("Engine | Connection", current_app.extensions["lsp_bind"])


def clock() -> Clock:
    return cast("Clock", current_app.extensions["lsp_clock"])


def session_of(scope: Scope) -> Session:
    """This request's session for `scope`, opened when first asked for."""
    sessions: dict[Scope, Session] = g.setdefault("sessions", {})
    if scope not in sessions:
        sessions[scope] = open_session(bind(), scope)
    return sessions[scope]


def outside_partnerships() -> Session:
    """Accounts and the signed-in person's own memberships; no partnership's rows."""
    session = session_of(Scope())
    see_as(session, Scope(account_id=current_account_id()))
    return session


def work() -> Work:
    """What an action is handed, in the partnership of the address."""
    actor = current_actor()
    scope = Scope(partnership_id=actor.partnership_id, account_id=actor.account_id)
    return Work(session=session_of(scope), actor=actor, clock=clock())


def finish(response: Response) -> None:
    """Commit after a view that may write and did not refuse."""
    if request.method not in SAFE_METHODS and response.status_code < 400:
        commit()


def commit() -> None:
    for session in g.get("sessions", {}).values():
        session.commit()


def install(app: Flask) -> None:
    @app.teardown_appcontext
    def close_sessions(_error: BaseException | None) -> None:
        for session in g.pop("sessions", {}).values():
            try:
                session.close()
            except OperationalError:  # the database went away meanwhile: nothing is left to roll back
                session.invalidate()
