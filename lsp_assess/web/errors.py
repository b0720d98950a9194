"""Errors as pages: what happened, where, and what to do. Nothing of the machine shows."""

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from lsp_assess.kernel.errors import Conflict, Denied, DomainError, Invalid, NotFound, Problem, problem
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
