"""Errors as pages: what happened, where, and what to do. Nothing of the machine shows."""

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from lsp_assess.kernel.errors import Conflict, Denied, DomainError, Invalid, NotFound, Problem, problem
from lsp_assess.web.encoding import Garbled
from lsp_assess.web.policy_table import POLICY_OF
from lsp_assess.web.unstored import FAILURES, is_of_storage, unstored

STATUS = {NotFound: 404, Denied: 403, Conflict: 409, Invalid: 422}


def install(app: Flask) -> None:
    app.register_error_handler(DomainError, of_the_domain)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(IntegrityError, violated)
    app.register_error_handler(DataError, unstorable)
    for failure in FAILURES:
        app.register_error_handler(failure, unstored)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Garbled, garbled)
    app.register_error_handler(SecurityError, not_our_host)


def of_the_domain(error: DomainError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if status == 404:
        return _page(404, problem("page_not_found"))
    return _page(status, *error.problems)


def of_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error
    original = getattr(error, "original_exception", None)
    if original is not None and is_of_storage(original):
        return unstored(original)
    known = {
        401: "sign_in_needed",
        404: "page_not_found",
        405: "page_not_found",
        413: "too_large",
        415: "not_a_form",
        429: "too_many_tries",
    }
    fallback = "page_broke" if status >= 500 else "request_not_understood"
    return _page(status, problem(known.get(status, fallback)))


def not_our_host(_error: SecurityError) -> ResponseReturnValue:
    """Without a page: a page has links, and to a foreign host there are none."""
    return Response("This site does not answer under that name.\n", 400, mimetype="text/plain")


def garbled(_error: Garbled) -> ResponseReturnValue:
    return _page(400, problem("form_garbled"))


def forged(_error: CSRFError) -> ResponseReturnValue:
    """The token goes with its session: without one, nobody is signed in."""
    is_out = request.endpoint in POLICY_OF and not current_user.is_authenticated
    return _page(401 if is_out else 403, problem("form_expired"))


def stale(_error: StaleDataError) -> ResponseReturnValue:
    return _page(409, problem("changed_meanwhile"))


def violated(error: IntegrityError) -> ResponseReturnValue:
    """Named constraints are translated by the actions that can meet them; what is left is a clash."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return _page(409, problem("clashes_with_record", constraint=name or ""))


def unstorable(_error: DataError) -> ResponseReturnValue:
    """Fields check what they take; this is an address or a key that no column could hold."""
    return _page(400, problem("request_not_understood"))


def _page(status: int, *problems: Problem) -> tuple[str, int]:
    return render_template("pages/error.html", problems=problems, status=status), status
